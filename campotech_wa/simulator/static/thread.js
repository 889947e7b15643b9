/** Draw the messages of one chat, each in its place, and keep the reader at the end. */

const TYPES = {
  audio: "Audio",
  button: "Respuesta de botón",
  contacts: "Contacto",
  document: "Documento",
  image: "Imagen",
  interactive: "Mensaje con botones",
  location: "Ubicación",
  order: "Pedido",
  reaction: "Reacción",
  sticker: "Sticker",
  system: "Aviso",
  template: "Plantilla",
  video: "Video",
};
const STATES = { sent: "Enviado", delivered: "Entregado", read: "Leído" };
const NEAR_END = 120;
const MOST = 500;

const time = new Intl.DateTimeFormat("es-AR", { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("es-AR", { weekday: "long", day: "numeric", month: "long" });

/** Say a message in one line. */
export function summary(message) {
  if (message.type === "text") return message.text;
  return [TYPES[message.type] ?? message.type, message.text].filter(Boolean).join(": ");
}

export class Thread {
  constructor(list, scroll, tick) {
    Object.assign(this, { list, scroll, tick });
    this.clear();
  }

  clear() {
    this.messages = new Map();
    this.items = new Map();
    this.unread = new Set();
    this.list.replaceChildren();
  }

  get size() {
    return this.messages.size;
  }

  /** Show the message, or its new state if it is on the page already. */
  put(message) {
    const follow = message.direction === "out" || this.atEnd();
    const known = this.items.get(message.id);
    const drawn = this.draw(message);
    this.messages.set(message.id, message);
    this.items.set(message.id, drawn);
    this.unread[isUnread(message) ? "add" : "delete"](message.id);
    if (known) {
      drawn.classList.add("known");
      known.replaceWith(drawn);
      return;
    }
    this.insert(drawn);
    if (follow) this.toEnd();
    if (this.size > MOST) this.remove(this.items.keys().next().value);
  }

  remove(id) {
    this.items.get(id)?.remove();
    for (const kept of [this.messages, this.items, this.unread]) kept.delete(id);
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  /** Put the item after the last one that is older, under the name of its day. */
  insert(drawn) {
    let before = this.list.lastElementChild;
    while (before && at(before) > at(drawn)) before = before.previousElementSibling;
    if (before) before.after(drawn);
    else this.list.prepend(drawn);
    if (!before || dayName(at(before)) !== dayName(at(drawn))) drawn.before(heading(at(drawn)));
  }

  draw(message) {
    const item = element("li", `message ${message.direction}`);
    Object.assign(item.dataset, {
      testid: "phone-message",
      direction: message.direction,
      state: message.state,
      messageId: message.id,
      type: message.type,
      at: message.at,
    });
    const bubble = element("div", "bubble");
    bubble.append(...this.quote(message), ...content(message), this.foot(message));
    item.append(bubble);
    return item;
  }

  quote(message) {
    const quoted = this.messages.get(message.quoted);
    return quoted ? [element("blockquote", "quote", summary(quoted))] : [];
  }

  foot(message) {
    const foot = element("span", "foot");
    const stamp = element("time", "", time.format(message.at * 1000));
    stamp.dateTime = new Date(message.at * 1000).toISOString();
    const ticks = element("span", `ticks ${message.state}`);
    ticks.append(this.tick.content.cloneNode(true), element("span", "sr", STATES[message.state] ?? ""));
    ticks.title = STATES[message.state] ?? "";
    foot.append(stamp, ticks);
    return foot;
  }
}

function content(message) {
  const words = message.text ? [element("p", "words", message.text)] : [];
  if (message.type === "text") return words;
  const label = element("span", "kind", TYPES[message.type] ?? message.type);
  return [label, ...words];
}

function isUnread({ direction, state, type }) {
  return direction === "in" && state === "delivered" && type !== "reaction";
}

const at = (item) => Number(item.dataset.at);

function heading(seconds) {
  const made = element("li", "day", dayName(seconds));
  made.dataset.at = seconds;
  return made;
}

function dayName(seconds) {
  const date = new Date(seconds * 1000);
  return date.toDateString() === new Date().toDateString() ? "Hoy" : day.format(date);
}

/** Make an element; the text is only ever text. */
export function element(name, classes, text) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text !== undefined) made.textContent = text;
  return made;
}
