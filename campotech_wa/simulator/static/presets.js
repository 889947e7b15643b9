/** Name the faults that a person can try with one click, and say each to the simulator in its own terms. */

const SEND = { route: "messages" };

/** A preset is rules for the simulator, or a change of the number's condition, or a share of the statuses. */
export const GROUPS = [
  {
    title: "Respuestas de Meta",
    presets: [
      { id: "drop", title: "Cortar respuestas", note: "Acepta el mensaje, pero la respuesta nunca llega.", rules: [{ drop_response: true }] },
      { id: "http500", title: "Error 500", note: "Contesta HTTP 500 y no acepta nada.", rules: [{ http_status: 500 }] },
      { id: "throttle", title: "Frenar envíos", note: "Error 130429: demasiados mensajes por segundo.", rules: [{ error_code: 130429 }] },
      { id: "slow", title: "Lentitud", note: "Cada respuesta tarda 3 segundos.", rules: [{ latency_ms: 3000 }] },
      { id: "bad-day", title: "Mal día", note: "5 % cortadas, 5 % error 500 y 5 % frenadas, todo junto.", rules: badDay(0.05), own: true },
    ],
  },
  {
    title: "Cuenta y límites",
    presets: [
      { id: "pair", title: "Límite por cliente", note: "45 seguidos al mismo cliente; después, uno cada 6 segundos.", condition: { pair_limit: true }, hits: "pair_limit" },
      { id: "token", title: "Token revocado", note: "Error 190 en todo, hasta que lo devuelvas.", condition: { token_revoked: true }, hits: "token_revoked" },
      { id: "locked", title: "Cuenta bloqueada", note: "Error 131031 en cada envío.", condition: { account: "locked" }, hits: "account" },
      { id: "outage", title: "Caída total", note: "Meta no contesta nada: corta cada conexión.", condition: { outage: "dropped" }, hits: "outage" },
    ],
  },
  {
    title: "Avisos de estado",
    presets: [
      { id: "lost", title: "Perdidos", note: "El aviso de enviado, entregado o leído no sale.", disorder: "lose_share", hits: "lost" },
      { id: "doubled", title: "Repetidos", note: "El mismo aviso llega dos veces.", disorder: "duplicate_share", hits: "duplicated" },
      { id: "reordered", title: "Desordenados", note: "Un aviso llega después del que le sigue.", disorder: "reorder_share", hits: "reordered" },
    ],
  },
  {
    title: "Cliente, plantilla y SMS",
    presets: [
      { id: "no-whatsapp", title: "Este teléfono no tiene WhatsApp", note: "Lo que le manden falla con 131026.", rules: [{ status_failed_code: 131026 }], match: (person) => ({ to: person.from }), own: true },
      { id: "paused", title: "Plantilla pausada", note: "Error 132015 en cada plantilla.", rules: [{ error_code: 132015 }], match: () => ({ type: "template" }), own: true },
      { id: "sms-lost", title: "SMS que no llega", note: "El proveedor lo acepta y avisa 30003.", rules: [{ status_failed_code: 30003 }], match: () => ({ route: "sms" }), everywhere: true, own: true },
    ],
  },
];

const USUAL = { pair_limit: false, token_revoked: false, account: "active", outage: "none" };


function badDay(share) {
  return [{ drop_response: true, share }, { http_status: 500, share }, { error_code: 130429, share }];
}

/** Answer the rules to put in force; `share` is the person's choice, unless the preset has its own. */
export function rulesOf(preset, { channel, person, share }) {
  const place = preset.everywhere ? {} : { phone_number_id: channel.phone_number_id };
  const match = { ...SEND, ...place, ...preset.match?.(person) };
  return preset.rules.map((rule) => ({ name: named(preset), ...(preset.own ? {} : { share }), ...rule, match }));
}

/** Answer how the preset stands: off, or how often it has struck, and for which share. */
export function standing(preset, adversity, { channel, person }) {
  if (preset.condition) return ofCondition(preset, adversity, channel);
  if (preset.disorder) return ofDisorder(preset, adversity.disorder);
  const mine = adversity.faults.filter((rule) => isOf(rule, preset, channel, person));
  return { on: mine.length > 0, hits: mine.reduce((sum, { hits }) => sum + hits, 0), share: preset.own ? 1 : (mine[0]?.share ?? 1), rules: mine };
}

function ofCondition(preset, { conditions }, channel) {
  const mine = conditions.find((each) => each.phone_number_id === channel.phone_number_id) ?? {};
  const on = Object.entries(preset.condition).every(([name, value]) => mine[name] === value);
  return { on, hits: mine.hits?.[preset.hits] ?? 0, share: 1 };
}

function ofDisorder(preset, disorder) {
  const share = disorder[preset.disorder];
  return { on: share > 0, hits: disorder.hits[preset.hits], share };
}

function isOf(rule, preset, channel, person) {
  const { phone_number_id: number, to } = rule.match;
  const here = preset.everywhere || number === channel.phone_number_id;
  return rule.name === named(preset) && here && (!to || to === preset.match(person).to);
}

const named = (preset) => `panel:${preset.id}`;

export const isOwn = (rule) => rule.name.startsWith("panel:");

/** Answer the condition that undoes the preset's. */
export const undone = (preset) => Object.fromEntries(Object.keys(preset.condition).map((name) => [name, USUAL[name]]));

/** Count what is in force for this number, however it came about. */
export function countInForce(adversity, place) {
  const presets = GROUPS.flatMap((group) => group.presets).filter((preset) => standing(preset, adversity, place).on).length;
  return presets + adversity.faults.filter((rule) => !isOwn(rule)).length;
}
