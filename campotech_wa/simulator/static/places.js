/** Offer the fields of a place, filled with one that everybody knows. */

import { field, side } from "./fields.js";

const OBELISK = { latitude: "-34.6037", longitude: "-58.3816", name: "Obelisco", address: "Av. 9 de Julio, Buenos Aires" };

export function placeFields(place = OBELISK) {
  return [
    field("name", "Nombre", place.name),
    field("address", "Dirección", place.address),
    side(
      field("latitude", "Latitud", place.latitude, { required: true, inputMode: "decimal" }),
      field("longitude", "Longitud", place.longitude, { required: true, inputMode: "decimal" }),
    ),
  ];
}
