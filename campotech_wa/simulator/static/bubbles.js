/** Draw what a message says, whatever its type. */

import { contacts, location, order, said, unknown, unsupported } from "./cards.js";
import { element, icon, link, openable } from "./dom.js";
import { interactive } from "./interactive.js";
import { words } from "./markup.js";
import { media } from "./media.js";
import { systemWords } from "./names.js";
import { template } from "./template.js";

const FIRST_ADDRESS = /https?:\/\/[^\s<>"]+/;

const DRAW = {
  text,
  location,
  contacts,
  interactive,
  template,
  order,
  unsupported,
  button: (_content, message) => said(message),
  system: (content) => [element("span", "", systemWords(content))],
  request_welcome: () => [element("span", "", "Abriste el chat por primera vez")],
  reaction: (_content, message) => said(message),
  edit: (_content, message) => said(message),
  revoke: (_content, message) => said(message),
};
for (const kind of ["image", "video", "audio", "document", "sticker"]) {
  DRAW[kind] = (content, message, phone) => media(kind, content, message, phone);
}

/** Answer the nodes; a shape that this page can not read is named and costs nothing else. */
export function content(message, phone) {
  if (message.revoked) return [element("span", "label faint", icon("blocked"), "Eliminaste este mensaje")];
  try {
    return [...above(message.payload), ...DRAW[message.type](message.payload[message.type], message, phone)].filter(Boolean);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return unknown(message);
  }
}

/** What stands over the words: that they were passed on, or the ad that led here. */
function above({ context = {}, referral }) {
  const often = context.frequently_forwarded;
  const passed = (often || context.forwarded) && element("span", "label faint", icon("forward"), often ? "Reenviado muchas veces" : "Reenviado");
  return [passed, referral && ad(referral)];
}

function ad({ headline, body, source_url: address = "" }) {
  const about = element("span", "file-name", element("strong", "", headline ?? "Anuncio"), element("small", "facts", body ?? address));
  return link(address, "file ad", element("span", "thumb", icon("ad")), about);
}

function text({ body, preview_url: previewed }) {
  const [address] = (previewed && FIRST_ADDRESS.exec(body)) || [];
  if (!address || !openable(address)) return [words(body)];
  const about = element("span", "file-name", element("strong", "", new URL(address).hostname), element("small", "facts", address));
  return [link(address, "file linked", element("span", "thumb", icon("link")), about), words(body)];
}
