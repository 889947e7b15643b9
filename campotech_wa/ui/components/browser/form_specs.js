// What each form asks, and the Cloud API's own object that it fills (sending.md 1.4, 1.5). The server judges; these
// limits only spare a person the way there. A field without ``optional`` must be filled.

const HEADER = { name: "header", limit: 60, optional: true };
const BODY = { name: "body", limit: 1024, type: "area" };
const FOOTER = { name: "footer", limit: 60, optional: true };
const LINK = { name: "url", type: "url" };
const LABEL = { name: "display_text", limit: 20 };
const CATALOG = { name: "catalog_id", limit: 60 };

export const SPECS = {
  location: {
    fields: [
      { name: "point", type: "point" },
      { name: "name", limit: 100, optional: true },
      { name: "address", limit: 200, optional: true },
    ],
    build: (v) => {
      const [latitude, longitude] = point(v.point);
      return { type: "location", location: { latitude, longitude, ...filled(v, "name", "address") } };
    },
  },
  contacts: {
    groups: { name: "contacts", least: 1, most: 10, fields: [{ name: "name", limit: 100 }, { name: "phone", type: "tel" }, { name: "email", type: "email", optional: true }, { name: "company", limit: 100, optional: true }] },
    build: (v) => ({ type: "contacts", contacts: v.contacts.map(contact) }),
  },
  button: {
    fields: [HEADER, BODY, FOOTER],
    groups: { name: "buttons", least: 1, most: 3, fields: [{ name: "title", limit: 20, unique: true }] },
    build: (v) => interactive("button", v, { buttons: v.buttons.map(({ title }, index) => ({ type: "reply", reply: { id: `${index + 1}`, title: title.trim() } })) }),
  },
  list: {
    fields: [HEADER, { ...BODY, limit: 4096 }, FOOTER, { name: "button", limit: 20 }],
    groups: { name: "rows", least: 1, most: 10, fields: [{ name: "title", limit: 24 }, { name: "description", limit: 72, optional: true }, { name: "section", limit: 24, optional: true }] },
    build: (v) => interactive("list", v, { button: v.button.trim(), sections: sections(v.rows, "rows", (row, id) => ({ id, title: row.title.trim(), ...filled(row, "description") })) }),
  },
  cta_url: {
    fields: [HEADER, BODY, FOOTER, LABEL, LINK],
    build: (v) => interactive("cta_url", v, link(v)),
  },
  location_request_message: {
    fields: [BODY],
    build: (v) => interactive("location_request_message", v, { name: "send_location" }),
  },
  flow: {
    fields: [HEADER, BODY, FOOTER, { name: "flow_cta", limit: 30, noEmoji: true }, { name: "flow_id", limit: 60 }, { name: "screen", limit: 80, optional: true }],
    build: (v, key) => {
      const start = v.screen?.trim() ? { flow_action: "navigate", flow_action_payload: { screen: v.screen.trim() } } : {};
      const parameters = { flow_message_version: "3", flow_id: v.flow_id.trim(), flow_cta: v.flow_cta.trim(), flow_token: key, mode: "published", ...start };
      return interactive("flow", v, { name: "flow", parameters });
    },
  },
  product: {
    fields: [{ ...BODY, optional: true }, FOOTER, CATALOG, { name: "product", limit: 100 }],
    build: (v) => interactive("product", v, { catalog_id: v.catalog_id.trim(), product_retailer_id: v.product.trim() }),
  },
  product_list: {
    fields: [{ ...HEADER, optional: false }, BODY, FOOTER, CATALOG],
    groups: { name: "products", least: 1, most: 30, fields: [{ name: "product", limit: 100 }, { name: "section", limit: 24, optional: true }] },
    build: (v) => interactive("product_list", v, { catalog_id: v.catalog_id.trim(), sections: sections(v.products, "product_items", (row) => ({ product_retailer_id: row.product.trim() })) }),
  },
  catalog_message: {
    fields: [BODY, FOOTER, { name: "product", limit: 100 }],
    build: (v) => interactive("catalog_message", v, { name: "catalog_message", parameters: { thumbnail_product_retailer_id: v.product.trim() } }),
  },
  carousel: {
    fields: [BODY],
    groups: { name: "cards", least: 2, most: 10, fields: [{ name: "picture", type: "picture" }, { name: "text", limit: 160, type: "area", breaks: 2 }, LABEL, LINK] },
    build: (v) => interactive("carousel", v, { cards: v.cards.map(card) }),
  },
};

