/** List the customers, each with the last words of the chat and what is still unread. */

import { summary } from "./names.js";
import { initials, spelled } from "./people.js";

export class Roster {
  constructor(list, template, { choose, forget }) {
    Object.assign(this, { list, template, choose, forget });
    this.rows = new Map();
  }

  /** Rows stay where they are and only change their words: a click that is under way must find its button. */
  draw(people, chosen, previews) {
    for (const [from, row] of this.rows) {
      if (people.find(from)) continue;
      row.remove();
      this.rows.delete(from);
    }
    for (const person of people.all) {
      const row = this.rows.get(person.from) ?? this.add(person.from);
      fill(row, person, person === chosen, previews.get(person.from));
      row.querySelector(".forget").hidden = people.all.length === 1;
    }
  }

  add(from) {
    const row = this.template.content.cloneNode(true).firstElementChild;
    row.querySelector(".person").addEventListener("click", () => this.choose(from));
    row.querySelector(".forget").addEventListener("click", () => this.forget(from));
    this.rows.set(from, row);
    this.list.append(row);
    return row;
  }
}

function fill(row, person, chosen, { last, unread } = {}) {
  const waiting = chosen ? 0 : (unread?.size ?? 0);
  row.classList.toggle("chosen", chosen);
  row.querySelector(".person").setAttribute("aria-current", chosen);
  row.querySelector(".avatar").textContent = initials(person.name);
  row.querySelector("strong").textContent = person.name;
  row.querySelector(".last").textContent = last ? summary(last) : spelled(person.from);
  row.querySelector(".badge").textContent = waiting;
  row.querySelector(".badge").hidden = waiting === 0;
  row.querySelector(".forget").setAttribute("aria-label", `Quitar a ${person.name}`);
}
