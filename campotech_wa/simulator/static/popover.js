/** Open a small menu beside what it belongs to; the arrows walk through it, Escape and a click elsewhere close it. */

import { element } from "./dom.js";

const MARGIN = 8;
let open;

/** `place` decides where it goes: the anchor's box and the menu's in, left and top out. */
export function popover(host, anchor, label, items, place = beside) {
  close();
  const menu = element("div", "popover", items);
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label);
  host.append(menu);
  put(menu, place(anchor.getBoundingClientRect(), menu.getBoundingClientRect()), host);
  const opener = document.activeElement;
  open = { menu, opener, leave: (event) => menu.contains(event.target) || close() };
  menu.addEventListener("keydown", walk);
  menu.addEventListener("click", close);
  document.addEventListener("pointerdown", open.leave, true);
  menu.querySelector("button")?.focus({ preventScroll: true });
  return menu;
}

export function close() {
  if (!open) return;
  const { menu, opener, leave } = open;
  open = undefined;
  document.removeEventListener("pointerdown", leave, true);
  const within = menu.contains(document.activeElement);
  menu.remove();
  if (within) opener?.focus?.({ preventScroll: true });
}

function put(menu, { left, top }, host) {
  const box = host.getBoundingClientRect();
  menu.style.left = `${clamp(left - box.left - host.clientLeft, host.clientWidth - menu.offsetWidth)}px`;
  menu.style.top = `${clamp(top - box.top - host.clientTop, host.clientHeight - menu.offsetHeight)}px`;
}

function beside(anchor, menu) {
  const below = anchor.bottom + 4;
  return { left: anchor.left, top: below + menu.height > innerHeight - MARGIN ? anchor.top - menu.height - 4 : below };
}

export const above = (anchor, menu) => ({ left: anchor.left, top: anchor.top - menu.height - 10 });

const clamp = (value, most) => Math.max(MARGIN, Math.min(value, most - MARGIN));

function walk(event) {
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const step = steps[event.key];
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
  if (!step) return;
  event.preventDefault();
  const items = [...open.menu.querySelectorAll("button")];
  const next = (items.indexOf(document.activeElement) + step + items.length) % items.length;
  items[next].focus();
}
