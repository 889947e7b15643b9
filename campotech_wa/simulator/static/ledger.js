/** Keep the messages of a chat, and what became of each: edited, deleted, reacted to. */

const TARGETS = {
  reaction: ({ reaction }) => reaction?.message_id,
  edit: ({ edit }) => edit?.original_message_id,
  revoke: ({ revoke }) => revoke?.original_message_id,
};

/** Answer the id of the message that this one changes, or nothing. */
export const target = (message) => TARGETS[message.type]?.(message.payload);

export class Ledger {
  constructor() {
    this.messages = new Map();
    this.changes = new Map();
  }

  put(message) {
    this.messages.set(message.id, message);
    const changed = target(message);
    if (!changed) return;
    if (!this.changes.has(changed)) this.changes.set(changed, new Map());
    this.changes.get(changed).set(message.id, message);
  }

  remove(id) {
    this.messages.delete(id);
    this.changes.delete(id);
  }

  get(id) {
    return this.messages.get(id);
  }

  /** Answer the message as it stands now; its own state may come again long after a change. */
  current(id) {
    const message = this.messages.get(id);
    const changes = this.changesOf(id);
    const edited = changes.findLast(({ type }) => type === "edit")?.payload.edit.message;
    return {
      ...message,
      payload: edited ? { ...message.payload, ...edited, type: message.type } : message.payload,
      edited: edited !== undefined,
      revoked: changes.some(({ type }) => type === "revoke"),
      reactions: reactions(changes),
    };
  }

  changesOf(id) {
    return [...(this.changes.get(id)?.values() ?? [])].sort((one, other) => one.at - other.at);
  }
}

/** Each side has one reaction, its last; an empty one takes it back. */
function reactions(changes) {
  const last = {};
  for (const { type, direction, payload } of changes) {
    if (type === "reaction") last[direction] = payload.reaction.emoji || undefined;
  }
  return last;
}
