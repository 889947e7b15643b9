// What has to live in the browser around a thread: scrolling that holds still, the countdown of the customer service
// window, and noticing that a person is looking.
import { createElement as h, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { ChevronDown } from "lucide-react";
import { SENT } from "./unsent.js";

const NEAR_END = 240; // pixels: older rows are asked for before the last one is reached
const AT_BOTTOM = 80; // pixels: closer than this, a reader is following the conversation

// --- the thread and the list: scroll, hold still, ask for more ------------------------------------------------

export function ScrollPane({ side, count, more, onMore, children, testid, label, down, className }) {
  const pane = useRef(null);
  const reader = useRef({ following: true, anchor: null, asked: false, top: 0 });
  const frame = useRef(null);

  // Not a state: to draw anew would break off a scroll that is under way.
  const away = (isAway) => {
    if (frame.current) frame.current.dataset.away = isAway;
  };

  const toEnd = () => {
    reader.current.following = true;
    pane.current.scrollTop = pane.current.scrollHeight;
    away(false);
  };

  useEffect(() => {
    if (side !== "bottom") return undefined;
    window.addEventListener(SENT, toEnd);
    return () => window.removeEventListener(SENT, toEnd);
  }, [side]);

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

  // A picture that has loaded, or a form that has opened, moves what a reader follows.
  useEffect(() => {
    if (side !== "bottom") return undefined;
    const element = pane.current;
    const watcher = new ResizeObserver(() => {
      if (reader.current.following) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    for (const child of element.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, [side, count]);

  const onScroll = () => {
    const element = pane.current;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const left = side === "bottom" ? element.scrollTop : below;
    // Only who scrolls up stops following: a picture that loads moves the end away from everybody.
    const isUp = element.scrollTop < reader.current.top;
    const following = below < AT_BOTTOM || (reader.current.following && !isUp);
    Object.assign(reader.current, { following, anchor: firstVisible(element), top: element.scrollTop });
    away(below >= AT_BOTTOM);
    if (left >= NEAR_END) reader.current.asked = false;
    else if (more && !reader.current.asked) {
      reader.current.asked = true;
      onMore();
    }
  };

  const rows = h(
    "div",
    { ref: pane, onScroll, className, "data-testid": testid, "aria-label": label, tabIndex: 0, role: side === "bottom" ? "log" : undefined },
    children,
  );
  if (side !== "bottom") return rows;
  const wayDown = h("button", { type: "button", className: "way-down", title: down, "aria-label": down, onClick: toEnd }, h(ChevronDown, { size: 20 }));
  return h("div", { ref: frame, className: "pane" }, rows, wayDown);
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

// Only whether it is open: what asks for no more is drawn again twice a day, not every second.
export function useIsOpen(expires) {
  const left = () => (expires ? Date.parse(expires) - Date.now() : 0);
  const [isOpen, open] = useState(() => left() > 0);
  useEffect(() => {
    open(left() > 0);
    if (left() <= 0) return undefined;
    const timer = setTimeout(() => open(left() > 0), Math.min(left() + 50, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [expires]);
  return isOpen;
}

export function duration(seconds) {
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
