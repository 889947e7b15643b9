/** Ask the customer for what a message wants to know, and answer it: rows, forms, places, orders. */

import { element } from "./dom.js";
import { choice, field, number, side } from "./fields.js";
import { hidesNumber, spelled } from "./people.js";
import { placeFields } from "./places.js";
import * as shapes from "./shapes.js";

const WEEK = 7 * 24 * 3600;

export const answers = {
  button: (id, title, message, phone) => phone.reply(message, shapes.buttonReply(id, title)),

  list({ button, sections }, message, phone) {
    const rows = sections.flatMap((section) => section.rows);
    phone.sheets.open({
      title: button,
      content: sections.map(({ title, rows: own }) => element("fieldset", "choices-of", title && element("legend", "", title), own.map(row))),
      submit: ({ row: id }) => phone.answer(message, shapes.listReply(rows.find((each) => each.id === id))),
    });
  },

  place(message, phone) {
    phone.sheets.open({
      title: "Enviar ubicación",
      content: placeFields(),
      submit: (place) => phone.answer(message, shapes.location(checked(place))),
    });
  },

  ownNumber(message, phone) {
    const { name, from } = phone.line.person;
    const card = (number) => shapes.contact({ name, phone: number, origin: "contact_request" });
    if (!hidesNumber(from)) return phone.reply(message, card(spelled(from)));
    return phone.sheets.open({
      title: "Compartir mi número",
      content: field("own", "Número", "+54 9 11 ", { required: true, inputMode: "tel" }),
      submit: ({ own }) => phone.answer(message, card(own)),
    });
  },

  address(parameters, message, phone) {
    const { values = {}, saved_addresses: saved = [] } = parameters ?? {};
    phone.sheets.open({
      title: "Dirección",
      content: [saved.map(savedAddress), addressFields(values)],
      submit: ({ saved_address_id: kept, ...typed }) => {
        const given = kept ? saved.find(({ id }) => id === kept).value : present(typed);
        const answer = kept ? { saved_address_id: kept, values: given } : { values: given };
        return phone.answer(message, shapes.formReply("address_message", answer, Object.values(given).join(", ")));
      },
    });
  },

  flow({ flow_token: token, flow_cta: label = "Formulario", flow_action_payload: start }, message, phone) {
    const known = Object.entries(start?.data ?? {}).filter(([, value]) => typeof value !== "object");
    const content = [
      element("p", "small-words", "Este teléfono no conoce las pantallas del formulario: completá los datos que va a devolver."),
      known.map(([name, value]) => field(`given:${name}`, name, value)),
      answerRow(1, "respuesta"),
      answerRow(2),
      answerRow(3),
    ];
    phone.sheets.open({
      title: label,
      content,
      submit: (data) => phone.answer(message, shapes.formReply("flow", { ...flowAnswers(data), ...(token && { flow_token: token }) })),
    });
  },

  order(catalog, skus, message, phone, sections) {
    phone.sheets.open({
      title: "Pedido",
      label: "Enviar pedido",
      content: [!catalog && field("catalog", "Catálogo", "1000", { required: true }), orderRows(skus, sections), field("comment", "Comentario")],
      submit: (data) => phone.answer(message, shapes.order(catalog || data.catalog, ordered(skus, data), data.comment)),
    });
  },

  calls(accepted, message, phone) {
    return phone.reply(message, shapes.callPermission(accepted, Math.floor(Date.now() / 1000) + WEEK));
  },
};

export function checked({ latitude, longitude, ...words }) {
  const place = { latitude: number(latitude, "La latitud"), longitude: number(longitude, "La longitud"), ...words };
  if (Math.abs(place.latitude) > 90) throw new Error("La latitud va de -90 a 90.");
  if (Math.abs(place.longitude) > 180) throw new Error("La longitud va de -180 a 180.");
  return place;
}

const row = ({ id, title, description }) => choice("row", id, title, description);

function savedAddress({ id, value }) {
  const made = choice("saved_address_id", id, Object.values(value).join(", "));
  made.querySelector("input").required = false;
  return made;
}

function addressFields(values) {
  return [
    field("name", "Nombre", values.name),
    field("phone_number", "Teléfono", values.phone_number),
    field("address", "Calle y número", values.address),
    side(field("city", "Ciudad", values.city), field("in_pin_code", "Código postal", values.in_pin_code)),
    field("state", "Provincia", values.state),
  ];
}

const present = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

function answerRow(position, name = "") {
  return side(field(`name:${position}`, "Campo", name), field(`value:${position}`, "Valor", "", { autofocus: position === 1 }));
}

function flowAnswers(data) {
  const answers = {};
  for (const [key, value] of Object.entries(data)) {
    const [kind, name] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    if (kind === "given") answers[name] = value;
    if (kind === "name" && value) answers[value] = data[`value:${name}`];
  }
  return answers;
}

function orderRows(skus, sections) {
  const titles = new Map((sections ?? []).map(({ title, product_items: items }) => [items[0]?.product_retailer_id, title]));
  return skus.map((sku, position) => [
    titles.get(sku) && element("h3", "", titles.get(sku)),
    side(
      field(`sku:${position}`, "Producto", sku, { readOnly: Boolean(sku) }),
      field(`quantity:${position}`, "Cantidad", position === 0 ? 1 : 0, { type: "number", min: 0, max: 99, className: "short" }),
      field(`price:${position}`, "Precio", "1000", { inputMode: "decimal", className: "short" }),
    ),
  ]);
}

function ordered(skus, data) {
  const items = skus.map((_sku, position) => ({
    product_retailer_id: data[`sku:${position}`],
    quantity: Number(data[`quantity:${position}`]),
    item_price: number(data[`price:${position}`], "El precio"),
    currency: "ARS",
  }));
  const wanted = items.filter(({ quantity, product_retailer_id: sku }) => quantity > 0 && sku);
  if (wanted.length === 0) throw new Error("Elegí al menos un producto.");
  return wanted;
}
