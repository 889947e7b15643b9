"""Interactive messages pass as sending.md 1.5 writes them; body, header and footer have their limits in each."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import ASKING, BUTTONS, HEADER
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

each_type = pytest.mark.parametrize("kind", sorted(ASKING))
HEADLESS = {"location_request_message", "product", "carousel"}
FOOTLESS = {"location_request_message", "carousel"}
ONLY_TEXT = {"list", "product_list"}


def file_header(kind: str) -> dict[str, Any]:
    return {"type": kind, kind: {"id": "1"}}


@each_type
class TestEachType:
    def test_it_passes_as_it_is(self, kind: str) -> None:
        assert outbound.check("interactive", ASKING[kind]) == ASKING[kind]

    def test_its_body_has_its_length(self, kind: str) -> None:
        assert_longest("interactive", ASKING[kind], "body.text", 4096 if kind == "list" else 1024)
        assert_needs_words("interactive", ASKING[kind], "body.text")

    def test_its_body_is_needed_save_for_a_product(self, kind: str) -> None:
        without = take(ASKING[kind], "body")

        if kind == "product":
            assert outbound.check("interactive", without) == without
        else:
            assert_refused("interactive", without, "missing", "body")

    def test_its_action_is_needed(self, kind: str) -> None:
        assert_refused("interactive", take(ASKING[kind], "action"), "missing", "action")
        assert_refused("interactive", put(ASKING[kind], "action", "x"), "not_an_object", "action")

    def test_an_action_of_another_type_is_refused(self, kind: str) -> None:
        if "name" in ASKING[kind]["action"]:
            named = put(ASKING[kind], "action.name", "another")
            assert_refused("interactive", named, "unknown_value", "action.name")

    def test_its_header_is_allowed_where_it_has_one(self, kind: str) -> None:
        headed = ASKING[kind] | {"header": HEADER}

        if kind in HEADLESS:
            assert_refused("interactive", headed, "not_allowed", "header")
        else:
            assert outbound.check("interactive", headed)
            assert_longest("interactive", headed, "header.text", 60)
            assert_needs_words("interactive", headed, "header.text")

    def test_its_footer_is_allowed_where_it_has_one(self, kind: str) -> None:
        footed = ASKING[kind] | {"footer": {"text": "Clima Sur"}}

        if kind in FOOTLESS:
            assert_refused("interactive", footed, "not_allowed", "footer")
        else:
            assert_longest("interactive", footed, "footer.text", 60)
            assert_needs_words("interactive", footed, "footer.text")

    def test_its_header_and_footer_may_be_missing_save_for_product_lists(self, kind: str) -> None:
        bare = {key: value for key, value in ASKING[kind].items() if key not in ("header", "footer")}

        if kind == "product_list":
            assert_refused("interactive", bare, "missing", "header")
        else:
            assert outbound.check("interactive", bare) == bare

    @pytest.mark.parametrize("media", ["image", "video", "document"])
    def test_a_file_may_stand_above_it_save_for_lists(self, kind: str, media: str) -> None:
        headed = ASKING[kind] | {"header": file_header(media)}

        if kind in ONLY_TEXT:
            assert_refused("interactive", headed, "unknown_type", "header.type")
        elif kind not in HEADLESS:
            assert outbound.check("interactive", headed) == headed


class TestType:
    def test_it_must_be_one_that_there_is(self) -> None:
        refused = refusal("interactive", BUTTONS | {"type": "order_details"})

        assert (refused.code, refused.field) == ("unknown_type", "interactive.type")
        assert all(kind in refused.detail for kind in ASKING)

    @pytest.mark.parametrize("kind", [7, [], {}])
    def test_it_is_a_text(self, kind: object) -> None:
        assert_refused("interactive", BUTTONS | {"type": kind}, "unknown_type", "type")

    def test_it_is_needed(self) -> None:
        assert_refused("interactive", take(BUTTONS, "type"), "missing", "type")


class TestHeader:
    def test_it_carries_what_its_type_says_and_nothing_else(self) -> None:
        assert_refused("interactive", put(BUTTONS, "header", {"type": "image"}), "missing", "header.image")
        both = put(BUTTONS, "header", {**HEADER, "image": {"id": "1"}})
        assert_refused("interactive", both, "not_allowed", "header.image")
        assert_refused("interactive", put(BUTTONS, "header", {"text": "Hola"}), "missing", "header.type")
        assert_refused("interactive", put(BUTTONS, "header", "Hola"), "not_an_object", "header")

    def test_a_file_in_it_has_no_caption(self) -> None:
        captioned = put(BUTTONS, "header", {"type": "image", "image": {"id": "1", "caption": "Hola"}})

        assert_refused("interactive", captioned, "not_allowed", "header.image.caption")

    def test_a_document_in_it_has_a_name(self) -> None:
        headed = put(BUTTONS, "header", file_header("document"))

        assert_longest("interactive", headed, "header.document.filename", 240)

    def test_a_second_line_has_its_length_too(self) -> None:
        assert_longest("interactive", put(BUTTONS, "header", HEADER), "header.sub_text", 60)
