/** Play the customer: choose who writes to which number, write, watch the answers arrive, and read them. */

import { openActions } from "./actions.js";
import { Acts } from "./acts.js";
import { Attach } from "./attach.js";
import { Composer } from "./composer.js";
import { Draft } from "./draft.js";
import { FaultPanel } from "./faults.js";
import { get, Line } from "./line.js";
import { identity, initials, People, spelled } from "./people.js";
import { close as closePopover } from "./popover.js";
import { Recorder } from "./recorder.js";
import { Roster } from "./roster.js";
import { Sheets } from "./sheets.js";
import { SmsLine } from "./sms.js";
import { definition } from "./template.js";
import { Thread } from "./thread.js";

const TYPING_LASTS = 25_000;
const $ = (id) => document.getElementById(id);

const people = new People();
const sheets = new Sheets($("sheets"), [$("desk"), ...document.querySelectorAll(".phone > :not(#sheets)")]);
const phone = new Acts({ frame: $("phone"), sheets, say, move: (from) => open(people.keep(from, person.name)) });
const thread = new Thread($("messages"), $("scroll"), $("tick"), phone, (message, anchor) => openActions(message, anchor, phone));
const roster = new Roster($("people"), $("person"), { choose, forget });
const sms = new SmsLine({ tabs: $("lines"), list: $("sms"), frame: $("phone") }, readIfSeen);
const previews = new Map();
const edited = new Set();
/** What the stream told while the chats were fetched: it is newer than what they hold. */
const heard = new Map();
let channels = [];
let channel;
let person;
let stream;
let typing;
let reading = false;

phone.draft = new Draft($("draft"), phone);
phone.composer = new Composer({ form: $("form"), words: $("composer"), send: $("send"), record: $("record") }, phone);
phone.ready = start();

async function start() {
  wire();
  channels = await get("/_phone/channels");
  const asked = new URLSearchParams(location.search);
  for (const each of channels) $("channel").append(new Option(each.name, each.phone_number_id));
  channel = channels.find((each) => each.phone_number_id === asked.get("phone_number_id")) ?? channels[0];
  $("channel").value = channel.phone_number_id;
  const from = identity(asked.get("from") ?? "");
  open(from ? people.keep(from, asked.get("name") || people.find(from)?.name || spelled(from)) : people.all[0]);
  const openers = document.querySelectorAll(".faults-open");
  new FaultPanel($("faults"), openers, () => ({ channel, person }), say);
  // Opening the chat has just filled the fields and closed what was open: nobody could write or open before.
  for (const id of ["who", "add", "attach", "record"]) $(id).disabled = false;
  for (const opener of openers) opener.disabled = false;
}

function wire() {
  $("channel").addEventListener("change", () => {
    channel = channels.find((each) => each.phone_number_id === $("channel").value);
    open(person);
  });
  $("who").addEventListener("input", (event) => edited.add(event.target.id));
  $("who").addEventListener("keydown", (event) => event.key === "Enter" && useFields());
  $("who").addEventListener("focusout", (event) => $("who").contains(event.relatedTarget) || useFields());
  $("add").addEventListener("click", askForSomebody);
  const recorder = new Recorder($("form"), phone);
  $("record").addEventListener("click", () => recorder.start());
  wireFiles(new Attach($("attach"), phone));
  $("open-desk").addEventListener("click", () => showDesk(true));
  $("close-desk").addEventListener("click", () => showDesk(false));
  document.addEventListener("visibilitychange", readIfSeen);
}

/** Files may also be dropped on the phone, or pasted. */
function wireFiles(attach) {
  $("phone").addEventListener("dragover", (event) => event.preventDefault());
  $("phone").addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) attach.take(event.dataTransfer.files[0]);
  });
  $("composer").addEventListener("paste", (event) => {
    if (event.clipboardData.files[0]) attach.take(event.clipboardData.files[0]);
  });
}

function showDesk(shown) {
  document.body.classList.toggle("desk-open", shown);
  if (!shown) readIfSeen();
}

/** Once both fields are left, they say who writes: a number nobody has yet makes a new customer. */
function useFields() {
  if (edited.size === 0) {
    fillFields();
    return;
  }
  const from = identity($("from").value);
  if (!from) {
    say("Ese número está incompleto: escribilo con código de país.");
    return;
  }
  const name = edited.has("name") ? $("name").value.trim() : "";
  open(people.keep(from, name || people.find(from)?.name || spelled(from)));
}

