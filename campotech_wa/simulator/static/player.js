/** Play a voice note or another audio: its own wave, its length, and a place to touch. */

import { drawing, element, icon, iconButton, shape } from "./dom.js";

const BARS = 42;
let playing;

/** Draw the player of what lies at the address; `onFirstPlay` hears of it once. */
export function player(address, { voice, onMissing, onFirstPlay }) {
  const sound = new Audio();
  sound.preload = "none";
  const play = iconButton("play", "Reproducir", toggle, "round play");
  const time = element("small", "length", "0:00");
  const place = seeker();
  const wave = drawing(`0 0 ${BARS * 4} 24`, "wave");
  const track = element("span", "track", wave, place, time);
  const drawn = element("span", `player ${voice ? "voice" : ""}`, play, track, element("span", "sound-kind", icon(voice ? "microphone" : "audio")));
  let length = 0;

  drawBars(wave, new Array(BARS).fill(0.15));
  whenSeen(drawn, async () => {
    const measured = await measure(address);
    if (!measured) return drawn.replaceWith(onMissing());
    length = measured.seconds;
    drawBars(wave, measured.peaks);
    time.textContent = clock(length);
  });
  sound.addEventListener("timeupdate", () => show(sound.currentTime));
  sound.addEventListener("ended", () => show(0));
  for (const change of ["play", "pause", "ended"]) sound.addEventListener(change, drawButton);
  sound.addEventListener("play", onFirstPlay, { once: true });
  place.addEventListener("input", () => (sound.currentTime = (place.value / 100) * length));

  function toggle() {
    if (!sound.src) sound.src = address;
    if (!sound.paused) return sound.pause();
    if (playing !== sound) playing?.pause();
    playing = sound;
    return sound.play();
  }

  function drawButton() {
    const on = !sound.paused && !sound.ended;
    play.replaceChildren(icon(on ? "pause" : "play"));
    play.setAttribute("aria-label", on ? "Pausar" : "Reproducir");
    play.title = on ? "Pausar" : "Reproducir";
  }

  function show(seconds) {
    const share = length ? Math.min(seconds / length, 1) : 0;
    place.value = share * 100;
    time.textContent = clock(seconds || length);
    for (const [position, bar] of [...wave.children].entries()) bar.classList.toggle("past", position < share * BARS);
  }

  return drawn;
}

export function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A recording of a browser does not know its own length: decoding tells it, and the loudness besides. */
export async function measure(address) {
  const answer = await fetch(address).catch(() => undefined);
  if (!answer?.ok) return undefined;
  try {
    const context = new OfflineAudioContext(1, 1, 48_000);
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    return { seconds: sound.duration, peaks: peaks(sound.getChannelData(0)) };
  } catch {
    return { seconds: 0, peaks: new Array(BARS).fill(0.15) };
  }
}

function peaks(samples) {
  const width = Math.max(1, Math.floor(samples.length / BARS));
  const loudest = Array.from({ length: BARS }, (_, bar) => peak(samples, bar * width, width));
  const top = Math.max(...loudest, 0.01);
  return loudest.map((loudness) => Math.max(loudness / top, 0.12));
}

/** Every eighth sample tells enough of a bar. */
function peak(samples, start, width) {
  let loudest = 0;
  for (let at = start; at < start + width; at += 8) loudest = Math.max(loudest, Math.abs(samples[at] ?? 0));
  return loudest;
}

function drawBars(wave, heights) {
  const bars = heights.map((height, position) => {
    const tall = height * 22;
    return shape("rect", { x: position * 4, y: 12 - tall / 2, width: 2.4, height: tall, rx: 1.2 });
  });
  wave.replaceChildren(...bars);
}

function seeker() {
  const made = element("input", "seek");
  Object.assign(made, { type: "range", min: 0, max: 100, step: 0.5, value: 0 });
  made.setAttribute("aria-label", "Posición");
  return made;
}

function whenSeen(drawn, act) {
  const watcher = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    watcher.disconnect();
    act();
  });
  watcher.observe(drawn);
}
