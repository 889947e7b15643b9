// What has to live in the browser: the composer with its unsent messages, scrolling that holds still, the
// countdown of the customer service window, and noticing that a person is looking.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

const NEAR_END = 240; // pixels: older rows are asked for before the last one is reached
const AT_BOTTOM = 80; // pixels: closer than this, a reader is following the conversation
const OFFER_AGAIN = 4000; // ms after which an unanswered send is offered once more, under the same key
const STORE = "campotech.unsent";

// --- the thread and the list: scroll, hold still, ask for more ------------------------------------------------

export function ScrollPane({ side, count, more, onMore, children, testid, label, className }) {
  const pane = useRef(null);
  const reader = useRef({ following: true, anchor: null, asked: false });

  useLayoutEffect(() => {
    const element = pane.current;
    const { following, anchor } = reader.current;
    if (side !== "bottom") return;
    if (following) element.scrollTop = element.scrollHeight;
    else if (anchor) holdStill(element, anchor);
  });

  useEffect(() => {
    reader.current.asked = false;
  }, [count, more]);

  const onScroll = () => {
    const element = pane.current;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const left = side === "bottom" ? element.scrollTop : below;
    Object.assign(reader.current, { following: below < AT_BOTTOM, anchor: firstVisible(element) });
    if (left >= NEAR_END) reader.current.asked = false;
    else if (more && !reader.current.asked) {
      reader.current.asked = true;
      onMore();
    }
  };

  return h(
    "div",
    { ref: pane, onScroll, className, "data-testid": testid, "aria-label": label, tabIndex: 0, role: side === "bottom" ? "log" : undefined },
    children,
  );
}

// A reader's place is a message and how far below the edge it stands: rows may come or go above it.
function firstVisible(pane) {
  const edge = pane.getBoundingClientRect().top;
  for (const message of pane.querySelectorAll("[data-message-id]")) {
    const box = message.getBoundingClientRect();
    if (box.bottom > edge) return { id: message.dataset.messageId, top: box.top - edge };
  }
  return null;
}

function holdStill(pane, anchor) {
  const message = pane.querySelector(`[data-message-id="${anchor.id}"]`);
  if (message) pane.scrollTop += message.getBoundingClientRect().top - pane.getBoundingClientRect().top - anchor.top;
}

// --- only what belongs to the address ---------------------------------------------------------------------------
// The address changes at once, the state when the server has answered. In between, and after a reload, it still
// holds the conversation before: that one must not be there to be answered.

export function Here({ conversation, elsewhere = false, children }) {
  const path = useLocation().pathname.replace(/\/+$/, "");
  return (path === `/conversations/${conversation}`) !== elsewhere ? children : null;
}

// --- a person is looking ------------------------------------------------------------------------------------------

export function Seen({ conversation, unread, onSeen }) {
  useEffect(() => {
    const look = () => {
      if (unread > 0 && document.visibilityState === "visible" && document.hasFocus()) onSeen(conversation);
    };
    look();
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [conversation, unread]);
  return null;
}

// --- the customer service window ----------------------------------------------------------------------------------

function useSecondsLeft(expires) {
  const left = () => (expires ? Math.max(0, (Date.parse(expires) - Date.now()) / 1000) : 0);
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 1000);
    return () => clearInterval(timer);
  }, [expires]);
  return seconds;
}

