/** Let a person try each fault with one click, see how often it struck, and lift it. */

import { button, element, iconButton } from "./dom.js";
import { get, post, remove } from "./line.js";
import { countInForce, GROUPS, isOwn, rulesOf, standing, undone } from "./presets.js";

const KEY = "phone.faults";
/** Milliseconds between looks at the simulator. */
const PAUSE = 1200;
const SHARES = [[0.05, "5 %"], [0.25, "25 %"], [1, "Todos"]];

export class FaultPanel {
  /** `place` answers whose faults these are: the channel and the person that are open now. */
  constructor(panel, openers, place, say) {
    Object.assign(this, { panel, openers, place, say, share: 1, rows: new Map() });
    this.others = element("ul", "");
    this.strangers = element("section", "fault-group", element("h3", "", "Otras reglas en vigor"), this.others);
    this.panel.append(this.head(), this.chooser(), ...GROUPS.map((group) => this.group(group)), this.strangers, this.foot());
    for (const opener of openers) opener.addEventListener("click", () => this.show(this.panel.hidden));
    this.show(kept());
    this.watch();
  }

  show(shown) {
    this.panel.hidden = !shown;
    document.body.classList.toggle("faults-shown", shown);
    for (const opener of this.openers) opener.setAttribute("aria-expanded", shown);
    keep(shown);
    if (shown) this.look();
  }

  /** A closed panel shows only its number: every fifth look is enough for it. */
  watch() {
    let ticks = 0;
    setInterval(() => {
      ticks += 1;
      const wanted = !this.panel.hidden || ticks % 5 === 0;
      if (wanted && document.visibilityState === "visible") this.look();
    }, PAUSE);
    this.look();
  }

  /** The simulator is asked anew: tests, and other pages, put faults in force too. */
  async look() {
    try {
      const adversity = await get("/_sim/adversity");
      if (this.place().channel) this.draw(adversity);
    } catch {
      // The chat says already that the simulator is away.
    }
  }

  draw(adversity) {
    const place = this.place();
    for (const [preset, row] of this.rows) fill(row, standing(preset, adversity, place));
    this.others.replaceChildren(...adversity.faults.filter((rule) => !isOwn(rule)).map((rule) => this.other(rule)));
    this.strangers.hidden = this.others.children.length === 0;
    const inForce = countInForce(adversity, place);
    this.lift.disabled = inForce === 0;
    for (const opener of this.openers) {
      opener.classList.toggle("alarmed", inForce > 0);
      opener.querySelector(".badge").textContent = inForce;
      opener.querySelector(".badge").hidden = inForce === 0;
      opener.setAttribute("aria-label", inForce > 0 ? `Fallas: ${inForce} en vigor` : "Fallas");
    }
  }

  head() {
    const words = element("div", "", element("h2", "", "Fallas"), element("p", "", "Rompé algo y mirá cómo reaccionan la bandeja y la cola."));
    return element("header", "faults-head", words, iconButton("close", "Cerrar las fallas", () => this.show(false)));
  }

  chooser() {
    const made = element("fieldset", "shares", element("legend", "", "A cuántos mensajes"));
    for (const [value, words] of SHARES) made.append(this.shareChoice(value, words));
    return made;
  }

  shareChoice(value, words) {
    const input = element("input", "sr");
    Object.assign(input, { type: "radio", name: "share", checked: value === this.share });
    input.addEventListener("change", () => { this.share = value; });
    return element("label", "", input, element("span", "", words));
  }

  group({ title, presets }) {
    const list = element("ul", "", presets.map((preset) => this.row(preset)));
    return element("section", "fault-group", element("h3", "", title), list);
  }

  row(preset) {
    const words = element("span", "fault-words", element("strong", "", preset.title), element("small", "", preset.note), element("em", "hits"));
    const made = button("fault", [words, element("span", "switch")], () => this.toggle(preset, made));
    made.setAttribute("role", "switch");
    made.setAttribute("aria-checked", false);
    made.dataset.testid = `fault-${preset.id}`;
    this.rows.set(preset, made);
    return element("li", "", made);
  }

  other(rule) {
    const lift = iconButton("close", "Levantar esta regla", () => this.act(() => remove(`/_sim/faults/${rule.id}`)));
    return element("li", "stranger", element("span", "fault-words", element("strong", "", rule.name || "Otra regla"), element("small", "", described(rule)), element("em", "hits", struck(rule.hits))), lift);
  }

  foot() {
    this.lift = button("solid lift", "Levantar todo", () => this.act(() => remove("/_sim/adversity")));
    return element("footer", "faults-foot", this.lift);
  }

  toggle(preset, row) {
    const on = row.getAttribute("aria-checked") !== "true";
    return this.act(() => (on ? this.enforce(preset) : this.end(preset)));
  }

  async enforce(preset) {
    const { channel } = this.place();
    if (preset.condition) return post("/_sim/conditions", { phone_number_id: channel.phone_number_id, ...preset.condition });
    if (preset.disorder) return this.disturb(preset, this.share);
    return Promise.all(rulesOf(preset, { ...this.place(), share: this.share }).map((rule) => post("/_sim/faults", rule)));
  }

  async end(preset) {
    const { channel } = this.place();
    if (preset.condition) return post("/_sim/conditions", { phone_number_id: channel.phone_number_id, ...undone(preset) });
    if (preset.disorder) return this.disturb(preset, 0);
    const { rules } = standing(preset, await get("/_sim/adversity"), this.place());
    return Promise.all(rules.map((rule) => remove(`/_sim/faults/${rule.id}`)));
  }

  /** A disorder is one plan: what else stands in it stays. */
  async disturb(preset, share) {
    const { hits, ...plan } = await get("/_sim/disorder");
    return post("/_sim/disorder", { ...plan, [preset.disorder]: share });
  }

  async act(change) {
    try {
      await change();
      await this.look();
    } catch (error) {
      this.say(error.message);
    }
  }
}

function fill(row, { on, hits, share }) {
  row.setAttribute("aria-checked", on);
  const part = on && share < 1 ? ` · ${Math.round(share * 100)} %` : "";
  row.querySelector(".hits").classList.toggle("none", hits === 0);
  row.querySelector(".hits").textContent = on ? `${struck(hits)}${part}` : "";
}

const struck = (hits) => (hits === 0 ? "Todavía no actuó" : hits === 1 ? "Actuó una vez" : `Actuó ${hits} veces`);

/** Say a rule that somebody else ordered: its effect, and whom it is for. */
function described({ id, name, match, share, remaining, hits, ...effect }) {
  const told = [...Object.entries(effect), ...Object.entries(match)].map(([key, value]) => (value === true ? key : `${key} ${value}`));
  if (share < 1) told.push(`${Math.round(share * 100)} %`);
  if (remaining !== null) told.push(`quedan ${remaining}`);
  return told.join(" · ");
}

function kept() {
  try {
    return localStorage.getItem(KEY) === "open" && matchMedia("(width > 760px)").matches;
  } catch {
    return false;
  }
}

function keep(shown) {
  try {
    localStorage.setItem(KEY, shown ? "open" : "closed");
  } catch {
    // A browser that keeps nothing shows the panel when it is asked for.
  }
}
