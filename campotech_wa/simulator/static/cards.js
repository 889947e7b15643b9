/** Draw what is neither words nor media: places, contacts, orders, and what has only a name. */

import { button, element, icon, link } from "./dom.js";
import { map } from "./map.js";
import { words } from "./markup.js";
import { counted, summary, typeName } from "./names.js";
import { initials } from "./people.js";

const MAPS = "https://www.openstreetmap.org/";
const HIDDEN_FROM_BUSINESS = { poll: "Encuesta", edit: "Mensaje editado", view_once: "Para ver una vez" };

export function location({ latitude, longitude, name, address, url }) {
  const query = new URLSearchParams({ mlat: latitude, mlon: longitude });
  const where = url || `${MAPS}?${query}#map=17/${latitude}/${longitude}`;
  const place = [name && element("strong", "", name), address && element("span", "", address)];
  const spot = element("small", "facts", `${latitude}, ${longitude}`);
  return [link(where, "place", map(latitude, longitude), element("span", "place-words", place, spot))];
}

export function contacts(cards, _message, phone) {
  const [first, ...others] = cards;
  const name = contactName(first);
  const more = others.length > 0 ? ` y ${counted(others.length, "contacto")} más` : "";
  const about = element("span", "file-name", element("strong", "", name + more), element("small", "facts", detail(first)));
  const face = element("span", "avatar", initials(name));
  const show = () => phone.sheets.open({ title: counted(cards.length, "contacto"), content: cards.map(card) });
  return [element("span", "file contact", face, about), choices([button("", "Ver contacto", show)])];
}

function card(contact) {
  const phones = (contact.phones ?? []).map(({ phone, type }) => fact("Teléfono", phone, type));
  const emails = (contact.emails ?? []).map(({ email, type }) => fact("Correo", email, type));
  const places = (contact.addresses ?? []).map(({ street, city, state, type }) => fact("Dirección", [street, city, state].filter(Boolean).join(", "), type));
  const sites = (contact.urls ?? []).map(({ url, type }) => fact("Sitio", url, type));
  const work = [contact.org?.title, contact.org?.company].filter(Boolean).join(", ");
  const born = contact.birthday ? [fact("Nacimiento", contact.birthday)] : [];
  const name = contactName(contact);
  const head = element("p", "contact-head", element("span", "avatar", initials(name)), element("span", "who", element("strong", "", name), element("span", "", work)));
  return element("section", "contact-card", head, element("dl", "", phones, emails, places, sites, born));
}

function fact(label, value, type) {
  return element("div", "", element("dt", "", [label, type?.toLowerCase()].filter(Boolean).join(" · ")), element("dd", "", value));
}

const contactName = (contact) => contact.name?.formatted_name || contact.name?.first_name || "Sin nombre";

const detail = (contact) => contact.phones?.[0]?.phone || contact.org?.company || contact.emails?.[0]?.email || "Sin número";

export function order({ text, product_items: items }) {
  const rows = items.map(({ product_retailer_id: sku, quantity, item_price: price, currency }) =>
    element("li", "", element("span", "", `${quantity} × ${sku}`), element("span", "", money(price * quantity, currency))));
  const total = items.reduce((sum, { item_price: price, quantity }) => sum + price * quantity, 0);
  const sum = element("li", "total", element("span", "", "Total"), element("span", "", money(total, items[0]?.currency)));
  const head = element("span", "label", icon("cart"), counted(items.length, "producto"));
  return [head, element("ul", "bill", rows, sum), text ? words(text) : undefined];
}

export function money(amount, currency = "ARS") {
  try {
    return amount.toLocaleString("es-AR", { style: "currency", currency });
  } catch {
    return `${amount} ${currency}`;
  }
}

/** A product is only known by its number in the catalog: the page knows no catalog. */
export function product(sku, catalog) {
  const about = element("span", "file-name", element("strong", "", sku), catalog && element("small", "facts", `Catálogo ${catalog}`));
  return element("span", "file product", element("span", "thumb", icon("product")), about);
}

export function unsupported(_errors, { payload }) {
  const kind = HIDDEN_FROM_BUSINESS[payload.unsupported?.type] ?? "Contenido especial";
  return [element("span", "label", icon("blocked"), kind), element("p", "words faint", "La empresa sólo se entera de que algo llegó.")];
}

/** What this page was never told about says at least its name. */
export function unknown(message) {
  return [element("span", "label", icon("unknown"), typeName(message.type)), element("p", "words faint", "Este teléfono no sabe mostrar este tipo de mensaje.")];
}

export const said = (message) => [element("p", "words", summary(message))];

/** What can be pressed stands under the message. */
export const choices = (buttons) => element("div", "choices", buttons);
