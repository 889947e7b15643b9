"""Whatever the caller made up, the path of a field can be stored, shown and sent as JSON."""

from typing import Any

import pytest

from campotech_wa.meta.outbound import refusals
from tests.unit.meta.outbound.refusing import refusal

Json = dict[str, Any]


def test_a_path_is_written_as_programs_write_it() -> None:
    steps = ["interactive", "action", "buttons", 1, "reply", "title"]

    assert refusals.path(steps) == "interactive.action.buttons[1].reply.title"


@pytest.mark.parametrize(
    ("key", "told"), [("x" * 61, "x" * 60 + "…"), ("x" * 60, "x" * 60), ("a\x00b", "a\ufffdb"), ("", "")]
)
def test_a_key_of_the_callers_is_told_as_far_as_it_is_fit(key: str, told: str) -> None:
    refused = refusal("text", {"body": "Hola", key: 1})

    assert (refused.code, refused.field) == ("not_allowed", f"text.{told}")


def test_a_key_that_is_no_text_at_all_is_refused_too() -> None:
    assert refusal("text", {"body": "Hola", "\ud800": 1}).field == "text"


def test_a_path_ends_before_it_is_long() -> None:
    assert refusals.path(["a"] * 50) == ".".join(["a"] * 16)


def test_the_longest_path_of_metas_own_is_told_whole() -> None:
    shelf: Json = {"title": "S", "product_items": [{}]}
    action: Json = {"thumbnail_product_retailer_id": "sku", "sections": [shelf]}
    button: Json = {
        "type": "button",
        "sub_type": "mpm",
        "index": 0,
        "parameters": [{"type": "action", "action": action}],
    }
    carousel: Json = {"type": "carousel", "cards": [{"card_index": 0, "components": [button]}] * 2}

    refused = refusal("template", {"name": "t", "language": {"code": "es"}, "components": [carousel]})

    assert refused.field == (
        "template.components[0].cards[0].components[0].parameters[0].action.sections[0]"
        ".product_items[0].product_retailer_id"
    )


def test_what_would_have_done_is_told() -> None:
    flow = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Ver", "mode": "live"}
    action = {"name": "flow", "parameters": flow}

    refused = refusal("interactive", {"type": "flow", "body": {"text": "Hola"}, "action": action})

    assert (refused.code, refused.field) == ("unknown_value", "interactive.action.parameters.mode")
    assert refused.detail.endswith("One of: draft, published.")


def test_the_content_is_not_repeated() -> None:
    refused = refusal("text", {"body": ["Clave 1234"]})

    assert "1234" not in f"{refused.field} {refused.detail}"