function fillFields() {
  $("from").value = spelled(person.from);
  $("name").value = person.name;
}

function askForSomebody() {
  $("name").value = "";
  $("from").value = "549";
  $("name").focus();
}

/** Open the chat of this customer with the chosen number. */
function open(somebody) {
  person = somebody;
  phone.line = new Line(channel, person);
  edited.clear();
  say("");
  phone.draft.take();
  sheets.close();
  closePopover();
  thread.clear();
  sms.open(person);
  setTyping(false);
  fillFields();
  $("business").textContent = channel.name;
  $("avatar").textContent = initials(channel.name);
  history.replaceState(null, "", `?${new URLSearchParams({ phone_number_id: channel.phone_number_id, from: person.from, name: person.name })}`);
  drawPeople();
  listen();
}

/** Watch every customer's chat with the channel; what was missed is fetched whenever the stream opens. */
function listen() {
  stream?.close();
  const query = new URLSearchParams({ phone_number_id: channel.phone_number_id });
  for (const each of people.all) query.append("from", each.from);
  stream = new EventSource(`/_phone/events?${query}`);
  stream.onopen = fetchAll;
  stream.onerror = () => say("Sin conexión con el simulador. Reintentando…");
  stream.onmessage = (event) => take(JSON.parse(event.data));
}

async function fetchAll() {
  say("");
  heard.clear();
  const wanted = channel;
  await Promise.all([learn(), sms.fetch()]);
  const before = thread.ids;
  await Promise.all(people.all.map(async ({ from }) => {
    const fetched = await get(`/_phone/chat?${new URLSearchParams({ phone_number_id: wanted.phone_number_id, from })}`);
    if (wanted !== channel) return;
    const messages = fetched.map((each) => heard.get(each.id) ?? each);
    previews.set(from, { last: messages.at(-1), unread: new Set() });
    for (const message of messages) count(message);
    if (from !== person.from) return;
    const known = new Set(messages.map(({ id }) => id));
    for (const id of before) if (!known.has(id)) thread.remove(id);
    for (const message of messages) thread.put(message);
    thread.toEnd();
  }));
  refresh();
}

/** A message carries only the parameters of its template; the words are asked for when they are not known. */
async function learn() {
  phone.templates = await get(`/_phone/templates?${new URLSearchParams({ phone_number_id: channel.phone_number_id })}`);
  thread.redraw("template");
}

function take(event) {
  if (event.kind === "reset") {
    thread.clear();
    previews.clear();
    sms.clear();
    refresh();
  }
  if (event.kind === "sms") sms.take(event);
  if (event.kind === "typing" && event.chat === person.from) setTyping(true);
  if (event.kind !== "message") return;
  heard.set(event.id, event);
  if (event.type === "template" && !definition(event.payload.template, phone)) learn();
  count(event);
  if (event.chat === person.from) {
    if (event.direction === "in") setTyping(false);
    thread.put(event);
  }
  refresh();
}

function count(message) {
  const preview = previews.get(message.chat) ?? { unread: new Set() };
  const unread = message.direction === "in" && message.state === "delivered";
  preview.unread[unread ? "add" : "delete"](message.id);
  if (!preview.last || preview.last.at <= message.at) preview.last = message;
  previews.set(message.chat, preview);
}

function refresh() {
  $("empty").hidden = thread.size > 0;
  $("empty").textContent = `Todavía no hay mensajes. Escribile a ${channel.name}.`;
  drawPeople();
  readIfSeen();
}

/** A message is read when it is on a visible page: then its sender learns it. */
async function readIfSeen() {
  const covered = $("phone").offsetParent === null;
  if (reading || covered || sms.shown || document.visibilityState !== "visible" || thread.unread.size === 0) return;
  reading = true;
  try {
    await phone.line.read();
  } catch {
    // The next event, or the stream's return, tries again.
  } finally {
    reading = false;
  }
}

function setTyping(on) {
  clearTimeout(typing);
  $("subtitle").textContent = on ? "escribiendo…" : channel.number;
  $("subtitle").classList.toggle("typing", on);
  if (on) typing = setTimeout(setTyping, TYPING_LASTS, false);
}

function drawPeople() {
  roster.draw(people, person, previews);
}

function choose(from) {
  open(people.find(from));
  showDesk(false);
}

function forget(from) {
  people.forget(from);
  open(people.find(person.from) ?? people.all[0]);
}

function say(text) {
  $("notice").textContent = text;
  $("notice").hidden = !text;
}
