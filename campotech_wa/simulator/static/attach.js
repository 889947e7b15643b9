/** Offer everything that is no text: files with a look at them first, and what phones can do besides. */

import { button, element, icon } from "./dom.js";
import { field, select, side } from "./fields.js";
import { sized } from "./media.js";
import { above, popover } from "./popover.js";
import { checked } from "./answers.js";
import { placeFields } from "./places.js";
import { identity, spelled } from "./people.js";
import * as shapes from "./shapes.js";

const FILES = [
  { kind: "image", label: "Foto", icon: "image", accept: "image/*" },
  { kind: "image", label: "Cámara", icon: "camera", accept: "image/*", capture: "environment" },
  { kind: "video", label: "Video", icon: "video", accept: "video/*" },
  { kind: "audio", label: "Audio", icon: "audio", accept: "audio/*" },
  { kind: "document", label: "Documento", icon: "document", accept: "" },
  { kind: "sticker", label: "Sticker", icon: "sticker", accept: "image/webp" },
];
const CAPTIONED = new Set(["image", "video", "document"]);
const SHOWN_AS = { image: "img", sticker: "img", video: "video", audio: "audio" };

export class Attach {
  constructor(anchor, phone) {
    Object.assign(this, { anchor, phone });
    anchor.addEventListener("click", () => this.open());
  }

  open() {
    const files = FILES.map((each) => tile(each.icon, each.label, () => this.pick(each)));
    const others = [tile("location", "Ubicación", () => this.place()), tile("contact", "Contacto", () => this.contact())];
    const rare = [
      row("ad", "Viene de un anuncio", () => this.ad()),
      row("forward", "Marcar como reenviado", () => this.phone.draft.forward("forwarded")),
      row("forward", "Marcar como reenviado muchas veces", () => this.phone.draft.forward("frequently_forwarded")),
      row("list", "Mandar una encuesta", () => this.phone.offer(shapes.unsupported("poll"))),
      row("blocked", "Mandar algo para ver una vez", () => this.phone.offer(shapes.unsupported())),
      row("number", "Cambiar de número", () => this.changeNumber()),
    ];
    const grid = element("div", "tiles", files, others);
    popover(this.phone.frame, this.anchor, "Adjuntar", [grid, element("div", "rows", rare)], above).classList.add("attach");
  }

  pick({ kind, accept, capture }) {
    const input = element("input", "");
    Object.assign(input, { type: "file", accept });
    if (capture) input.capture = capture;
    input.addEventListener("change", () => input.files[0] && this.preview(kind, input.files[0]));
    input.click();
  }

  /** A file that is dropped or pasted is what its type says. */
  take(file) {
    const [kind] = file.type.split("/");
    this.preview(["image", "video", "audio"].includes(kind) ? kind : "document", file);
  }

  preview(kind, file) {
    const wanted = FILES.find((each) => each.kind === kind).accept;
    if (!fits(file.type, wanted)) {
      this.phone.say(kind === "sticker" ? "Un sticker es un archivo .webp." : "Ese archivo es de otro tipo: mandalo como documento.");
      return;
    }
    const address = URL.createObjectURL(file);
    const { draft } = this.phone;
    this.phone.sheets.open({
      title: FILES.find((each) => each.kind === kind).label,
      classes: "preview",
      content: [look(kind, file, address), CAPTIONED.has(kind) && field("caption", "Comentario", "", { maxLength: 1024, autofocus: true })],
      submit: async ({ caption }) => {
        const id = await this.phone.line.upload(file, file.name);
        await this.phone.send(shapes.media(kind, id, await details(kind, file, caption)), draft.take());
        URL.revokeObjectURL(address);
      },
    });
  }

  place() {
    this.form("Enviar ubicación", placeFields(), (place) => shapes.location(checked(place)));
  }

  contact() {
    const content = [
      field("name", "Nombre", "Juan Pérez", { required: true, maxLength: 100 }),
      field("phone", "Teléfono", "+54 9 11 5555-0101", { required: true, inputMode: "tel" }),
      field("company", "Empresa"),
    ];
    this.form("Enviar contacto", content, shapes.contact);
  }

  form(title, content, shape) {
    const { sheets, draft } = this.phone;
    sheets.open({ title, content, submit: async (data) => this.phone.send(shape(data), draft.take()) });
  }

  ad() {
    const content = [
      field("headline", "Título del anuncio", "Instalamos tu aire en 48 horas", { required: true }),
      field("body", "Texto", "Presupuesto sin cargo en todo el AMBA"),
      side(select("source_type", "Es", { ad: "un anuncio", post: "una publicación" }), field("source_id", "Número", "120210000000000001")),
      field("source_url", "Dirección", "https://fb.me/3cr4Wqqkv", { type: "url" }),
    ];
    const submit = (data) => this.phone.draft.cameFrom({ ...data, media_type: "image", ctwa_clid: `ARA${crypto.randomUUID().replaceAll("-", "")}` });
    this.phone.sheets.open({ title: "Viene de un anuncio", label: "Usar en el próximo mensaje", content, submit });
  }

  changeNumber() {
    const { person } = this.phone.line;
    const content = [field("to", "Número nuevo", "+54 9 11 ", { required: true, inputMode: "tel" })];
    const submit = async ({ to }) => {
      const moved = identity(to);
      if (!moved) throw new Error("Ese número está incompleto: escribilo con código de país.");
      await this.phone.send(shapes.numberChange(person.name, person.from, moved));
      this.phone.move(moved);
    };
    this.phone.sheets.open({ title: `Cambiar ${spelled(person.from)}`, label: "Cambiar de número", content, submit });
  }
}

async function details(kind, file, caption) {
  if (kind === "audio") return { voice: false };
  if (kind === "sticker") return { animated: await moves(file) };
  return kind === "document" ? { caption, filename: file.name } : { caption };
}

/** A WebP that moves announces it in its first chunks. */
async function moves(file) {
  return (await file.slice(0, 64).text()).includes("ANIM");
}

/** A type that the browser does not know is let through: the business shall see it as a phone would send it. */
function fits(type, wanted) {
  if (!wanted || !type) return true;
  return wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

function look(kind, file, address) {
  const facts = element("p", "file", icon(kind), element("span", "file-name", element("strong", "", file.name), element("small", "facts", sized(file.size))));
  if (!SHOWN_AS[kind]) return facts;
  const shown = element(SHOWN_AS[kind], "looked-at");
  shown.src = address;
  if (kind === "image" || kind === "sticker") shown.alt = file.name;
  else shown.controls = true;
  return [shown, facts];
}

function tile(name, label, press) {
  return item(button("tile", [element("span", `tile-icon ${name}`, icon(name)), label], press));
}

function row(name, label, press) {
  return item(button("row", [icon(name), label], press));
}

function item(made) {
  made.setAttribute("role", "menuitem");
  return made;
}
