/** Carry what the customer does to the simulator: a message, a file, a look at the chat, a voice note that is heard. */

export class Line {
  constructor(channel, person) {
    Object.assign(this, { channel, person });
  }

  get ends() {
    return { phone_number_id: this.channel.phone_number_id, from: this.person.from };
  }

  /** Hand the message over; the stream brings it back to the page. */
  async deliver(message) {
    return post("/_sim/inbound", { ...this.ends, profile_name: this.person.name, message });
  }

  /** Upload what the browser holds, byte by byte as it is; answer the id that the message names. */
  async upload(file, filename) {
    const query = new URLSearchParams({ phone_number_id: this.channel.phone_number_id, filename });
    const headers = { "Content-Type": file.type || "application/octet-stream" };
    const { id } = await answered(fetch(`/_sim/media?${query}`, { method: "POST", headers, body: file }));
    return id;
  }

  async read() {
    return post("/_sim/read", this.ends);
  }

  async played(messageId) {
    return post("/_sim/played", { ...this.ends, message_id: messageId });
  }
}

export const mediaAddress = (id) => `/_sim/media/${encodeURIComponent(id)}`;

export async function get(address) {
  return answered(fetch(address));
}

export async function post(address, body) {
  const headers = { "Content-Type": "application/json" };
  return answered(fetch(address, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function remove(address) {
  return answered(fetch(address, { method: "DELETE" }));
}

async function answered(request) {
  const answer = await request;
  if (answer.ok) return answer.json();
  const { error } = await answer.json().catch(() => ({}));
  throw new Error(typeof error === "string" ? error : `El simulador respondió ${answer.status}.`);
}
