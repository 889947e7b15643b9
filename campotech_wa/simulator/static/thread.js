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
    this.list.replaceChildren();
  }

  get size() {
    return this.messages.size;
  }

  get unread() {
    return [...this.messages.values()].some(({ direction, state, type }) => direction === "in" && state === "delivered" && type !== "reaction");
  }

  /** Show the message, or its new state if it is on the page already. */
  put(message) {
    const follow = message.direction === "out" || this.atEnd();
    const known = this.messages.has(message.id);
    this.messages.set(message.id, message);
    const drawn = this.draw(message);
    if (known) this.item(message.id).replaceWith(drawn);
    else this.insert(drawn, message);
    if (follow && !known) this.toEnd();
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  item(id) {
    return this.list.querySelector(`[data-message-id="${CSS.escape(id)}"]`);
  }

  insert(drawn, message) {
    const items = [...this.list.querySelectorAll(".message")];
    const after = items.findLast((item) => Number(item.dataset.at) <= message.at);
    if (after) after.after(drawn);
    else this.list.prepend(drawn);
    this.dates();
  }

  /** Put the name of the day over its first message. */
  dates() {
    for (const old of this.list.querySelectorAll(".day")) old.remove();
    let last = "";
    for (const item of [...this.list.querySelectorAll(".message")]) {
      const name = dayName(Number(item.dataset.at));
      if (name !== last) item.before(element("li", "day", name));
      last = name;
    }
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

function dayName(at) {
  const date = new Date(at * 1000);
  return date.toDateString() === new Date().toDateString() ? "Hoy" : day.format(date);
}

/** Make an element; the text is only ever text. */
export function element(name, classes, text) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text !== undefined) made.textContent = text;
  return made;
}
