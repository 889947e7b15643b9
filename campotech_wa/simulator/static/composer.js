/** Let the customer write: words with Enter, a voice note with the microphone, and the rest with the plus. */

import { text } from "./shapes.js";

export class Composer {
  constructor({ form, words, send, record }, phone) {
    Object.assign(this, { form, words, send, record, phone });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    words.addEventListener("keydown", (event) => this.key(event));
    words.addEventListener("input", () => this.offer());
    this.offer();
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  /** With words there is something to send, without them something to record. */
  offer() {
    const written = this.words.value.trim() !== "";
    this.send.hidden = !written;
    this.record.hidden = written;
  }

  fill(body) {
    this.words.value = body;
    this.offer();
  }

  focus() {
    this.words.focus();
  }

  /** What could not be sent comes back into the field, with all it carried. */
  async submit() {
    const body = this.words.value.trim();
    if (!body) return;
    const held = this.phone.draft.take();
    this.fill("");
    this.focus();
    try {
      await this.phone.send(text(body), held);
    } catch (error) {
      if (!this.words.value) this.fill(body);
      this.phone.draft.hold(held);
      this.phone.say(`No se pudo enviar. ${error.message}`);
    }
  }
}
