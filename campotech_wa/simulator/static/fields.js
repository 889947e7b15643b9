/** Make the fields of a sheet: each with its name in words, its value, and what it takes. */

import { element } from "./dom.js";

/** `more` are properties of the input, such as required, type or placeholder. */
export function field(name, label, value = "", more = {}) {
  const input = element(more.rows ? "textarea" : "input", "");
  Object.assign(input, { name, value, autocomplete: "off", ...more });
  return element("label", "field", element("span", "", label), input);
}

export function select(name, label, options) {
  const input = element("select", "");
  input.name = name;
  for (const [value, words] of Object.entries(options)) input.append(new Option(words, value));
  return element("label", "field", element("span", "", label), input);
}

/** One choice of several, as rows; the first is not taken by itself. */
export function choice(name, value, title, description) {
  const input = element("input", "");
  Object.assign(input, { type: "radio", name, value, required: true });
  const words = element("span", "choice-words", element("strong", "", title), description && element("small", "", description));
  return element("label", "choice", words, input);
}

export const side = (...fields) => element("div", "side", ...fields);

/** Numbers as people write them: a comma is a point. */
export function number(text, name) {
  const value = Number(String(text).trim().replace(",", "."));
  if (String(text).trim() === "" || !Number.isFinite(value)) throw new Error(`${name} tiene que ser un número.`);
  return value;
}