function duration(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min`;
  return `${Math.floor(seconds)} s`;
}

export function WindowBadge({ expires, openWords, closedWords }) {
  const seconds = useSecondsLeft(expires);
  const isOpen = seconds > 0;
  const urgency = !isOpen ? "closed" : seconds < 2 * 3600 ? "soon" : "open";
  const [before, after] = isOpen ? openWords.split("{time}") : [closedWords, ""];
  return h(
    "span",
    { className: "window-badge", "data-testid": "window-badge", "data-window": urgency, title: isOpen ? `${before}${duration(seconds)}${after}` : closedWords },
    h("span", { className: isOpen ? "roomy" : undefined }, before),
    isOpen && duration(seconds),
    isOpen && h("span", { className: "roomy" }, after),
  );
}

// --- the composer ---------------------------------------------------------------------------------------------------
// A send gets its key here, once. It stays in this tab, shown as on its way, until the server says that it is stored
// or never can be; until then it is offered again under the same key, also after a reload or a lost connection.

function load(owner) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE) || "{}");
    return kept.owner === owner ? kept : { owner, unsent: [], drafts: {} };
  } catch {
    return { owner, unsent: [], drafts: {} };
  }
}

function save(kept) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // Storage may be full or switched off: the message still leaves, it only does not survive a reload.
  }
}

export function Composer({ owner, conversation, expires, everWrote, accepted, refused, entered, words, onSend }) {
  const [kept, setKept] = useState(() => load(owner));
  const area = useRef(null);
  const isOpen = useSecondsLeft(expires) > 0;
  const draft = kept.drafts[conversation] || "";

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

  useEffect(() => {
    const offer = () => kept.unsent.filter((one) => !refused[one.key]).forEach((one) => onSend(one.key, one.conversation, one.text));
    if (kept.unsent.length === 0) return undefined;
    const timer = setInterval(offer, OFFER_AGAIN);
    return () => clearInterval(timer);
  }, [kept.unsent, refused]);

  useEffect(() => {
    kept.unsent.filter((one) => !refused[one.key]).forEach((one) => onSend(one.key, one.conversation, one.text));
  }, [entered]);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 160)}px`;
  }, [draft, isOpen]);

  useEffect(() => {
    if (area.current && window.matchMedia("(min-width: 800px)").matches) area.current.focus();
  }, [conversation, isOpen]);

  const write = (text) => keep((now) => ({ drafts: { ...now.drafts, [conversation]: text } }));
  const drop = (key) => keep((now) => ({ unsent: now.unsent.filter((one) => one.key !== key) }));

  const send = () => {
    const text = draft.trim();
    if (!text || !isOpen) return;
    const one = { key: newKey(), conversation, text };
    keep((now) => ({ unsent: [...now.unsent, one], drafts: { ...now.drafts, [conversation]: "" } }));
    onSend(one.key, one.conversation, one.text);
    area.current.focus();
  };

  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  const waiting = kept.unsent.filter((one) => one.conversation === conversation);
  return h(
    "div",
    { className: "composer" },
    waiting.length > 0 &&
      h(
        "ul",
        { className: "unsent", "aria-live": "polite" },
        waiting.map((one) => h(Unsent, { key: one.key, one, code: refused[one.key], draft, words, drop, write })),
      ),
    isOpen
      ? h(
          "div",
          { className: "composer-row" },
          h("textarea", {
            ref: area,
            rows: 1,
            value: draft,
            maxLength: 4096,
            placeholder: words.compose,
            "aria-label": words.compose,
            "data-testid": "composer",
            onChange: (event) => write(event.target.value),
            onKeyDown,
          }),
          h(
            "button",
            { type: "button", className: "send", "data-testid": "send", "aria-label": words.send, title: words.send, disabled: !draft.trim(), onClick: send },
            h("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": true }, h("path", { d: "M3 11.5 21 3l-5.5 18-3.6-7.4z", fill: "currentColor" })),
          ),
        )
      : h("p", { className: "composer-closed", role: "status" }, everWrote ? words.closed : words.never),
  );
}

function Unsent({ one, code, draft, words, drop, write }) {
  if (!code) return h("li", null, h("span", null, one.text), h("small", null, words.sending));
  return h(
    "li",
    { "data-refused": code },
    h("span", null, one.text),
    h("small", { role: "alert" }, words.refused[code] || words.refused.other),
    h("button", { type: "button", onClick: () => (drop(one.key), write([draft, one.text].filter(Boolean).join("\n"))) }, words.edit),
    h("button", { type: "button", onClick: () => drop(one.key) }, words.discard),
  );
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Plain HTTP on another host than localhost offers no randomUUID, but random bytes it does.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
