/** Do what the customer wants done in the open chat; the drawing modules know the phone by this. */

import { content } from "./bubbles.js";
import { reaction } from "./shapes.js";

export class Acts {
  /** `frame` is the phone's own box; `ready` keeps early acts waiting until the page knows its channels. */
  constructor({ frame, sheets, say, ready, move }) {
    Object.assign(this, { frame, sheets, say, ready, move, templates: [] });
  }

  draw(message) {
    return content(message, this);
  }

  /** Send the message with what the draft held for it; whoever calls says what went wrong. */
  async send(message, held = {}) {
    await this.ready;
    await this.line.deliver(this.draft.dressed(message, held));
  }

  /** Send what needs no form; what goes wrong is said at the top of the phone. */
  async offer(message, held = {}) {
    await this.attempt(() => this.send(message, held));
  }

  /** Answer a message of the business: the answer names it (webhooks.md, 3.5). */
  async answer(asked, message) {
    await this.send({ ...message, context: this.draft.context(asked) });
  }

  async reply(asked, message) {
    await this.attempt(() => this.answer(asked, message));
  }

  async react(message, emoji) {
    await this.offer(reaction(message.id, emoji));
  }

  async sendFile(file, filename, shape) {
    await this.attempt(async () => {
      const held = this.draft.take();
      await this.send(shape(await this.line.upload(file, filename)), held);
    });
  }

  /** The business learns that its voice note was played. */
  async heard(messageId) {
    await this.attempt(() => this.line.played(messageId));
  }

  async attempt(act) {
    try {
      await act();
    } catch (error) {
      this.say(`No se pudo enviar. ${error.message}`);
    }
  }
}
