// WhatsApp's own marks in a text become elements: *bold*, _italic_, ~struck~, ```mono```, `code`, lists, quotes and
// links. Everything else stays what it is: React writes it as text, never as HTML.

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+/gi;
const TRAILING = /[.,;:!?)\]}*_~]+$/;
const STYLES = { "*": "strong", _: "em", "~": "s", "`": "code" };
// A mark opens after a space or a sign, before a word, and closes the other way round.
const STYLED = /(^|[\s([{¡¿"'.,;:!?*_~-])([*_~`])(?=\S)([^\n]*?\S)\2(?=$|[\s)\]}"'.,;:!?*_~-])/;
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]*|\p{Regional_Indicator}{2}|\s){1,12}$/u;
const FEW = 3; // emoji that are drawn large when nothing else is said

export function isJumbo(text) {
  if (text.length > 40 || !EMOJI_ONLY.test(text)) return false;
  const emoji = text.match(/\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\u200D\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}\uFE0F])*/gu) || [];
  return emoji.length > 0 && emoji.length <= FEW;
}

export function firstLink(text) {
  const found = text.match(LINK);
  return found ? webAddress(found[0].replace(TRAILING, "")) : null;
}

function webAddress(text) {
  try {
    const address = new URL(/^www\./i.test(text) ? `https://${text}` : text);
    return address.protocol === "http:" || address.protocol === "https:" ? address : null;
  } catch {
    return null;
  }
}

export function Marked({ text }) {
  return blocks(text);
}

function blocks(text) {
  return text.split("```").map((part, index, all) =>
    // An opening without an end is three ticks.
    index % 2 === 1 && index < all.length - 1 ? (
      <code key={index}>{part}</code>
    ) : (
      <span key={index}>{lines(index % 2 === 1 ? "```" + part : part)}</span>
    ),
  );
}

function lines(text) {
  return text.split("\n").map((line, index) => (
    <span key={index}>
      {index > 0 && "\n"}
      {line.startsWith("> ") ? <q>{inline(line.slice(2))}</q> : inline(line)}
    </span>
  ));
}

function inline(text) {
  const found = [];
  let last = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = match[0].replace(TRAILING, "");
    const address = webAddress(shown);
    if (!address) continue;
    found.push(...styled(text.slice(last, match.index), found.length));
    found.push(
      <a key={`link${match.index}`} href={address.href} target="_blank" rel="noopener noreferrer nofollow">
        {shown}
      </a>,
    );
    last = match.index + shown.length;
  }
  found.push(...styled(text.slice(last), found.length));
  return found;
}

function styled(text, key) {
  const match = text.length < 5000 ? STYLED.exec(text) : null;
  if (!match) return text ? [text] : [];
  const [whole, before, mark, inner] = match;
  const Style = STYLES[mark];
  return [
    text.slice(0, match.index) + before,
    <Style key={`${key}.${match.index}`}>{mark === "`" ? inner : styled(inner, `${key}i`)}</Style>,
    ...styled(text.slice(match.index + whole.length), `${key}.${match.index}+`),
  ].filter(Boolean);
}
