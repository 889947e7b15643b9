"""Contents that can be sent, of every type and in every variety (sending.md 1.4, 1.5, 3.1)."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Contents = st.SearchStrategy[Any]

_WIDEST = 40
"""Code points of a made-up text: the edges of limits have tests of their own."""

_any_text = st.text(st.characters(), max_size=8)
"""Surrogates without a pair too: JSON's escapes can write them."""
any_json: Contents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_any_text, inner, max_size=4),
    max_leaves=20,
)


def says(text: str) -> bool:
    return bool(text) and not text.isspace()


def words(limit: int = _WIDEST) -> st.SearchStrategy[str]:
    """Texts of any characters, emoji of two units among them, within a limit."""
    widest = min(limit // 2, _WIDEST)
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=widest).filter(says)


def shaped(needed: dict[str, Contents], **more: Contents) -> Contents:
    """Objects with these keys, and any of the others."""
    return st.fixed_dictionaries(needed, optional=more)


def alike(items: Callable[[Any], Contents], kinds: Contents, *, most: int) -> Contents:
    """Lists of cards of one kind, each with its index."""

    def of_kind(kind: Any) -> Contents:
        size = st.integers(2, most)
        return size.flatmap(lambda count: st.tuples(*(_indexed(items(kind), at) for at in range(count))))

    return kinds.flatmap(of_kind).map(list)


def _indexed(card: Contents, position: int) -> Contents:
    return card.map(lambda found: {"card_index": position, **found})


ids = st.from_regex(r"[a-zA-Z0-9_.-]{1,20}", fullmatch=True)
links = st.from_regex(r"https?://[a-z]{1,9}\.com(/[a-z0-9%?=&]{0,9})?", fullmatch=True)
whole = st.integers(1, 43_200)
flags = st.booleans()
free = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8), st.text() | whole, max_size=3
)
files: Contents = st.one_of(shaped({"id": ids}), shaped({"link": links}))


def captioned(**more: Contents) -> Contents:
    return st.one_of(shaped({"id": ids}, **more), shaped({"link": links}, **more))


def degrees(limit: int) -> Contents:
    numbers = st.floats(-limit, limit) | st.integers(-limit, limit)
    return numbers | st.integers(-limit, limit).map(str)


text = shaped({"body": words(4096)}, preview_url=flags)
image = captioned(caption=words(1024))
audio = captioned(voice=flags)
document = captioned(caption=words(1024), filename=words(240))
named_file = captioned(filename=words(240))
location = shaped({"latitude": degrees(90), "longitude": degrees(180)}, name=words(), address=words())
emojis = st.sampled_from(["👍", "❤️", "🇦🇷", "👩🏽‍🔧", "1️⃣", "©️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", ""])
reaction = shaped({"message_id": ids, "emoji": emojis})

_place_types = st.sampled_from(["HOME", "WORK"])
_names = shaped(
    {"formatted_name": words(), "first_name": words()},
    last_name=st.text(max_size=5),
    middle_name=words(),
    prefix=words(),
    suffix=words(),
)
_addresses = shaped(
    {},
    street=words(),
    city=words(),
    state=words(),
    zip=words(),
    country=words(),
    country_code=words(),
    type=_place_types,
)
contact = shaped(
    {"name": _names},
    phones=st.lists(shaped({"phone": words()}, wa_id=ids, type=_place_types | st.just("CELL")), max_size=2),
    emails=st.lists(shaped({"email": words()}, type=_place_types), max_size=2),
    urls=st.lists(shaped({"url": words()}, type=_place_types), max_size=2),
    addresses=st.lists(_addresses, max_size=2),
    org=shaped({}, company=words(), department=words(), title=words()),
    birthday=st.dates().map(str),
)
contacts = st.lists(contact, min_size=1, max_size=7)

_body = shaped({"text": words(1024)})
_text_header = shaped({"type": st.just("text"), "text": words(60)}, sub_text=words(60))
_file_headers = [
    shaped({"type": st.just(kind), kind: each})
    for kind, each in (("image", files), ("video", files), ("document", named_file))
]
_frame: dict[str, Contents] = {
    "header": st.one_of(_text_header, *_file_headers),
    "footer": shaped({"text": words(60)}),
}
_page = shaped({"name": st.just("cta_url"), "parameters": shaped({"display_text": words(20), "url": links})})


def _asks(kind: str, action: Contents, *, body: Contents = _body, **more: Contents) -> Contents:
    return shaped({"type": st.just(kind), "body": body, "action": action}, **more)


