/** Draw what asks to be answered with a tap, and the answers that come of it. */

import { answers } from "./answers.js";
import { choices, product, said } from "./cards.js";
import { button, element, icon, link } from "./dom.js";
import { marked, words } from "./markup.js";
import { medium } from "./media.js";
import { typeName } from "./names.js";
import { templateButton } from "./shapes.js";

/** Draw either side's: the business asks, the customer's reply names what was chosen. */
export function interactive(content, message, phone) {
  const reply = REPLIES[content.type];
  if (reply) return reply(content[content.type], message);
  const asked = ASKED[content.type];
  if (!asked) return [...frame(content, message, phone), element("p", "words faint", typeName(content.type))];
  return [...frame(content, message, phone), ...asked(content.action, message, phone)];
}

/** Draw the heading, the words and the small words that every one of them may have. */
export function frame({ header, body, footer }, message, phone) {
  return [
    header && heading(header, message, phone),
    body?.text && words(body.text),
    footer?.text && element("p", "small-words", marked(footer.text)),
  ].filter(Boolean);
}

export function heading(header, message, phone) {
  if (header.type === "text") return element("p", "heading", header.text);
  return medium(header.type, header[header.type] ?? {}, message, phone);
}

const ASKED = {
  button: ({ buttons }, message, phone) => [choices(buttons.map(({ reply }) => replyButton(reply, message, phone)))],
  list: (action, message, phone) => [choices([pressed("list", action.button, () => answers.list(action, message, phone))])],
  cta_url: (action) => [choices([urlButton(action.parameters)])],
  location_request_message: (_action, message, phone) => [choices([pressed("location", "Enviar ubicación", () => answers.place(message, phone))])],
  request_contact_info: (_action, message, phone) => [choices([pressed("contact", "Compartir mi número", () => answers.ownNumber(message, phone))])],
  address_message: (action, message, phone) => [choices([pressed("address", "Completar dirección", () => answers.address(action.parameters, message, phone))])],
  flow: ({ parameters }, message, phone) => [choices([pressed("form", parameters.flow_cta, () => answers.flow(parameters, message, phone))])],
  catalog_message: ({ parameters }, message, phone) => {
    const shown = parameters?.thumbnail_product_retailer_id;
    return [shown && product(shown), choices([pressed("cart", "Ver catálogo", () => answers.order("", [shown ?? ""], message, phone))])];
  },
  product: ({ catalog_id: catalog, product_retailer_id: sku }, message, phone) => [
    product(sku, catalog),
    choices([
      pressed("cart", "Pedir", () => answers.order(catalog, [sku], message, phone)),
      pressed("reply", "Preguntar por este producto", () => phone.draft.ask(message, { catalog_id: catalog, product_retailer_id: sku })),
    ]),
  ],
  product_list: ({ catalog_id: catalog, sections }, message, phone) => {
    const skus = sections.flatMap(({ product_items: items }) => items.map((item) => item.product_retailer_id));
    return [product(`${skus.length} productos`, catalog), choices([pressed("cart", "Ver productos", () => answers.order(catalog, skus, message, phone, sections))])];
  },
  carousel: ({ cards }, message, phone) => [carousel(cards.map((each) => slide(each, message, phone)))],
  voice_call: ({ parameters }, _message, phone) => [choices([callButton(parameters?.display_text ?? "Llamar", phone)])],
  call_permission_request: (_action, message, phone) => [
    choices([pressed("phone", "Permitir llamadas", () => answers.calls(true, message, phone)), pressed("blocked", "No permitir", () => answers.calls(false, message, phone))]),
  ],
};

const REPLIES = {
  button_reply: (_reply, message) => said(message),
  list_reply: ({ title, description }) => [element("p", "words", title), description && element("p", "small-words", description)].filter(Boolean),
  nfm_reply: filled,
  call_permission_reply: ({ response }) => [element("span", "label", icon("phone"), response === "accept" ? "Permitiste que te llamen" : "No permitiste que te llamen")],
};

function filled({ response_json: json }, message) {
  const { flow_token: _token, values, ...others } = parsed(json);
  const facts = Object.entries({ ...others, ...values }).map(([name, value]) =>
    element("div", "", element("dt", "", name), element("dd", "", typeof value === "object" ? JSON.stringify(value) : String(value))));
  return [element("span", "label", icon("form"), said(message)[0].textContent), element("dl", "filled", facts)];
}

function parsed(json) {
  try {
    return JSON.parse(json) ?? {};
  } catch {
    return {};
  }
}

function slide(card, message, phone) {
  const { action = {} } = card;
  if (card.type === "product" || action.product_retailer_id) return element("li", "slide", ASKED.product(action, message, phone));
  const buttons = (action.buttons ?? []).map((each) => quickReply(each, message, phone));
  if (action.parameters?.url) buttons.push(urlButton(action.parameters));
  return element("li", "slide", frame(card, message, phone), choices(buttons));
}

/** A card's buttons are called quick replies, and answer like any reply button. */
function quickReply({ quick_reply: reply, reply: plain }, message, phone) {
  return replyButton(reply ?? plain, message, phone);
}

export const carousel = (slides) => {
  const made = element("ul", "carousel", slides);
  made.tabIndex = 0;
  made.setAttribute("aria-label", "Tarjetas");
  return made;
};

const replyButton = ({ id, title }, message, phone) => pressed("reply", title, () => answers.button(id, title, message, phone));

/** A template's button answers in a form of its own. */
export const templateReply = (label, payload, message, phone) =>
  pressed("reply", label, () => phone.reply(message, templateButton(label, payload)));

export const urlButton = ({ display_text: label, url }, iconName = "link") => link(url, "choice-link", icon(iconName), label);

export const callButton = (label, phone) => pressed("phone", label, () => phone.say("Desde este teléfono no se puede llamar."));

export function pressed(iconName, label, press) {
  return button("", [icon(iconName), label], press);
}
