/** Draw a template: what its definition says, with the parameters that came with this message. */

import { answers } from "./answers.js";
import { choices, product } from "./cards.js";
import { element, icon } from "./dom.js";
import { callButton, carousel, heading, pressed, templateReply, urlButton } from "./interactive.js";
import { words } from "./markup.js";
import { templateName } from "./names.js";

const VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;
const LABELS = {
  QUICK_REPLY: "Respuesta",
  URL: "Abrir enlace",
  COPY_CODE: "Copiar código",
  FLOW: "Abrir formulario",
  CATALOG: "Ver catálogo",
  MPM: "Ver productos",
  VOICE_CALL: "Llamar",
};

/** The definition is Meta's (sending.md, 3.2); without one the parameters alone are shown, under the template's name. */
export function template(content, message, phone) {
  const sent = content.components ?? [];
  const known = definition(content, phone);
  const label = element("span", "label", icon("template"), templateName(content.name));
  if (!known) return [label, ...drawn(supposed(sent), sent, message, phone)];
  return drawn(known.components, sent, message, phone);
}

export function definition(content, phone) {
  return phone.templates.find(({ name, language }) => name === content.name && language === content.language?.code);
}

function drawn(known, sent, message, phone) {
  const of = (type, list) => list.find((each) => each.type?.toLowerCase() === type);
  return [
    header(of("header", known), of("header", sent), message, phone),
    of("body", known)?.text && words(filled(of("body", known).text, of("body", sent))),
    of("limited_time_offer", known) && offer(of("limited_time_offer", known), of("limited_time_offer", sent)),
    footer(of("footer", known)),
    buttons(of("buttons", known)?.buttons, sent, message, phone),
    of("carousel", known) && cards(of("carousel", known).cards, of("carousel", sent)?.cards ?? [], message, phone),
  ].filter(Boolean);
}

/** Suppose the least that the parameters can have stood in. */
function supposed(sent) {
  return sent.flatMap(({ type, parameters = [], cards: slides = [] }) => {
    const text = parameters.map((each, position) => `{{${each.parameter_name ?? position + 1}}}`).join("\n");
    if (type === "header") return { type, format: parameters[0]?.type?.toUpperCase() ?? "TEXT", text: "{{1}}" };
    if (type === "carousel") return { type, cards: slides.map((slide) => ({ components: supposed(slide.components ?? []) })) };
    return type === "button" ? [] : { type, text };
  }).concat(supposedButtons(sent));
}

function supposedButtons(sent) {
  const known = sent.filter(({ type }) => type === "button").map(({ sub_type: kind, index }) => {
    const type = String(kind).toUpperCase();
    const label = type === "QUICK_REPLY" ? `${LABELS[type]} ${Number(index) + 1}` : (LABELS[type] ?? type);
    return { type, text: label, index: Number(index) };
  });
  return known.length > 0 ? [{ type: "buttons", buttons: known }] : [];
}

function header(known, sent, message, phone) {
  if (!known) return undefined;
  const [given] = sent?.parameters ?? [];
  if (known.format === "TEXT") return element("p", "heading", filled(known.text, sent));
  if (given?.type === "product") return product(given.product.product_retailer_id, given.product.catalog_id);
  if (given?.type === "location") return phone.draw({ ...message, type: "location", payload: { location: given.location } });
  return given && heading({ type: given.type, [given.type]: given[given.type] }, message, phone);
}

/** The end of a code's life is told in Meta's own words (sending.md, 3.2). */
function footer(known) {
  const minutes = known?.code_expiration_minutes;
  const told = known?.text ?? (minutes && `Este código vence en ${minutes} minutos.`);
  return told && element("p", "small-words", told);
}

/** Put each parameter where it is named or counted; one that is missing keeps its place visible. */
function filled(text, sent) {
  const given = sent?.parameters ?? [];
  return text.replaceAll(VARIABLE, (place, name) => {
    const found = given.find((each) => each.parameter_name === name) ?? (/^\d+$/.test(name) ? given[name - 1] : undefined);
    return found ? value(found) : place;
  });
}

function value(parameter) {
  return parameter.text ?? parameter[parameter.type]?.fallback_value ?? parameter.payload ?? "";
}

function offer(known, sent) {
  const until = sent?.parameters?.[0]?.limited_time_offer?.expiration_time_ms;
  const ends = until && new Date(until).toLocaleString("es-AR", { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  const title = known.limited_time_offer?.text || "Oferta por tiempo limitado";
  const about = element("span", "file-name", element("strong", "", title), ends && element("small", "facts", `Vence el ${ends}`));
  return element("span", "file offer", element("span", "thumb", icon("offer")), about);
}

function buttons(known, sent, message, phone) {
  if (!known?.length) return undefined;
  const made = known.map((each, position) => {
    const index = each.index ?? position;
    const given = sent.find((part) => part.type === "button" && Number(part.index) === index)?.parameters?.[0] ?? {};
    return (BUTTONS[each.type] ?? plain)(each, given, message, phone);
  });
  return choices(made);
}

const BUTTONS = {
  QUICK_REPLY: ({ text }, { payload }, message, phone) => templateReply(text, payload, message, phone),
  URL: ({ text, url = "{{1}}" }, given) => urlButton({ display_text: text, url: filled(url, { parameters: [given] }) }),
  PHONE_NUMBER: ({ text, phone_number: number }) => urlButton({ display_text: text, url: `tel:${number}` }, "phone"),
  VOICE_CALL: ({ text }, _given, _message, phone) => callButton(text, phone),
  COPY_CODE: ({ text }, { coupon_code: code }, _message, phone) => copier(text ?? LABELS.COPY_CODE, code, phone),
  OTP: ({ text }, { text: code }, _message, phone) => copier(text ?? LABELS.COPY_CODE, code, phone),
  FLOW: ({ text, navigate_screen: screen }, { action }, message, phone) => {
    const start = { screen, data: action?.flow_action_data };
    return pressed("form", text, () => answers.flow({ flow_token: action?.flow_token, flow_cta: text, flow_action_payload: start }, message, phone));
  },
  CATALOG: shop,
  MPM: shop,
  REQUEST_CONTACT_INFO: ({ text }, _given, message, phone) => pressed("contact", text ?? "Compartir mi número", () => answers.ownNumber(message, phone)),
};

function shop({ text }, { action }, message, phone) {
  const listed = (action?.sections ?? []).flatMap(({ product_items: items }) => items.map((item) => item.product_retailer_id));
  const skus = listed.length > 0 ? listed : [action?.thumbnail_product_retailer_id ?? ""];
  return pressed("cart", text, () => answers.order("", skus, message, phone, action?.sections));
}

const plain = ({ text, type }, _given, _message, phone) => pressed("unknown", text ?? type, () => phone.say("Este teléfono no sabe apretar ese botón."));

function copier(label, code, phone) {
  return pressed("copy", label, async () => {
    await navigator.clipboard?.writeText(code ?? "").catch(() => undefined);
    phone.say(`Código copiado: ${code}`);
  });
}

function cards(known, sent, message, phone) {
  return carousel(known.map(({ components }, position) => {
    const given = sent.find((each) => each.card_index === position) ?? sent[position];
    return element("li", "slide", drawn(components, given?.components ?? [], message, phone));
  }));
}