def _named(name: str, **parameters: Contents) -> Contents:
    action: dict[str, Contents] = {"name": st.just(name)}
    return shaped(action | ({"parameters": shaped(parameters)} if parameters else {}))


def _distinct(least: int, most: int, make: Callable[[str], Contents]) -> Contents:
    """Lists of things with an id each, no two of them the same."""
    chosen = st.lists(ids.filter(lambda one: len(one) <= 9), min_size=least, max_size=most, unique=True)
    return chosen.flatmap(lambda names: st.tuples(*map(make, names))).map(list)


def _reply(name: str) -> Contents:
    title = st.just(f"{name} sí")
    return shaped({"type": st.just("reply"), "reply": shaped({"id": st.just(name), "title": title})})


def _row(name: str) -> Contents:
    return shaped({"id": st.just(name), "title": words(24)}, description=words(72))


_shelf = shaped(
    {
        "title": words(24),
        "product_items": st.lists(shaped({"product_retailer_id": ids}), min_size=1, max_size=3),
    }
)
_shelves = st.lists(_shelf, min_size=1, max_size=10)
_flow = st.one_of(
    *(
        shaped(
            {"flow_message_version": st.sampled_from(["3", 3]), name: ids, "flow_cta": ids},
            flow_token=words(),
            mode=st.sampled_from(["draft", "published"]),
            flow_action=st.sampled_from(["navigate", "data_exchange"]),
            flow_action_payload=shaped({}, screen=words(), data=free.filter(bool)),
        )
        for name in ("flow_id", "flow_name")
    )
)
_product = shaped({"catalog_id": st.just("7"), "product_retailer_id": ids})


def _card(kind: Any) -> Contents:
    if kind == "product":
        return shaped({"type": st.just("product"), "action": _product})
    header, buttons = kind
    quick = st.lists(
        shaped({"type": st.just("quick_reply"), "quick_reply": shaped({"id": ids, "title": words(20)})}),
        min_size=buttons,
        max_size=buttons,
    )
    pictured = shaped({"type": st.just(header), header: files})
    action = shaped({"buttons": quick}) if buttons else _page
    short = words(160).map(lambda said: said.replace("\n", " ")).filter(says)
    return shaped(
        {"header": pictured, "action": action}, type=st.just("cta_url"), body=shaped({"text": short})
    )


_card_kinds: Contents = st.just("product") | st.tuples(st.sampled_from(["image", "video"]), st.integers(0, 2))

interactive: dict[str, Contents] = {
    "button": _asks("button", shaped({"buttons": _distinct(1, 3, _reply)}), **_frame),
    "list": _asks(
        "list",
        shaped(
            {
                "button": words(20),
                "sections": _distinct(1, 10, _row).map(lambda rows: [{"title": "Turnos", "rows": rows}]),
            }
        ),
        body=shaped({"text": words(4096)}),
        header=_text_header,
        footer=_frame["footer"],
    ),
    "cta_url": _asks("cta_url", _page, **_frame),
    "location_request_message": _asks("location_request_message", _named("send_location")),
    "request_contact_info": _asks("request_contact_info", _named("request_contact_info")),
    "address_message": _asks(
        "address_message",
        _named(
            "address_message",
            country=st.just("IN"),
            values=free,
            saved_addresses=st.lists(shaped({"id": ids, "value": free}), max_size=2),
        ),
        **_frame,
    ),
    "flow": _asks("flow", shaped({"name": st.just("flow"), "parameters": _flow}), **_frame),
    "product": shaped({"type": st.just("product"), "action": _product}, body=_body, footer=_frame["footer"]),
    "product_list": shaped(
        {
            "type": st.just("product_list"),
            "header": _text_header,
            "body": _body,
            "action": shaped({"catalog_id": ids, "sections": _shelves}),
        },
        footer=_frame["footer"],
    ),
    "catalog_message": _asks(
        "catalog_message", _named("catalog_message", thumbnail_product_retailer_id=ids), **_frame
    ),
    "voice_call": _asks(
        "voice_call", _named("voice_call", display_text=words(20), ttl_minutes=whole, payload=words())
    ),
    "call_permission_request": _asks("call_permission_request", _named("call_permission_request")),
    "carousel": _asks("carousel", shaped({"cards": alike(_card, _card_kinds, most=4)})),
}

