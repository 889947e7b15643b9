"""What may be sent passes as it is; whatever else anybody hands over is refused by name, and nothing breaks."""

import json
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campotech_wa.domain import wording_input
from campotech_wa.errors import InvalidInput
from campotech_wa.meta import outbound
from tests.unit.meta.outbound.contents import CONTENTS, any_json, interactive
from tests.unit.meta.outbound.refusing import refusal

each_type = pytest.mark.parametrize("kind", sorted(CONTENTS))
unhurried = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60
)


def changed(data: st.DataObject, value: Any) -> Any:
    """Put any JSON somewhere into a content, or take something away."""
    if not isinstance(value, dict | list) or not value or data.draw(st.integers(0, 3)) == 0:
        return data.draw(any_json)
    if isinstance(value, list):
        items = cast("list[Any]", value)
        at = data.draw(st.integers(0, len(items) - 1))
        return [*items[:at], changed(data, items[at]), *items[at + 1 :]]
    held = cast("dict[str, Any]", value)
    key = data.draw(st.sampled_from(sorted(held)))
    rest = {name: inner for name, inner in held.items() if name != key}
    return rest | ({key: changed(data, held[key])} if data.draw(st.booleans()) else {})


def judge(kind: str, value: object) -> None:
    """Check a value: it comes back, or is refused in words that can be stored, shown and sent as JSON."""
    refused = _refusal_if_any(kind, value)
    if refused is not None:
        told = wording_input.refusal(refused.code, refused.field, refused.limit, refused.count, "es-AR")
        assert told
        assert refused.field.startswith(kind)
        f"{refused.field} {refused.detail} {told}".encode()


def _refusal_if_any(kind: str, value: object) -> InvalidInput | None:
    try:
        json.dumps(outbound.check(kind, value))
    except InvalidInput as refused:
        return refused
    return None


class TestCheck:
    @each_type
    @given(st.data())
    @unhurried
    def test_what_may_be_sent_passes_and_passes_again_as_it_is(self, kind: str, data: st.DataObject) -> None:
        once = outbound.check(kind, data.draw(CONTENTS[kind]))

        assert outbound.check(kind, once) == once

    @pytest.mark.parametrize("kind", sorted(interactive))
    @given(st.data())
    @unhurried
    def test_every_interactive_message_passes(self, kind: str, data: st.DataObject) -> None:
        value = data.draw(interactive[kind])

        checked = outbound.check("interactive", value)

        assert checked["type"] == kind
        assert checked.keys() == value.keys()

    @each_type
    @given(any_json)
    @unhurried
    def test_any_json_comes_back_or_is_refused(self, kind: str, value: object) -> None:
        judge(kind, value)

    @each_type
    @given(st.data())
    @settings(unhurried, max_examples=150)
    def test_a_content_with_anything_in_it_comes_back_or_is_refused(
        self, kind: str, data: st.DataObject
    ) -> None:
        judge(kind, changed(data, data.draw(CONTENTS[kind])))

    @pytest.mark.parametrize("kind", ["hologram", "", None, 7, ["text"], "TEXT"])
    def test_a_type_that_is_none_is_refused_with_those_there_are(self, kind: object) -> None:
        refused = refusal(kind, {"body": "Hola"})

        assert (refused.code, refused.field) == ("unknown_type", "type")
        assert all(known in refused.detail for known in outbound.TYPES)

    @each_type
    def test_a_type_without_its_object_is_refused(self, kind: str) -> None:
        refused = refusal(kind, None)

        assert (refused.code, refused.field) == ("missing", kind)

    @each_type
    def test_a_text_in_the_place_of_the_object_is_refused(self, kind: str) -> None:
        expected = ("not_a_list" if kind == "contacts" else "not_an_object", kind)

        refused = refusal(kind, "Hola")

        assert (refused.code, refused.field) == expected

    @each_type
    @given(st.data())
    @settings(unhurried, max_examples=5)
    def test_a_key_that_metas_object_does_not_have_is_refused_by_its_name(
        self, kind: str, data: st.DataObject
    ) -> None:
        value = data.draw(CONTENTS[kind])
        given_, place = (value[0], "contacts[0]") if kind == "contacts" else (value, kind)
        given_["colour"] = "red"

        refused = refusal(kind, value)

        assert (refused.code, refused.field) == ("not_allowed", f"{place}.colour")

    def test_null_counts_as_absent(self) -> None:
        assert outbound.check("text", {"body": "Hola", "preview_url": None}) == {"body": "Hola"}

    def test_contacts_are_kept_in_an_object_though_meta_takes_a_list(self) -> None:
        card = {"name": {"formatted_name": "Ana Gómez", "first_name": "Ana"}}

        assert outbound.check("contacts", [card]) == {"contacts": [card]}


class TestTypes:
    def test_only_templates_may_be_sent_outside_the_window(self) -> None:
        assert {"template"} == outbound.TYPES - outbound.FREE_TYPES

    def test_all_may_quote_but_reactions_and_templates(self) -> None:
        assert {"reaction", "template"} == outbound.TYPES - outbound.QUOTING_TYPES


class TestCheckContext:
    def test_a_quoted_message_is_named_by_its_id(self) -> None:
        assert outbound.check_context({"message_id": "wamid.7"}, kind="text") == {"message_id": "wamid.7"}
        assert outbound.check_context(None, kind="text") is None

    @pytest.mark.parametrize(
        ("value", "code", "field"),
        [
            ({}, "missing", "context.message_id"),
            ({"message_id": " "}, "empty", "context.message_id"),
            ({"message_id": 7}, "not_a_text", "context.message_id"),
            ({"message_id": "wamid.7", "from": "1"}, "not_allowed", "context.from"),
            ("wamid.7", "not_an_object", "context"),
        ],
    )
    def test_anything_else_is_refused_by_name(self, value: object, code: str, field: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            outbound.check_context(value, kind="image")

        assert (refused.value.code, refused.value.field) == (code, field)

    @pytest.mark.parametrize("kind", ["reaction", "template"])
    def test_what_can_not_quote_is_refused_a_quote(self, kind: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            outbound.check_context({"message_id": "wamid.7"}, kind=kind)

        assert (refused.value.code, refused.value.field) == ("not_allowed", "context")
        assert outbound.check_context(None, kind=kind) is None
