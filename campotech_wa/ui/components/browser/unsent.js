// What was written and is not sent yet. A send gets its key here, once. It stays in this tab, shown as on its way,
// until the server says that it is stored or never can be; until then it is offered again under the same key, also
// after a reload or a lost connection.
import { useEffect, useState } from "react";

const OFFER_AGAIN = 4000; // ms after which an unanswered send is offered once more, under the same key
const STORE = "campotech.unsent";

function load(owner) {
  const nothing = { owner, unsent: [], drafts: {} };
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE) || "{}");
    return kept.owner === owner ? { ...nothing, ...kept } : nothing;
  } catch {
    return nothing;
  }
}

function save(kept) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // Storage may be full or switched off: the message still leaves, it only does not survive a reload.
  }
}

export const SENT = "campotech:sent"; // whoever sends wants to see it: the thread goes to its end

export function useUnsent({ owner, conversation, accepted, refused, entered, onSend }) {
  const [kept, setKept] = useState(() => load(owner));

  const keep = (change) =>
    setKept((now) => {
      const next = { ...now, ...change(now) };
      save(next);
      return next;
    });

  useEffect(() => {
    if (kept.owner !== owner) setKept(load(owner));
  }, [owner]);

  useEffect(() => {
    const done = new Set(accepted);
    if (kept.unsent.some((one) => done.has(one.key))) {
      keep((now) => ({ unsent: now.unsent.filter((one) => !done.has(one.key)) }));
    }
  }, [accepted, kept]);

  const offer = () => kept.unsent.filter((one) => !refused[one.key]).forEach((one) => onSend(one.key, one.conversation, one.message));

  useEffect(() => {
    if (kept.unsent.length === 0) return undefined;
    const timer = setInterval(offer, OFFER_AGAIN);
    return () => clearInterval(timer);
  }, [kept.unsent, refused]);

  useEffect(offer, [entered]);

  return {
    draft: kept.drafts[conversation] || "",
    waiting: kept.unsent.filter((one) => one.conversation === conversation),
    write: (text) => keep((now) => ({ drafts: { ...now.drafts, [conversation]: text } })),
    drop: (key) => keep((now) => ({ unsent: now.unsent.filter((one) => one.key !== key) })),
    // ``form`` is what a person filled in, to be given back if the server refuses.
    send: (message, { form = null, to = conversation, keepDraft = true } = {}) => {
      const one = { key: newKey(), conversation: to, message, form };
      keep((now) => ({ unsent: [...now.unsent, one], drafts: keepDraft ? now.drafts : { ...now.drafts, [to]: "" } }));
      onSend(one.key, one.conversation, one.message);
      if (message.type !== "reaction") window.dispatchEvent(new Event(SENT));
    },
  };
}

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Plain HTTP on another host than localhost offers no randomUUID, but random bytes it does.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
