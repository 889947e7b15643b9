/** Open one sheet at a time at the foot of the phone: a title, what it holds, and perhaps a button that hands it in. */

import { element, iconButton } from "./dom.js";

export class Sheets {
  /** `behind` is everything that can not be reached while a sheet is open. */
  constructor(host, behind) {
    Object.assign(this, { host, behind });
    host.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    host.addEventListener("pointerdown", (event) => event.target === host && this.close());
  }

  /** `submit` is given the form's data; what it throws is said in the sheet, which stays open. */
  open({ title, content, submit, label = "Enviar", classes = "" }) {
    this.opener = this.host.hidden ? document.activeElement : this.opener;
    const problem = element("p", "problem");
    problem.setAttribute("role", "alert");
    const form = element("form", `sheet ${classes}`, this.head(title), element("div", "sheet-body", content), problem);
    form.setAttribute("role", "dialog");
    form.setAttribute("aria-modal", "true");
    form.setAttribute("aria-label", title);
    if (submit) form.append(element("footer", "", element("button", "solid", label)));
    form.addEventListener("submit", (event) => this.handIn(event, form, submit, problem));
    this.show(form);
    return form;
  }

  head(title) {
    return element("header", "", element("h2", "", title), iconButton("close", "Cerrar", () => this.close()));
  }

  show(form) {
    this.host.replaceChildren(form);
    this.host.hidden = false;
    for (const each of this.behind) each.inert = true;
    (form.querySelector("[autofocus], .sheet-body :is(input, textarea, select, button, a)") ?? form.querySelector("button")).focus();
  }

  async handIn(event, form, submit, problem) {
    event.preventDefault();
    const hand = form.querySelector("footer button");
    if (!submit || hand.disabled) return;
    hand.disabled = true;
    problem.textContent = "";
    try {
      await submit(Object.fromEntries(new FormData(form)));
      if (this.host.contains(form)) this.close();
    } catch (error) {
      problem.textContent = error.message;
      hand.disabled = false;
    }
  }

  close() {
    if (this.host.hidden) return;
    this.host.hidden = true;
    this.host.replaceChildren();
    for (const each of this.behind) each.inert = false;
    this.opener?.focus?.();
  }
}