_said = words(60).map(lambda said: " ".join(said.split())).filter(says)
_currency = shaped({"fallback_value": _said, "code": st.just("ARS"), "amount_1000": whole})
_plain = st.one_of(
    shaped({"type": st.just("text"), "text": _said}),
    shaped({"type": st.just("currency"), "currency": _currency}),
    shaped({"type": st.just("date_time"), "date_time": shaped({"fallback_value": _said}, year=whole)}),
)
_by_name = st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), min_size=1, max_size=4, unique=True)
_named_ones = _by_name.map(
    lambda names: [{"type": "text", "parameter_name": one, "text": "Ana"} for one in names]
)
_head_files = [
    shaped({"type": st.just(kind), kind: named_file if kind == "document" else files})
    for kind in ("image", "video", "document", "gif")
]
_catalog_product = shaped({"product_retailer_id": ids, "catalog_id": ids})
_head = st.one_of(
    _plain,
    *_head_files,
    shaped({"type": st.just("location"), "location": location}),
    shaped({"type": st.just("product"), "product": _catalog_product}),
)
_header = shaped({"type": st.sampled_from(["header", "HEADER"]), "parameters": _head.map(lambda one: [one])})
_template_body = shaped(
    {"type": st.just("body"), "parameters": st.lists(_plain, min_size=1, max_size=4) | _named_ones}
)


def _button(sub_type: str, *parameters: Contents) -> Contents:
    return shaped(
        {
            "type": st.just("button"),
            "sub_type": st.just(sub_type),
            "parameters": st.tuples(*parameters).map(list),
        }
    )


_thumbnail = shaped({"thumbnail_product_retailer_id": ids})
_buttons = [
    _button("quick_reply", shaped({"type": st.just("payload"), "payload": words(128)})),
    _button("url", shaped({"type": st.just("text"), "text": words()})),
    _button("copy_code", shaped({"type": st.just("coupon_code"), "coupon_code": words(15)})),
    _button(
        "flow",
        shaped({"type": st.just("action"), "action": shaped({}, flow_token=words(), flow_action_data=free)}),
    ),
    _button("catalog", shaped({"type": st.just("action"), "action": _thumbnail})),
    _button(
        "mpm",
        shaped(
            {
                "type": st.just("action"),
                "action": shaped({"thumbnail_product_retailer_id": ids, "sections": _shelves}),
            }
        ),
    ),
    _button(
        "voice_call",
        shaped({"type": st.just("ttl_minutes"), "ttl_minutes": whole}),
        shaped({"type": st.just("payload"), "payload": words()}),
    ),
]
_some_buttons = st.lists(st.one_of(_buttons), max_size=4).map(
    lambda chosen: [{**one, "index": at} for at, one in enumerate(chosen)]
)
_offer = shaped(
    {
        "type": st.just("limited_time_offer"),
        "parameters": whole.map(
            lambda end: [{"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": end}}]
        ),
    }
)
_target = shaped({"url": links, "title": words()})
_tap = shaped(
    {
        "type": st.just("tap_target_configuration"),
        "parameters": _target.map(
            lambda one: [{"type": "tap_target_configuration", "tap_target_configuration": [one]}]
        ),
    }
)


def _template_card(kind: Any) -> Contents:
    held = files if kind != "product" else _catalog_product
    head = shaped(
        {
            "type": st.just("header"),
            "parameters": shaped({"type": st.just(kind), kind: held}).map(lambda one: [one]),
        }
    )
    return shaped({"components": st.tuples(head, _template_body, _buttons[0].map(_first)).map(list)})


def _first(button: Any) -> Any:
    return {**button, "index": "0"}


_carousel = shaped(
    {
        "type": st.just("carousel"),
        "cards": alike(_template_card, st.sampled_from(["image", "video", "product"]), most=3),
    }
)


def _together(*optional: Contents) -> Contents:
    """Lists with any of these components, in their order."""
    each = [st.none() | one for one in optional]
    return st.tuples(*each).map(lambda found: [one for one in found if one is not None])


_components = st.tuples(_together(_header, _template_body, _offer, _carousel, _tap), _some_buttons).map(
    lambda halves: halves[0] + halves[1]
)
template = shaped(
    {
        "name": st.from_regex(r"[a-z0-9_]{1,20}", fullmatch=True),
        "language": shaped(
            {"code": st.sampled_from(["es_AR", "es", "en_US"])}, policy=st.just("deterministic")
        ),
    },
    components=_components,
)

CONTENTS: dict[str, Contents] = {
    "text": text,
    "image": image,
    "video": image,
    "audio": audio,
    "document": document,
    "sticker": files,
    "location": location,
    "contacts": contacts,
    "reaction": reaction,
    "template": template,
    "interactive": st.one_of(*interactive.values()),
}
"""By type: whatever comes out of these may be sent."""
