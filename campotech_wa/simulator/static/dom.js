/** Make elements, links and icons; text is only ever text. */

import { PATHS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";
const OPENABLE = new Set(["http:", "https:", "tel:", "mailto:"]);

/** Make an element with its classes and whatever stands in it: nodes, texts, or nothing. */
export function element(name, classes, ...content) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.append(...content.flat(Infinity).filter((each) => each || each === 0));
  return made;
}

export function button(classes, content, press) {
  const made = element("button", classes, content);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** A round button that shows only an icon says its name to those who do not see it. */
export function iconButton(name, label, press, classes = "round") {
  const made = button(classes, icon(name), press);
  made.setAttribute("aria-label", label);
  made.title = label;
  return made;
}

/** Make a link to what a browser may open; any other address stays a text. */
export function link(address, classes, ...content) {
  if (!openable(address)) return element("span", classes, ...content);
  const made = element("a", classes, ...content);
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

export function icon(name) {
  const made = drawing("0 0 24 24", "icon");
  made.append(shape("path", { d: PATHS[name] ?? PATHS.unknown }));
  return made;
}

export function drawing(viewBox, classes) {
  const made = shape("svg", { viewBox, class: classes, "aria-hidden": "true" });
  return made;
}

export function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function openable(address) {
  try {
    return OPENABLE.has(new URL(address).protocol);
  } catch {
    return false;
  }
}
