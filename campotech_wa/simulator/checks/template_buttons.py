"""Check the parameters of a template's buttons, each kind with its own (sending.md, 3.1)."""

from collections.abc import Callable, Sequence

from campotech_wa.simulator.checks import commerce
from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal

MOST_BUTTONS = 10
MAX_PAYLOAD = 128
MAX_COUPON = 15
LONGEST_CALL_TTL = 43200


def check(component: Part, parameters: Sequence[Part]) -> None:
    """Check a button that the definition has at this position, and what fills it."""
    kind = component.text("sub_type").lower()
    if kind not in _PARAMETERS:
        known = ", ".join(sorted(_PARAMETERS)).upper()
        raise refusal(100, f'Param {component.name("sub_type")} must be one of {{{known}}} - got "{kind}".')
    component.whole("index", low=0, high=MOST_BUTTONS - 1)
    for parameter in parameters:
        _PARAMETERS[kind](parameter)


def _check_payload(parameter: Part) -> None:
    parameter.choice("type", ("payload",))
    parameter.text("payload", most=MAX_PAYLOAD)


def _check_suffix(parameter: Part) -> None:
    parameter.choice("type", ("text",))
    parameter.text("text", most=2000)


def _check_coupon(parameter: Part) -> None:
    parameter.choice("type", ("coupon_code",))
    parameter.text("coupon_code", most=MAX_COUPON)


def _check_flow(parameter: Part) -> None:
    parameter.choice("type", ("action",))
    if parameter.has("action"):
        parameter.part("action").optional_text("flow_token")


def _check_catalog(parameter: Part) -> None:
    parameter.choice("type", ("action",))
    if parameter.has("action"):
        parameter.part("action").optional_text("thumbnail_product_retailer_id")


def _check_products(parameter: Part) -> None:
    parameter.choice("type", ("action",))
    action = parameter.part("action")
    action.optional_text("thumbnail_product_retailer_id")
    commerce.check_sections(action)


def _check_call(parameter: Part) -> None:
    if parameter.choice("type", ("ttl_minutes", "payload")) == "payload":
        parameter.text("payload", most=512)
    else:
        parameter.whole("ttl_minutes", low=1, high=LONGEST_CALL_TTL)


def _refuse(parameter: Part) -> None:
    raise refusal(132000, f"Param {parameter.path} is one too many: this button takes none.")


_PARAMETERS: dict[str, Callable[[Part], None]] = {
    "quick_reply": _check_payload,
    "url": _check_suffix,
    "copy_code": _check_coupon,
    "flow": _check_flow,
    "catalog": _check_catalog,
    "mpm": _check_products,
    "voice_call": _check_call,
    "request_contact_info": _refuse,
    "phone_number": _refuse,
    "spm": _refuse,
}
