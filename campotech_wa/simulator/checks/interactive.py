"""Check interactive messages: what frames them, and the action that each kind asks for (sending.md, 1.5)."""

from collections.abc import Callable

from campotech_wa.simulator.checks import carousel, commerce, flow, media
from campotech_wa.simulator.checks.part import Part, unlike
from campotech_wa.simulator.errors import refusal

MAX_BODY, MAX_LIST_BODY, MAX_HEADER, MAX_FOOTER = 1024, 4096, 60, 60
MAX_LABEL = 20
MOST_ROWS = 10
LONGEST_CALL_TTL = 43200
"""Minutes for which the button of a call may live."""

ANY_HEADER = ("text", "image", "video", "document")
_HEADERS: dict[str, tuple[str, ...]] = {
    "list": ("text",),
    "product_list": ("text",),
    "product": (),
    "location_request_message": (),
    "carousel": (),
}
"""The headers a kind may have, where it may not have any."""
_NO_FOOTER = frozenset({"location_request_message", "carousel"})
_NO_BODY_NEEDED = frozenset({"product"})


def check(body: Part, kind: str) -> None:
    """Check the frame first, then the action."""
    interactive = body.part(kind)
    interactive.only("type", "header", "body", "footer", "action")
    wanted = interactive.choice("type", _ACTIONS)
    _check_frame(interactive, wanted)
    _ACTIONS[wanted](interactive.part("action"))
    if wanted == "product_list":
        interactive.part("header")


def _check_frame(interactive: Part, wanted: str) -> None:
    if interactive.has("header"):
        check_header(interactive, _HEADERS.get(wanted, ANY_HEADER))
    if interactive.has("body") or wanted not in _NO_BODY_NEEDED:
        interactive.part("body").text("text", most=MAX_LIST_BODY if wanted == "list" else MAX_BODY)
    if interactive.has("footer"):
        if wanted in _NO_FOOTER:
            raise refusal(100, f'Unexpected key "footer" on param "{interactive.path}".')
        interactive.part("footer").text("text", most=MAX_FOOTER)


def check_header(owner: Part, allowed: tuple[str, ...]) -> None:
    """Check a line of words, or a medium."""
    if not allowed:
        raise refusal(100, f'Unexpected key "header" on param "{owner.path}".')
    header = owner.part("header")
    kind = header.choice("type", allowed)
    if kind == "text":
        header.text("text", most=MAX_HEADER)
    else:
        media.check_inside(header, kind)


def _check_buttons(action: Part) -> None:
    buttons = action.parts("buttons", least=1, most=3)
    replies: list[Part] = []
    for button in buttons:
        button.choice("type", ("reply",))
        replies.append(button.part("reply"))
    _check_ids(replies, action.name("buttons"), most=256)
    unlike([reply.text("title", most=MAX_LABEL) for reply in replies], f"{action.name('buttons')} title")


def _check_list(action: Part) -> None:
    action.text("button", most=MAX_LABEL)
    sections = action.parts("sections", least=1, most=10)
    rows: list[Part] = []
    for section in sections:
        if len(sections) > 1 or section.has("title"):
            section.text("title", most=24)
        rows += section.parts("rows", least=1)
    if len(rows) > MOST_ROWS:
        raise refusal(131009, f"Param {action.name('sections')} must have at most {MOST_ROWS} rows in total.")
    _check_ids(rows, action.name("sections"), most=200)
    for row in rows:
        row.text("title", most=24)
        row.optional_text("description", most=72)


def _check_ids(owners: list[Part], path: str, *, most: int) -> None:
    ids = [owner.text("id", most=most) for owner in owners]
    if any(each != each.strip() for each in ids):
        raise refusal(131009, f"Param {path} must have ids without a space at either end.")
    unlike(ids, f"{path} id")


def _check_call(action: Part) -> None:
    action.choice("name", ("voice_call",))
    if not action.has("parameters"):
        return
    parameters = action.part("parameters")
    parameters.only("display_text", "ttl_minutes", "payload")
    parameters.optional_text("display_text", most=MAX_LABEL)
    if parameters.has("ttl_minutes"):
        parameters.whole("ttl_minutes", low=1, high=LONGEST_CALL_TTL)
    parameters.optional_text("payload", most=512)


def _check_address(action: Part) -> None:
    action.choice("name", ("address_message",))
    country = action.part("parameters").text("country")
    if len(country) != 2 or not country.isupper():  # noqa: PLR2004 - ISO 3166 alpha-2
        raise refusal(131009, f"Param {action.name('parameters')}['country'] must be a country code.")


def _named(name: str) -> Callable[[Part], None]:
    def check_name(action: Part) -> None:
        action.choice("name", (name,))

    return check_name


_ACTIONS: dict[str, Callable[[Part], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": carousel.check_link_button,
    "location_request_message": _named("send_location"),
    "request_contact_info": _named("request_contact_info"),
    "address_message": _check_address,
    "catalog_message": commerce.check_catalog,
    "product": commerce.check_product,
    "product_list": commerce.check_list,
    "voice_call": _check_call,
    "call_permission_request": _named("call_permission_request"),
    "flow": flow.check,
    "carousel": carousel.check,
}
