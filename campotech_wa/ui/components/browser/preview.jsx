// How a message that is being written will look: the same drawings as in the thread.
import { Blocks } from "./blocks.jsx";
import { Marked } from "./markup.jsx";
import { point } from "./form_specs.js";
import { useWords } from "./words.jsx";

export function Preview({ kind, values }) {
  const words = useWords();
  const { above, text, below } = drawn(kind, values, words);
  const files = (values.cards || []).map(picture);
  return (
    <div className="preview-pane" aria-label={words.preview} role="figure">
      <article className="bubble" data-direction="outbound">
        <Blocks blocks={above} files={[]} isOurs />
        {text && <p dir="auto"><Marked text={text} /></p>}
        <Blocks blocks={below} files={files} isOurs />
      </article>
    </div>
  );
}

function picture(card, index) {
  const { shown } = card.picture || {};
  return shown ? { id: index, kind: "image", state: "stored", url: shown } : null;
}

function drawn(kind, v, words) {
  if (kind === "location") return { above: place(v), below: [] };
  if (kind === "contacts") return { above: v.contacts.map(card), below: [] };
  const above = v.header ? [{ draw: "heading", text: v.header }] : [];
  const footer = v.footer ? [{ draw: "footer", text: v.footer }] : [];
  return { above, text: v.body, below: [...footer, ...(ACTIONS[kind]?.(v, words) || [])] };
}

function place(v) {
  const at = point(v.point);
  return at ? [{ draw: "place", latitude: at[0], longitude: at[1], name: v.name, address: v.address, url: "#" }] : [];
}

function card(v) {
  const lines = [["phone", v.phone], ["email", v.email]].filter(([, text]) => text).map(([icon, text]) => ({ icon, text }));
  const name = v.name || "—";
  return { draw: "card", name, initials: name.slice(0, 2).toUpperCase(), organization: v.company, lines };
}

const choices = (...all) => [{ draw: "choices", choices: all }];

const ACTIONS = {
  button: (v) => choices(...v.buttons.map(({ title }) => ({ icon: "reply", text: title || "…" }))),
  list: (v) => [{ draw: "menu", button: v.button, sections: [{ rows: v.rows.map(({ title, description }) => ({ title: title || "…", note: description })) }] }],
  cta_url: (v) => choices({ icon: "link", text: v.display_text || "…" }),
  location_request_message: (_, words) => choices({ icon: "place", text: words.send_location }),
  flow: (v) => choices({ icon: "form", text: v.flow_cta || "…" }),
  product: (v, words) => choices({ icon: "product", text: words.see_product }),
  product_list: (v, words) => [{ draw: "menu", button: words.see_products, sections: [{ rows: v.products.map(({ product }) => ({ title: product || "…" })) }] }],
  catalog_message: (_, words) => choices({ icon: "product", text: words.see_catalog }),
  carousel: (v) => [{ draw: "slides", slides: v.cards.map(({ text, display_text }, file) => ({ file, text, choices: [{ icon: "link", text: display_text || "…" }] })) }],
};
