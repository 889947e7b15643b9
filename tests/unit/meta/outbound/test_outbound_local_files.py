"""Files of our own store are found wherever a file can stand, and nowhere else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campotech_wa.errors import MetaRefused
from campotech_wa.meta import outbound
from tests.unit.meta.outbound.contents import CONTENTS

HEADER = {"type": "header", "parameters": [{"type": "image", "image": {"id": "local:7"}}]}


def card(index: int) -> dict[str, Any]:
    picture = {"type": "image", "image": {"id": f"local:{index}"}}
    return {"card_index": index, "components": [{"type": "header", "parameters": [picture]}]}


HOLDING: dict[str, tuple[str, dict[str, Any], list[int]]] = {
    "a picture": ("image", {"id": "local:7", "caption": "local:8"}, [7]),
    "a header": (
        "interactive",
        {
            "type": "button",
            "header": {"type": "document", "document": {"id": "local:7", "filename": "local:8"}},
            "body": {"text": "Hola"},
            "action": {"buttons": [{"type": "reply", "reply": {"id": "local:9", "title": "Sí"}}]},
        },
        [7],
    ),
    "a template": ("template", {"name": "t", "language": {"code": "es"}, "components": [HEADER]}, [7]),
    "cards": (
        "template",
        {
            "name": "t",
            "language": {"code": "es"},
            "components": [{"type": "carousel", "cards": [card(0), card(1)]}, HEADER],
        },
        [0, 1, 7],
    ),
    "a form's own data": (
        "interactive",
        {
            "type": "flow",
            "body": {"text": "Hola"},
            "action": {
                "name": "flow",
                "parameters": {
                    "flow_message_version": "3",
                    "flow_id": "local:1",
                    "flow_cta": "Ver",
                    "flow_action_payload": {"data": {"image": {"id": "local:2"}}},
                },
            },
        },
        [],
    ),
}


@pytest.mark.parametrize("name", sorted(HOLDING))
class TestFound:
    def test_our_files_are_found_in_their_order(self, name: str) -> None:
        kind, content, ours = HOLDING[name]

        assert outbound.local_media(outbound.check(kind, content)) == ours

    def test_metas_ids_take_their_places_and_nothing_else_changes(self, name: str) -> None:
        kind, content, ours = HOLDING[name]
        written = repr(content)

        sendable = outbound.with_media_ids(content, {one: f"meta{one}" for one in ours})

        assert outbound.local_media(sendable) == []
        assert outbound.check(kind, sendable) == sendable
        assert repr(content) == written
        for one in ours:
            assert f"'id': 'meta{one}'" in repr(sendable)


def test_a_file_that_is_used_twice_is_named_once() -> None:
    content = {"components": [HEADER, HEADER]}

    assert outbound.local_media(content) == [7]


def test_a_file_without_metas_id_can_not_leave() -> None:
    with pytest.raises(KeyError):
        outbound.with_media_ids({"id": "local:7"}, {8: "1"})
    with pytest.raises(MetaRefused):
        outbound.body("image", {"id": "local:7"}, to=None, callback_data="m1.1")


@pytest.mark.parametrize("kind", sorted(CONTENTS))
@given(st.data())
@settings(deadline=None, max_examples=20)
def test_a_content_without_files_of_ours_is_copied_as_it_is(kind: str, data: st.DataObject) -> None:
    content = outbound.check(kind, data.draw(CONTENTS[kind]))

    assert outbound.local_media(content) == []
    assert outbound.with_media_ids(content, {}) == content
