/** Draw the messages of one chat, each in its place with what became of it, and keep the reader at the end. */

import { content } from "./bubbles.js";
import { button, element, iconButton } from "./dom.js";
import { Ledger, target } from "./ledger.js";
import { summary } from "./names.js";

const STATES = { sent: "Enviado", delivered: "Entregado", read: "Leído", played: "Escuchado" };
const NOTES = new Set(["system", "request_welcome", "reaction", "edit", "revoke"]);
const BARE = new Set(["sticker"]);
const NEAR_END = 120;
const MOST = 500;

const time = new Intl.DateTimeFormat("es-AR", { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("es-AR", { weekday: "long", day: "numeric", month: "long" });

export class Thread {
  /** `open` shows what can be done with a message, beside the thing that was touched. */
  constructor(list, scroll, tick, phone, open) {
    Object.assign(this, { list, scroll, tick, phone, open, following: true });
    this.clear();
    this.follow();
  }

  clear() {
    this.ledger = new Ledger();
    this.items = new Map();
    this.unread = new Set();
    this.list.replaceChildren();
  }

  get size() {
    return this.items.size;
  }

  get ids() {
    return [...this.ledger.messages.keys()];
  }

  /** Show the message, its new state if it is on the page already, or what it does to another one. */
  put(message) {
    this.ledger.put(message);
    this.unread[isUnread(message) ? "add" : "delete"](message.id);
    const changed = target(message);
    if (changed && this.items.has(changed)) this.refresh(changed);
    else if (this.items.has(message.id)) this.refresh(message.id);
    else this.add(message);
  }

  add(message) {
    const follow = message.direction === "out" || this.following;
    const item = this.draw(this.ledger.current(message.id));
    this.items.set(message.id, item);
    this.insert(item);
    if (follow) this.toEnd();
    if (this.size > MOST) this.remove(this.items.keys().next().value);
  }

  remove(id) {
    this.items.get(id)?.remove();
    this.items.delete(id);
    this.unread.delete(id);
    this.ledger.remove(id);
  }

  /** Pictures that load and fields that open must not push the last message out of sight. */
  follow() {
    let top = 0;
    this.scroll.addEventListener("scroll", () => {
      // Only who scrolls up stops following: a picture that loads moves the end away from everybody.
      const isUp = this.scroll.scrollTop < top;
      top = this.scroll.scrollTop;
      this.following = this.atEnd() || (this.following && !isUp);
    });
    const watcher = new ResizeObserver(() => this.following && this.toEnd());
    watcher.observe(this.scroll);
    watcher.observe(this.list);
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  toEnd() {
    this.following = true;
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

  /** What did not change stays as it is: a voice note that plays must play on. */
  refresh(id) {
    const item = this.items.get(id);
    const message = this.ledger.current(id);
    item.dataset.state = message.state;
    item.querySelector(".ticks")?.replaceWith(this.ticks(message));
    if (item.drawnAs !== likeness(message)) this.replace(item, message);
    else if (!NOTES.has(message.type)) {
      item.querySelector(".reactions")?.remove();
      item.append(...this.reactions(message));
    }
  }

  redraw(type) {
    for (const [id, item] of this.items) {
      if (item.dataset.type === type) this.replace(item, this.ledger.current(id));
    }
  }

  replace(item, message) {
    const again = this.draw(message);
    again.classList.add("known");
    item.replaceWith(again);
    this.items.set(message.id, again);
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
    item.drawnAs = likeness(message);
    if (NOTES.has(message.type)) item.classList.add("note");
    item.append(...(NOTES.has(message.type) ? content(message, this.phone) : this.inside(message)));
    return item;
  }

  inside(message) {
    const nodes = content(message, this.phone);
    const cards = nodes.filter((node) => node.classList.contains("carousel"));
    const pressable = nodes.filter((node) => node.classList.contains("choices"));
    const told = nodes.filter((node) => !cards.includes(node) && !pressable.includes(node));
    const classes = ["bubble", BARE.has(message.type) && "bare", (pressable.length > 0 || message.type === "location") && "wide"];
    const bubble = element("div", classes.filter(Boolean).join(" "), this.quote(message), told, this.foot(message), pressable, this.more(message));
    this.touch(bubble, message);
    return [bubble, ...cards, ...this.reactions(message)];
  }

  more(message) {
    const made = iconButton("more", "Qué hacer con este mensaje", () => this.open(this.ledger.current(message.id), made), "more");
    made.setAttribute("aria-haspopup", "menu");
    return made;
  }

  /** The other button of a mouse, and a long press of a finger, ask for the same menu. */
  touch(bubble, message) {
    let pressing;
    const ask = () => this.open(this.ledger.current(message.id), bubble);
    const cancel = () => clearTimeout(pressing);
    bubble.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      ask();
    });
    bubble.addEventListener("pointerdown", ({ pointerType }) => {
      if (pointerType === "touch") pressing = setTimeout(ask, 450);
    });
    for (const end of ["pointerup", "pointermove", "pointercancel"]) bubble.addEventListener(end, cancel);
  }

  quote(message) {
    const quoted = quotedId(message);
    if (!this.ledger.get(quoted) || message.revoked) return undefined;
    const original = this.ledger.current(quoted);
    const author = original.direction === "out" ? "Vos" : this.phone.line.channel.name;
    const told = original.revoked ? "Mensaje eliminado" : summary(original);
    const show = () => this.items.get(quoted)?.scrollIntoView({ block: "center", behavior: "smooth" });
    return element("blockquote", "quote", button("", [element("strong", "", author), element("span", "", told)], show));
  }

  reactions(message) {
    const given = [message.reactions.in, message.reactions.out].filter(Boolean);
    if (given.length === 0 || message.revoked) return [];
    const own = message.reactions.out && "Tocá para quitar la tuya";
    const press = () => own && this.phone.react(message, undefined);
    const made = button("reactions", [...new Set(given)].join(""), press);
    made.setAttribute("aria-label", `Reacciones: ${given.join(" ")}. ${own || ""}`);
    return [made];
  }

  foot(message) {
    const stamp = element("time", "", time.format(message.at * 1000));
    stamp.dateTime = new Date(message.at * 1000).toISOString();
    const edited = message.edited && !message.revoked && element("span", "", "Editado");
    return element("span", "foot", edited || undefined, stamp, message.direction === "out" ? this.ticks(message) : undefined);
  }

  ticks(message) {
    const told = STATES[message.state] ?? "";
    const made = element("span", `ticks ${message.state}`, this.tick.content.cloneNode(true), element("span", "sr", told));
    made.title = told;
    return made;
  }
}

/** What the bubble shows, besides its state and its reactions. */
function likeness({ payload, edited, revoked }) {
  return JSON.stringify([payload, edited, revoked]);
}

/** The business says message_id where the customer's webhook says id (sending.md, 1.1; webhooks.md, 3.5). */
export function quotedId({ payload }) {
  return payload.context?.message_id ?? payload.context?.id;
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
