/** Record a voice note: the composer gives way to the time that passes, a way back and a way to send. */

import { element, iconButton } from "./dom.js";
import { clock } from "./player.js";
import { media } from "./shapes.js";

const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a" };
const SHORTEST = 400;

export class Recorder {
  constructor(form, phone) {
    Object.assign(this, { form, phone });
  }

  async start() {
    if (this.recording) return;
    try {
      const sound = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
      const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
      this.recording = new MediaRecorder(sound, { mimeType });
    } catch {
      this.phone.say("El navegador no dejó usar el micrófono.");
      return;
    }
    this.parts = [];
    this.recording.addEventListener("dataavailable", ({ data }) => this.parts.push(data));
    this.recording.start(250);
    this.began = performance.now();
    this.draw();
  }

  draw() {
    this.time = element("time", "", "0:00");
    const drop = iconButton("trash", "Descartar la grabación", () => this.stop());
    const send = iconButton("send", "Enviar mensaje de voz", () => this.finish(), "round solid");
    send.dataset.testid = "phone-send-voice";
    this.bar = element("div", "recording", drop, element("span", "dot"), this.time, element("span", "faint", "Grabando…"), send);
    this.bar.addEventListener("keydown", (event) => event.key === "Escape" && this.stop());
    this.form.hidden = true;
    this.form.after(this.bar);
    this.ticking = setInterval(() => (this.time.textContent = clock((performance.now() - this.began) / 1000)), 250);
    send.focus();
  }

  /** End the recording and answer it; without a word it is thrown away. */
  async stop() {
    const { recording } = this;
    clearInterval(this.ticking);
    this.bar.remove();
    this.form.hidden = false;
    this.recording = undefined;
    await new Promise((ended) => {
      recording.addEventListener("stop", ended, { once: true });
      recording.stop();
    });
    for (const track of recording.stream.getTracks()) track.stop();
    this.phone.composer.focus();
    return new Blob(this.parts, { type: recording.mimeType });
  }

  async finish() {
    const long = performance.now() - this.began >= SHORTEST;
    const note = await this.stop();
    if (!long) {
      this.phone.say("Muy corto: grabá un poco más.");
      return;
    }
    const ending = ENDINGS[note.type.split(";")[0]] ?? "bin";
    await this.phone.sendFile(note, `nota-de-voz.${ending}`, (id) => media("audio", id, { voice: true }));
  }
}
