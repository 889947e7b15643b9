"""No webhook is an error, no odd neighbour costs a whole one, and every element is accounted for."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campotech_wa.meta.inbound import (
    Item,
    Message,
    Renumbered,
    StatusReport,
    Unreadable,
    contents,
    fields,
    parse,
)
from campotech_wa.meta.inbound.models.base import Content, Shape
from campotech_wa.meta.shapes import as_list, as_object
from tests.unit.meta.inbound import field_shapes, shapes
from tests.unit.meta.inbound.random_webhooks import (
    anything,
    changes,
    entries,
    messages,
    payloads,
    plausible,
    values_by_field,
)
from tests.unit.meta.inbound.shapes import JsonObject

bounded = settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    database=None,
    # Schemas of this size are slow to draw the first time.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

WHOLE_MESSAGE = shapes.text() | {"id": "wamid.WHOLE"}
WHOLE_STATUS = shapes.status(wamid="wamid.WHOLE-STATUS")
WHOLE_CHANGE = shapes.change(messages=[WHOLE_MESSAGE], statuses=[WHOLE_STATUS])

ONE_EACH = (
    "messages",
    "message_echoes",
    "statuses",
    "state_sync",
    "user_preferences",
    "user_id_update",
    "errors",
    "user_actions",
    "calls",
    "groups",
)
"""Lists of which each element is an item."""


def has_whole_neighbours(items: list[Item]) -> bool:
    """Tell whether the whole message and the whole status are there, with all that was in them."""
    whole = [item for item in items if getattr(item, "wamid", "").startswith("wamid.WHOLE")]
    return [
        (item.content, item.person.wa_id, item.is_readable) for item in whole if isinstance(item, Message)
    ] == [(WHOLE_MESSAGE["text"], shapes.ANA, True)] and [
        item.raw for item in whole if isinstance(item, StatusReport)
    ] == [WHOLE_STATUS]


class TestRandom:
    @bounded
    @given(payloads)
    def test_no_webhook_is_an_error(self, payload: JsonObject) -> None:
        assert all(isinstance(item, Item) for item in parse(payload))

    @bounded
    @given(st.one_of([st.tuples(st.just(field), drawn) for field, drawn in values_by_field.items()]))
    def test_no_value_is_an_error_to_its_model(self, drawn: tuple[str, JsonObject]) -> None:
        field, value = drawn

        read = fields.read(field, value)

        assert read is None or isinstance(read, Shape)

    @bounded
    @given(messages)
    def test_no_content_is_an_error_to_its_model(self, message: JsonObject) -> None:
        kind = message["type"]

        read = contents.read(kind, as_object(message.get(kind)))

        assert read is None or isinstance(read, Content)

    @bounded
    @given(entries, changes)
    def test_whole_entries_and_changes_are_read_beside_any_others(
        self, entry: JsonObject, change: JsonObject
    ) -> None:
        payload = {"entry": [entry, {"changes": [change, WHOLE_CHANGE]}, entry]}

        assert has_whole_neighbours(parse(payload))

    @bounded
    @given(st.lists(messages | anything, max_size=4), st.lists(anything, max_size=2), st.integers(0, 4))
    def test_a_whole_message_is_read_beside_any_others(
        self, others: list[Any], statuses: list[Any], place: int
    ) -> None:
        others.insert(place, WHOLE_MESSAGE)
        change = shapes.change(messages=others, statuses=[*statuses, WHOLE_STATUS])

        assert has_whole_neighbours(parse(shapes.payload(change)))

    @bounded
    @given(
        st.sampled_from(ONE_EACH),
        st.lists(messages | anything, max_size=5),
        st.sampled_from(["messages", ""]),
    )
    def test_each_element_is_an_item(self, key: str, elements: list[Any], field: str) -> None:
        items = parse(shapes.payload(shapes.change(field, **{key: elements})))

        assert len(items) - changed_ids(key, items) == len(elements)

    @bounded
    @given(
        st.dictionaries(st.sampled_from([*ONE_EACH, "contacts", "metadata", "history", "event"]), anything),
        values_by_field["messages"],
        st.sampled_from(["messages", "", "smb_message_echoes", "flows"]),
    )
    def test_whole_lists_are_read_beside_anything_else_in_their_value(
        self, odd: JsonObject, value: JsonObject, field: str
    ) -> None:
        lists = ("messages", "statuses")
        beside = {key: item for key, item in (value | odd).items() if key not in lists}

        items = parse(shapes.payload(shapes.bare_change(field, beside | WHOLE_CHANGE["value"])))
        reversed_items = parse(shapes.payload(shapes.bare_change(field, WHOLE_CHANGE["value"] | beside)))

        assert has_whole_neighbours(items)
        assert has_whole_neighbours(reversed_items)

    @bounded
    @given(st.lists(st.lists(messages | anything, max_size=3), max_size=3))
    def test_each_message_of_the_past_is_an_item(self, threads: list[list[Any]]) -> None:
        chunk = {"threads": [{"id": shapes.ANA, "messages": thread} for thread in threads]}

        items = parse(shapes.payload(shapes.change("history", history=[chunk])))

        assert len(items) == sum(len(thread) for thread in threads)
        assert all(isinstance(item, Message | Unreadable) for item in items)


def changed_ids(key: str, items: list[Item]) -> int:
    """Count the changes that come with a message of the system, beside it."""
    return sum(isinstance(item, Renumbered) for item in items) if key == "messages" else 0


def real_changes() -> list[JsonObject]:
    """Return the whole reference as changes, each with one list of one element or one value."""
    past = {"id": shapes.ANA, "messages": [shapes.text() | {"history_context": {"status": "READ"}}]}
    contact = {"full_name": "Ana", "phone_number": shapes.ANA}
    return [
        *(
            shapes.change(messages=[raw], contacts=[shapes.full_contact()])
            for raw in shapes.every_message().values()
        ),
        shapes.change(statuses=[shapes.status(errors=[shapes.fault()])], contacts=[shapes.full_contact()]),
        shapes.change("smb_message_echoes", message_echoes=[shapes.image() | {"to": shapes.BETO}]),
        shapes.change("history", history=[{"metadata": {"phase": 0, "progress": 5}, "threads": [past]}]),
        shapes.change("smb_app_state_sync", state_sync=[{"action": "add", "contact": contact}]),
        shapes.change("user_preferences", user_preferences=[{"wa_id": shapes.ANA, "value": "stop"}]),
        *(shapes.bare_change(field, value) for field, _, value in field_shapes.whole_values()),
        *(shapes.change(field, **{key: [raw]}) for field, key, _, raw in field_shapes.listed_values()),
    ]


REAL = real_changes()
Place = tuple[Any, ...]


def places(tree: Any, at: Place = ()) -> Iterator[Place]:
    """Return where there is something in a JSON value."""
    branches = as_object(tree).items() or enumerate(as_list(tree))
    for step, branch in branches:
        yield (*at, step)
        yield from places(branch, (*at, step))


def put(tree: Any, place: Place, how: str, other: Any) -> None:
    """Change a JSON value at one place."""
    *way, last = place
    for step in way:
        tree = tree[step]
    match how:
        case "delete":
            del tree[last]
        case "repeat" if isinstance(tree, list):
            as_list(cast("object", tree)).insert(last, deepcopy(as_list(cast("object", tree))[last]))
        case "nest":
            tree[last] = [tree[last]]
        case "wrap":
            tree[last] = {"value": tree[last]}
        case "text":
            tree[last] = str(tree[last])
        case "null":
            tree[last] = None
        case _:
            tree[last] = other


@st.composite
def mutated(draw: st.DrawFn) -> JsonObject:
    """Return a change of the reference with up to three faults."""
    change = deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from([place for place in places(change) if len(place) > 1] or [("value",)]))
        how = draw(st.sampled_from(["delete", "repeat", "nest", "wrap", "text", "null", "other"]))
        put(change, place, how, draw(anything | plausible))
    return change


class TestMutations:
    @bounded
    @given(mutated())
    def test_a_fault_in_one_change_costs_no_other(self, change: JsonObject) -> None:
        items = parse(shapes.payload(change, WHOLE_CHANGE, change))

        assert has_whole_neighbours(items)
        assert all(isinstance(item, Item) for item in items)

    @bounded
    @given(mutated())
    def test_a_fault_in_one_message_costs_no_other(self, change: JsonObject) -> None:
        found = as_object(change.get("value")).get("messages")
        odd = as_list(found) or [found]
        whole = shapes.change(messages=[*odd, WHOLE_MESSAGE, *odd], statuses=[WHOLE_STATUS])

        items = parse(shapes.payload(whole))

        assert has_whole_neighbours(items)
        assert len(items) - changed_ids("messages", items) == 2 * len(odd) + 2

    @pytest.mark.parametrize("change", REAL)
    def test_without_any_one_key_it_is_still_read(self, change: JsonObject) -> None:
        """Each key of the reference is left out once, and each is null once."""
        for place in [place for place in places(change) if len(place) > 1]:
            for how in ("delete", "null"):
                odd = deepcopy(change)
                put(odd, place, how, None)

                assert has_whole_neighbours(parse(shapes.payload(odd, WHOLE_CHANGE)))
