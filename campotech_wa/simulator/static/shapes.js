/** Write what a customer can do as the Cloud API's inbound messages (webhooks.md, 3); the server fills in the rest. */

export const text = (body) => ({ type: "text", text: { body } });

/** A photo, a video, an audio, a document or a sticker that was uploaded: only what was given is named. */
export function media(kind, id, { caption, filename, voice, animated } = {}) {
  const content = { id };
  if (caption) content.caption = caption;
  if (filename) content.filename = filename;
  if (voice !== undefined) content.voice = voice;
  if (animated !== undefined) content.animated = animated;
  return { type: kind, [kind]: content };
}

export function location({ latitude, longitude, name, address }) {
  const content = { latitude: Number(latitude), longitude: Number(longitude) };
  if (name) content.name = name;
  if (address) content.address = address;
  return { type: "location", location: content };
}

/** A card; `origin` says that it answers a request for the customer's own number. */
export function contact({ name, phone, company, origin }) {
  const digits = phone.replace(/\D/g, "");
  const [first, ...rest] = name.split(" ");
  const card = {
    name: { formatted_name: name, first_name: first },
    phones: [{ phone, wa_id: digits, type: "CELL" }],
  };
  if (rest.length > 0) card.name.last_name = rest.join(" ");
  if (company) card.org = { company };
  if (origin) card.origin = origin;
  return { type: "contacts", contacts: [card] };
}

/** Without an emoji it takes the reaction back. */
export function reaction(messageId, emoji) {
  return { type: "reaction", reaction: emoji ? { message_id: messageId, emoji } : { message_id: messageId } };
}

/** The customer's own text, or the caption under their media, says something else from now on. */
export function edit(original, body) {
  const { type } = original;
  const message = type === "text" ? text(body) : { type, [type]: { ...original[type], caption: body } };
  return { type: "edit", edit: { original_message_id: original.id, message } };
}

export const revoke = (messageId) => ({ type: "revoke", revoke: { original_message_id: messageId } });

/** A template's quick reply; without a payload of its own the label comes back (sending.md, 3.1). */
export const templateButton = (label, payload) => ({ type: "button", button: { payload: payload || label, text: label } });

export const buttonReply = (id, title) => interactive("button_reply", { id, title });

export function listReply({ id, title, description }) {
  return interactive("list_reply", description ? { id, title, description } : { id, title });
}

/** A filled-in flow or address; the answers travel as a text that holds JSON. */
export function formReply(name, answers, body = "Sent") {
  return interactive("nfm_reply", { name, body, response_json: JSON.stringify(answers) });
}

export function callPermission(accepted, expires) {
  const reply = { response: accepted ? "accept" : "reject", response_source: "user_action" };
  if (accepted) Object.assign(reply, { is_permanent: false, expiration_timestamp: String(expires) });
  return interactive("call_permission_reply", reply);
}

export function order(catalogId, items, comment) {
  return { type: "order", order: { catalog_id: catalogId, text: comment, product_items: items } };
}

/** What the API names and does not deliver; only some of it says its type. */
export function unsupported(kind) {
  const details = "Message type is currently not supported.";
  const title = "Message type unknown";
  const errors = [{ code: 131051, title, message: title, error_data: { details } }];
  return kind ? { type: "unsupported", errors, unsupported: { type: kind } } : { type: "unsupported", errors };
}

export function numberChange(name, from, to) {
  const body = `User ${name} changed from ${from} to ${to}`;
  return { type: "system", system: { type: "user_changed_number", body, wa_id: to } };
}

const interactive = (type, content) => ({ type: "interactive", interactive: { type, [type]: content } });
