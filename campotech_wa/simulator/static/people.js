/** Keep the customers that this browser plays: an array of {from, name}, the one in use first asked by the address. */

const KEY = "phone.people";
const DEFAULT = { from: "5491131234567", name: "Ana Gómez" };

const NUMBER = /^\d{7,}$/;
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9.]+$/;

export const digits = (text) => text.replace(/\D/g, "");

/** Somebody who hides the number writes under a user id (webhooks.md, 5): AR.13491208655302741918. */
export const hidesNumber = (from) => USER_ID.test(from);

/** Answer under what this customer writes, a number or a user id; nothing if it is neither. */
export function identity(written) {
  const from = hidesNumber(written.trim()) ? written.trim() : digits(written);
  return hidesNumber(from) || NUMBER.test(from) ? from : "";
}

/** Spell a number for people: Argentine ones in their groups, others as they come. */
export function spelled(from) {
  if (hidesNumber(from)) return from;
  const buenosAires = /^549(11)(\d{4})(\d{4})$/.exec(from);
  if (buenosAires) return `+54 9 ${buenosAires.slice(1, 3).join(" ")}-${buenosAires[3]}`;
  const elsewhere = /^549(\d{3})(\d{3})(\d{4})$/.exec(from);
  if (elsewhere) return `+54 9 ${elsewhere.slice(1, 3).join(" ")}-${elsewhere[3]}`;
  const landline = /^54(11)(\d{4})(\d{4})$/.exec(from);
  if (landline) return `+54 ${landline.slice(1, 3).join(" ")}-${landline[3]}`;
  return `+${from}`;
}

/** Answer what stands in the round picture of somebody who has none. */
export function initials(name) {
  const letters = name.split(/\s+/).map((word) => word[0]).filter((letter) => /\p{L}/u.test(letter ?? ""));
  return letters.slice(0, 2).join("").toUpperCase() || "#";
}

export class People {
  constructor() {
    this.all = read();
  }

  find(from) {
    return this.all.find((person) => person.from === from);
  }

  /** Add the person, or rename the one who has the number already; answer the one that is kept. */
  keep(from, name) {
    const known = this.find(from);
    if (known) known.name = name || known.name;
    else this.all.push({ from, name });
    this.write();
    return known ?? this.all.at(-1);
  }

  forget(from) {
    this.all = this.all.filter((person) => person.from !== from);
    if (this.all.length === 0) this.all = [{ ...DEFAULT }];
    this.write();
  }

  write() {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.all));
    } catch {
      // A browser that keeps nothing still plays until the page is closed.
    }
  }
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    const valid = kept.filter((person) => identity(String(person?.from)) && typeof person.name === "string");
    if (valid.length > 0) return valid;
  } catch {
    // Something else wrote there: begin anew.
  }
  return [{ ...DEFAULT }];
}
