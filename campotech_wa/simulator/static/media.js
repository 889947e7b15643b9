/** Draw what is seen and heard: photos, videos, stickers, documents, audios. */

import { element, icon, link } from "./dom.js";
import { mediaAddress } from "./line.js";
import { words } from "./markup.js";
import { typeName } from "./names.js";
import { player } from "./player.js";
import { view } from "./viewer.js";

/** Draw a medium with the words under it; one that is sent by its address is a link, for the page loads nothing from elsewhere. */
export function media(kind, content, message, phone) {
  const drawn = medium(kind, content, message, phone);
  return content.caption ? [drawn, words(content.caption)] : [drawn];
}

export function medium(kind, content, message, phone) {
  if (!content.id) return linked(kind, content);
  return (DRAW[kind] ?? document_)(content, message, phone);
}

const DRAW = { image: picture, gif: film, video: film, sticker, audio, document: document_ };

function picture({ id, caption }, _message, phone) {
  const shown = element("button", "picture");
  shown.type = "button";
  shown.setAttribute("aria-label", "Ver la imagen");
  shown.append(image(id, caption, () => shown.replaceWith(missing("image"))));
  shown.addEventListener("click", () => view(phone.sheets, mediaAddress(id), caption));
  return shown;
}

function sticker({ id }) {
  return image(id, "Sticker", (broken) => broken.replaceWith(missing("sticker")));
}

function image(id, description, onMissing) {
  const shown = element("img", "");
  shown.alt = description ?? "Imagen";
  shown.draggable = false;
  shown.addEventListener("error", () => onMissing(shown), { once: true });
  shown.src = mediaAddress(id);
  return shown;
}

function film({ id }) {
  const shown = element("video", "film");
  shown.controls = true;
  shown.playsInline = true;
  shown.preload = "metadata";
  shown.addEventListener("error", () => shown.replaceWith(missing("video")), { once: true });
  shown.src = mediaAddress(id);
  return shown;
}

function audio({ id, voice }, message, phone) {
  const heard = () => voice && message.direction === "in" && phone.heard(message.id);
  return player(mediaAddress(id), { voice, onMissing: () => missing("audio"), onFirstPlay: heard });
}

/** The file's size and type are asked for, not downloaded. */
function document_({ id, filename }) {
  const name = filename || "Sin título";
  const facts = element("small", "facts", ending(name));
  const shown = element("a", "file", icon("document"), element("span", "file-name", element("strong", "", name), facts), icon("download"));
  shown.href = mediaAddress(id);
  shown.download = name;
  weigh(id).then((size) => (facts.textContent = [ending(name), size].filter(Boolean).join(" · ")));
  return shown;
}

async function weigh(id) {
  const answer = await fetch(mediaAddress(id), { method: "HEAD" }).catch(() => undefined);
  const length = Number(answer?.ok && answer.headers.get("Content-Length"));
  return length ? sized(length) : "";
}

export function sized(bytes) {
  const units = ["B", "kB", "MB"];
  let amount = bytes;
  while (amount >= 1000 && units.length > 1) {
    amount /= 1000;
    units.shift();
  }
  return `${amount.toLocaleString("es-AR", { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${units[0]}`;
}

const ending = (name) => (/\.(\w{1,5})$/.exec(name)?.[1] ?? "archivo").toUpperCase();

function linked(kind, { link: address = "", filename }) {
  const name = filename || address.split("/").at(-1) || typeName(kind);
  const about = element("span", "file-name", element("strong", "", typeName(kind)), element("small", "facts", name));
  return link(address, "file linked", icon(kind), about, icon("link"));
}

function missing(kind) {
  return element("span", "missing", icon(kind), element("span", "", typeName(kind)), element("small", "", "No está disponible"));
}
