"""A content of any shape has a drawing: whatever Meta sends, the thread opens."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.locale import ENGLISH, SPANISH
from campotech_wa.services.inbox import drawing

Json = dict[str, Any]

KEYS = [
    "body",
    "caption",
    "link",
    "filename",
    "latitude",
    "longitude",
    "name",
    "address",
    "contacts",
    "phones",
    "emails",
    "addresses",
    "urls",
    "org",
    "text",
    "payload",
    "product_items",
    "item_price",
    "quantity",
    "type",
    "action",
    "buttons",
    "reply",
    "title",
    "sections",
    "rows",
    "cards",
    "header",
    "image",
    "parameters",
    "components",
    "nfm_reply",
    "response_json",
    "button_reply",
    "list_reply",
    "call_permission_reply",
    "emoji",
    "message",
    "value",
    "context",
    "referral",
    "referred_product",
    "errors",
    "code",
    "error_data",
    "sub_type",
    "card_index",
    "formatted_name",
]
KINDS = [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "button",
    "interactive",
    "order",
    "reaction",
    "system",
    "template",
    "unsupported",
    "edit",
    "revoke",
    "user_preferences",
    "request_welcome",
    "media_placeholder",
    "carousel",
    "list",
    "button_reply",
    "nfm_reply",
    "call_permission_reply",
    "cta_url",
    "product_list",
    "body",
    "url",
    "hologram",
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from([*KINDS, "https://x.ar", "{", '{"a":[1]}', "\ud800", "https://[", "1e999999", "NaN"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=25,
)
OBJECTS = st.dictionaries(st.sampled_from([*KEYS, *KINDS]), JSON, max_size=6)


@given(st.sampled_from(KINDS) | st.text(max_size=5), OBJECTS, OBJECTS, st.sampled_from([SPANISH, ENGLISH]))
def test_any_content_of_any_shape_is_drawn(kind: str, content: Json, envelope: Json, locale: str) -> None:
    picture = drawing.of(kind, content, envelope, locale=locale)

    assert all(each.draw for each in (*picture.above, *picture.below))
    assert isinstance(picture.text, str)


@given(OBJECTS)
def test_any_interactive_message_is_drawn(content: Json) -> None:
    for kind in KINDS:
        assert drawing.of("interactive", content | {"type": kind}, {}, locale=SPANISH) is not None
