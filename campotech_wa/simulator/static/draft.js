/** Keep what the next message carries besides its words: a quote, an edit, a forwarded mark, the ad it came from. */

import { element, icon, iconButton } from "./dom.js";
import { digits } from "./people.js";
import { summary } from "./names.js";
import * as shapes from "./shapes.js";

const FORWARDED = { forwarded: "Reenviado", frequently_forwarded: "Reenviado muchas veces" };

export class Draft {
  constructor(host, phone) {
    Object.assign(this, { host, phone, holds: {} });
  }

  reply(message) {
    this.hold({ quote: message, forwarded: undefined });
  }

  /** Ask about a product: the message quotes it and names it (webhooks.md, 3.5). */
  ask(message, product) {
    this.hold({ quote: message, product, forwarded: undefined });
  }

  /** A forwarded message quotes nothing (webhooks.md, 3.5). */
  forward(mark) {
    this.hold({ forwarded: mark, quote: undefined, product: undefined });
  }

  cameFrom(referral) {
    this.hold({ referral });
  }

  edit(message) {
    this.holds = {};
    this.hold({ edit: message });
    this.phone.composer.fill(message.payload.text?.body ?? message.payload[message.type]?.caption ?? "");
  }

  hold(more) {
    if (!("edit" in more)) delete this.holds.edit;
    Object.assign(this.holds, more);
    this.draw();
    this.phone.composer.focus();
  }

  /** Answer what was held and hold nothing any more. */
  take() {
    const held = this.holds;
    this.holds = {};
    this.draw();
    return held;
  }

  draw() {
    const { quote, product, edit, forwarded, referral } = this.holds;
    this.host.replaceChildren(...[
      edit && this.chip("edit", "edit", "Editás", summary(edit)),
      quote && this.chip("quote", "reply", this.author(quote), product?.product_retailer_id ?? summary(quote)),
      forwarded && this.chip("forwarded", "forward", FORWARDED[forwarded], "El próximo mensaje lleva esa marca"),
      referral && this.chip("referral", "ad", "Viene de tu anuncio", referral.headline),
    ].filter(Boolean));
  }

  chip(key, iconName, title, words) {
    const drop = () => this.drop(key);
    return element("div", "chip", icon(iconName), element("span", "who", element("strong", "", title), element("span", "", words)), iconButton("close", "Quitar", drop));
  }

  drop(key) {
    if (key === "edit") this.phone.composer.fill("");
    if (key === "quote") delete this.holds.product;
    delete this.holds[key];
    this.draw();
    this.phone.composer.focus();
  }

  author(message) {
    return message.direction === "out" ? "Vos" : this.phone.line.channel.name;
  }

  /** Quote: who wrote it, and which one it is. */
  context(message, product) {
    const { channel, person } = this.phone.line;
    const context = { from: message.direction === "out" ? person.from : digits(channel.number), id: message.id };
    return product ? { ...context, referred_product: product } : context;
  }

  /** Answer the message as it leaves; an edit says the words anew. */
  dressed(message, { quote, product, edit, forwarded, referral }) {
    if (edit && message.type === "text") return shapes.edit({ ...edit.payload, id: edit.id, type: edit.type }, message.text.body);
    const worn = { ...message };
    if (quote) worn.context = this.context(quote, product);
    if (forwarded) worn.context = { [forwarded]: true };
    if (referral) worn.referral = referral;
    return worn;
  }
}
