/** Draw a place as a small map: made up from its coordinates, the same for the same place, without any network. */

import { drawing, shape } from "./dom.js";

const WIDTH = 260;
const HEIGHT = 120;

export function map(latitude, longitude) {
  const chance = seeded(`${Number(latitude).toFixed(4)},${Number(longitude).toFixed(4)}`);
  const drawn = drawing(`0 0 ${WIDTH} ${HEIGHT}`, "map");
  drawn.setAttribute("preserveAspectRatio", "xMidYMid slice");
  const town = shape("g", { transform: `rotate(${Math.round(chance() * 50 - 25)} ${WIDTH / 2} ${HEIGHT / 2})` });
  town.append(park(chance), ...streets(chance), ...avenues(chance));
  drawn.append(shape("rect", { class: "land", width: WIDTH, height: HEIGHT }), town, ...pin());
  return drawn;
}

function streets(chance) {
  const lines = [];
  for (let x = -80 + chance() * 20; x < WIDTH + 80; x += 26) lines.push(line("street", x, -120, x, 240));
  for (let y = -120 + chance() * 20; y < HEIGHT + 120; y += 24) lines.push(line("street", -80, y, WIDTH + 80, y));
  return lines;
}

function avenues(chance) {
  const x = 30 + chance() * 180;
  const y = 20 + chance() * 80;
  const slant = chance() * 90 - 45;
  return [line("avenue", x, -120, x, 240), line("avenue", -80, y - slant, WIDTH + 80, y + slant)];
}

function park(chance) {
  const x = chance() * (WIDTH - 90);
  const y = chance() * (HEIGHT - 50);
  return shape("rect", { class: "park", x, y, width: 50 + chance() * 40, height: 34 + chance() * 24, rx: 4 });
}

function pin() {
  const [x, y] = [WIDTH / 2, HEIGHT / 2];
  const drop = `M${x} ${y + 14}c7-9 11-14 11-20a11 11 0 0 0-22 0c0 6 4 11 11 20z`;
  return [
    shape("ellipse", { class: "pin-shade", cx: x, cy: y + 15, rx: 7, ry: 2.4 }),
    shape("path", { class: "pin", d: drop }),
    shape("circle", { class: "pin-eye", cx: x, cy: y - 6, r: 4 }),
  ];
}

const line = (kind, x1, y1, x2, y2) => shape("line", { class: kind, x1, y1, x2, y2 });

/** A small generator of numbers that begins where the text says (mulberry32). */
function seeded(text) {
  let state = [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 0x01000193), 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
