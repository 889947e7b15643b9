/** Show the SMS that arrive at the customer's phone, apart from its chat: they come from a number, and are only read. */

import { button, element } from "./dom.js";
import { get } from "./line.js";
import { digits, hidesNumber, spelled } from "./people.js";

/** An Argentine mobile is one phone with its 9 and without. */
const LOCAL = 10;
const local = (number) => digits(number).slice(-LOCAL);
const TIME = new Intl.DateTimeFormat("es-AR", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export class SmsLine {
  /** `left` is called when the chat is seen again. */
  constructor({ tabs, list, frame }, left) {
    Object.assign(this, { tabs, list, frame, left, messages: new Map(), unseen: 0, shown: false });
    this.badge = element("span", "badge");
    this.chat = this.tab("WhatsApp", false);
    this.own = this.tab("SMS", true, this.badge);
    this.tabs.append(this.chat, this.own);
    this.draw();
  }

  open(person) {
    this.person = person;
    this.clear();
  }

  clear() {
    this.messages.clear();
    this.unseen = 0;
    this.show(false);
  }

  /** What has arrived before the page came is known already, and counts as seen. */
  async fetch() {
    const { person } = this;
    if (hidesNumber(person.from)) return;
    const arrived = await get(`/_phone/sms?${new URLSearchParams({ from: person.from })}`);
    if (person !== this.person) return;
    for (const each of arrived) this.messages.set(each.id, each);
    this.draw();
  }

  take(message) {
    if (local(message.to) !== local(this.person.from) || this.messages.has(message.id)) return;
    this.messages.set(message.id, message);
    if (!this.shown) this.unseen += 1;
    this.draw();
  }

  show(shown) {
    this.shown = shown;
    if (shown) this.unseen = 0;
    this.frame.classList.toggle("on-sms", shown);
    this.draw();
    if (!shown) this.left();
  }

  tab(name, shown, ...more) {
    const made = button("", [name, ...more], () => this.show(shown));
    made.setAttribute("role", "tab");
    return made;
  }

  draw() {
    this.tabs.hidden = this.messages.size === 0;
    this.list.hidden = !this.shown;
    this.chat.setAttribute("aria-selected", !this.shown);
    this.own.setAttribute("aria-selected", this.shown);
    this.badge.textContent = this.unseen || "";
    this.badge.hidden = this.unseen === 0;
    this.list.replaceChildren(element("ol", "sms-list", [...this.messages.values()].map(bubble)), note());
    if (this.shown) this.list.scrollTop = this.list.scrollHeight;
  }
}

function bubble({ id, from, body, at }) {
  const when = new Date(at * 1000);
  const time = element("time", "", TIME.format(when));
  time.dateTime = when.toISOString();
  const made = element("li", "sms", element("span", "sms-from", spelled(digits(from))), element("p", "", body), time);
  made.dataset.testid = "phone-sms";
  made.dataset.smsId = id;
  return made;
}

const note = () => element("p", "sms-note", "Los SMS llegan por la red del celular: acá solo se leen.");
