/** Say in one line what a message is: for the list of customers, a quote, a chip. */

import { plain } from "./markup.js";
import { spelled } from "./people.js";

export const TYPES = {
  audio: "Audio",
  button: "Respuesta de botón",
  call_permission_reply: "Permiso de llamada",
  contacts: "Contacto",
  document: "Documento",
  edit: "Mensaje editado",
  image: "Imagen",
  interactive: "Mensaje con opciones",
  location: "Ubicación",
  order: "Pedido",
  reaction: "Reacción",
  request_welcome: "Abrió el chat",
  revoke: "Mensaje eliminado",
  sticker: "Sticker",
  system: "Aviso",
  template: "Plantilla",
  unsupported: "Mensaje que la empresa no ve",
  video: "Video",
};

const WORDS = {
  text: ({ body }) => body,
  image: captioned,
  video: captioned,
  audio: ({ voice }) => (voice ? "Mensaje de voz" : "Audio"),
  document: (content) => labelled("document", content.caption || content.filename),
  location: (content) => labelled("location", content.name),
  contacts: (cards) => labelled("contacts", cards[0]?.name?.formatted_name),
  button: (content) => content.text,
  interactive: chosen,
  order: ({ product_items: items }) => `Pedido de ${counted(items.length, "producto")}`,
  reaction: ({ emoji }) => (emoji ? `Reaccionó con ${emoji}` : "Quitó su reacción"),
  revoke: () => "Eliminó un mensaje",
  edit: ({ message }) => `Editó: ${message.text?.body ?? message[message.type]?.caption ?? TYPES[message.type]}`,
  system: systemWords,
  template: (content) => labelled("template", templateName(content.name)),
};

/** Never fails: what has no words of its own is named by its type. */
export function summary(message) {
  try {
    return plain(WORDS[message.type]?.(message.payload[message.type], message.type) || typeName(message.type));
  } catch {
    return typeName(message.type);
  }
}

export const typeName = (type) => TYPES[type] ?? type;

/** A template's name is written for machines: turno_recordatorio. */
export const templateName = (name) => String(name ?? "").replaceAll("_", " ");

export function systemWords({ type, body, wa_id: number }) {
  if (type === "user_changed_number") return `Cambiaste tu número a ${spelled(number)}`;
  return body ?? TYPES.system;
}

export function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function captioned({ caption }, type) {
  return labelled(type, caption);
}

function labelled(type, words) {
  return words ? `${TYPES[type]}: ${words}` : TYPES[type];
}

function chosen(content) {
  const reply = content.button_reply ?? content.list_reply;
  if (reply) return reply.title;
  if (content.type === "nfm_reply") return content.nfm_reply.name === "address_message" ? "Dirección enviada" : "Formulario enviado";
  if (content.type === "call_permission_reply") return TYPES.call_permission_reply;
  return content.body?.text;
}
