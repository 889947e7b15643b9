/** Say what can be done with a message: react, answer, copy, edit, delete. */

import { button, element, icon } from "./dom.js";
import { field } from "./fields.js";
import { summary } from "./names.js";
import { popover } from "./popover.js";
import { revoke } from "./shapes.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const EDITABLE = new Set(["text", "image", "video", "document"]);
const MINUTE = 60;
/** Seconds during which WhatsApp lets people edit, and delete (webhooks.md, 3). */
const EDIT_WITHIN = 15 * MINUTE;
const DELETE_WITHIN = 2 * 24 * 60 * MINUTE;

export function openActions(message, anchor, phone) {
  const age = Date.now() / 1000 - message.at;
  const own = message.direction === "out" && !message.revoked;
  const actions = [
    action("reply", "Responder", () => phone.draft.reply(message)),
    action("copy", "Copiar", () => copy(message, phone)),
    own && EDITABLE.has(message.type) && age < EDIT_WITHIN && action("edit", "Editar", () => phone.draft.edit(message)),
    own && age < DELETE_WITHIN && action("trash", "Eliminar para todos", () => phone.offer(revoke(message.id))),
  ];
  const items = message.revoked ? [action("copy", "Copiar", () => copy(message, phone))] : [reactions(message, phone), element("div", "rows", actions.filter(Boolean))];
  popover(phone.frame, anchor, "Qué hacer con este mensaje", items);
}

function reactions(message, phone) {
  const own = message.reactions.out;
  const offered = EMOJI.includes(own) || !own ? EMOJI : [own, ...EMOJI.slice(1)];
  const made = offered.map((emoji) => reaction(emoji, emoji === own, message, phone));
  const other = button("emoji", icon("plus"), () => ask(message, phone));
  other.setAttribute("aria-label", "Otra reacción");
  other.setAttribute("role", "menuitem");
  return element("div", "emojis", made, other);
}

function reaction(emoji, given, message, phone) {
  const made = button("emoji", emoji, () => phone.react(message, given ? undefined : emoji));
  made.setAttribute("role", "menuitemcheckbox");
  made.setAttribute("aria-checked", given);
  made.setAttribute("aria-label", given ? `Quitar ${emoji}` : `Reaccionar con ${emoji}`);
  return made;
}

function ask(message, phone) {
  const content = field("emoji", "Emoji", "🔥", { required: true, maxLength: 12 });
  phone.sheets.open({ title: "Otra reacción", label: "Reaccionar", content, submit: ({ emoji }) => phone.react(message, emoji.trim()) });
}

async function copy(message, phone) {
  const words = message.payload.text?.body ?? message.payload[message.type]?.caption ?? summary(message);
  await navigator.clipboard?.writeText(words).catch(() => phone.say("El navegador no dejó copiar."));
}

function action(name, label, press) {
  const made = button("row", [icon(name), label], press);
  made.setAttribute("role", "menuitem");
  return made;
}
