/** Turn the marks that people type (*bold*, _italic_, ~struck~, ```code```, lists, quotes, addresses) into elements. */

import { element, link } from "./dom.js";

const TAGS = { "*": "strong", _: "em", "~": "s" };
const BLOCK = /```([\s\S]+?)```/;
const INLINE = /`([^`\n]+)`|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)(.*?\S)\2(?![\p{L}\p{N}])|(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'*_~])/u;

/** Answer a paragraph that shows the text as WhatsApp would. */
export function words(text) {
  return element("p", "words", marked(text));
}

/** Answer the words without their marks, for one line. */
export function plain(text) {
  return element("span", "", marked(text)).textContent;
}

export function marked(text) {
  return text.split(BLOCK).flatMap((part, position) => (position % 2 ? element("code", "mono", part) : lines(part)));
}

function lines(text) {
  const nodes = [];
  for (const [position, line] of text.split("\n").entries()) {
    const block = asBlock(line);
    if (position > 0 && !nodes.at(-1)?.classList?.contains("line")) nodes.push("\n");
    nodes.push(...(block ? [block] : inline(line)));
  }
  return nodes;
}

function asBlock(line) {
  const [, mark, rest] = /^(>|[-*](?= \S)) ?(.+)$/.exec(line) ?? [];
  if (!mark) return undefined;
  return element("span", mark === ">" ? "line cited" : "line item", inline(rest));
}

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    nodes.push(rest.slice(0, found.index), meant(found));
    rest = rest.slice(found.index + found[0].length);
  }
  return [...nodes, rest].filter((node) => node !== "");
}

function meant([, code, mark, inside, address]) {
  if (code) return element("code", "mono", code);
  return mark ? element(TAGS[mark], "", inline(inside)) : link(address, "", address);
}