function interactive(type, v, action) {
  const message = { type, action };
  if (v.header?.trim()) message.header = { type: "text", text: v.header.trim() };
  if (v.body?.trim()) message.body = { text: v.body.trim() };
  if (v.footer?.trim()) message.footer = { text: v.footer.trim() };
  return { type: "interactive", interactive: message };
}

function filled(v, ...names) {
  return Object.fromEntries(names.filter((name) => v[name]?.trim()).map((name) => [name, v[name].trim()]));
}

function link(v) {
  return { name: "cta_url", parameters: { display_text: v.display_text.trim(), url: v.url.trim() } };
}

function card(v, index) {
  const header = { type: "image", image: { id: v.picture.id } };
  return { card_index: index, type: "cta_url", header, body: { text: v.text.trim() }, action: link(v) };
}

function contact(v) {
  const name = v.name.trim();
  const more = {};
  if (v.email?.trim()) more.emails = [{ email: v.email.trim(), type: "WORK" }];
  if (v.company?.trim()) more.org = { company: v.company.trim() };
  return { name: { formatted_name: name, first_name: name.split(" ")[0] }, phones: [{ phone: v.phone.trim(), type: "CELL" }], ...more };
}

// Rows of the same section stand together, in the order of their first one.
function sections(rows, key, make) {
  const found = new Map();
  rows.forEach((row, index) => {
    const title = row.section?.trim() || "";
    if (!found.has(title)) found.set(title, []);
    found.get(title).push(make(row, `${index + 1}`));
  });
  return Array.from(found, ([title, made]) => ({ ...(title ? { title } : {}), [key]: made }));
}

const WITH_COMMAS = /(-?\d{1,2},\d{3,})\s*[,;\s]\s*(-?\d{1,3},\d{3,})/; // "-34,6037 -58,3816", as Argentines write decimals
const WITH_POINTS = /(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)/;

// A point as people have it: "-34.6, -58.4", or the address of a map that holds it.
export function point(text = "") {
  const plain = decodeURIComponentSafely(text);
  const found = WITH_COMMAS.exec(plain) || WITH_POINTS.exec(plain);
  if (!found) return null;
  const [latitude, longitude] = found.slice(1).map((each) => Number(each.replace(",", ".")));
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null;
}

function decodeURIComponentSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const CHECKS = {
  url: (text) => /^https?:\/\/[^\s/]+\S*$/i.test(text) || "bad_url",
  tel: (text) => text.replace(/\D/g, "").length >= 6 || "bad_phone",
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) || "bad_email",
  point: (text) => point(text) !== null || "bad_point",
};

// The key of what is wrong with a value, or nothing.
export function fault(field, value, others = []) {
  if (field.type === "picture") return value?.id ? "" : "needs_picture";
  const text = (value || "").trim();
  if (!text) return field.optional ? "" : "needs_value";
  if (field.limit && text.length > field.limit) return "too_long";
  if (field.breaks !== undefined && text.split("\n").length - 1 > field.breaks) return "too_many_breaks";
  if (field.noEmoji && EMOJI.test(text)) return "no_emoji";
  if (field.unique && others.some((other) => (other || "").trim() === text)) return "repeated";
  const verdict = CHECKS[field.type]?.(text) ?? true;
  return verdict === true ? "" : verdict;
}

// Rows of several sections: each needs its title (sending.md 1.5).
export function faultOfSections(spec, values) {
  const rows = spec.groups ? values[spec.groups.name] : [];
  if (!spec.groups?.fields.some((field) => field.name === "section")) return "";
  const titles = new Set(rows.map((row) => row.section?.trim() || ""));
  return titles.size > 1 && titles.has("") ? "needs_section" : "";
}

export function blank(spec) {
  const group = spec.groups;
  return group ? { [group.name]: Array.from({ length: group.least }, () => ({})) } : {};
}
