/** Show a photo as large as the phone. */

import { element } from "./dom.js";
import { words } from "./markup.js";

export function view(sheets, address, caption) {
  const shown = element("img", "viewed");
  shown.src = address;
  shown.alt = caption ?? "Imagen";
  sheets.open({ title: "Imagen", classes: "viewer", content: [shown, caption && words(caption)] });
}
