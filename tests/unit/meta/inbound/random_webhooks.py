"""Random webhooks that have the outline of Meta's: drawn from the models, with anything in the place of anything."""

from collections.abc import Collection, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin

from hypothesis import strategies as st
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from campotech_wa.meta.inbound.contents import CONTENTS
from campotech_wa.meta.inbound.fields import FIELDS
from campotech_wa.meta.inbound.models.base import Shape
from campotech_wa.meta.inbound.models.chat import Envelope
from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.shapes import JsonObject

Strategy = st.SearchStrategy[Any]

_ODD = 7
"""Which of sixteen draws is the odd one; not the first, at which shrinking ends."""

_MOST_KEYS = 5
"""Of one object: Meta's are larger, and drawing them takes most of a test's time."""

_texts = st.text(max_size=12) | st.text(st.characters(categories=["Cs", "Cc"]), max_size=4)
_scalars: Strategy = st.none() | st.booleans() | st.integers() | st.floats() | _texts | st.just(10**400)
anything: Strategy = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
_ids = st.sampled_from(
    [shapes.ANA, shapes.BETO, shapes.BUSINESS, shapes.ANA_USER, "AR.1", "wamid.1", "M0", ""]
)
_times = st.sampled_from([shapes.AT, shapes.WRITTEN_AT, "0", -1, 10**15, "soon"])
_words = st.sampled_from(
    ["text", "call", "add", "remove", "stop", "READ", "group", "user_changed_number", "edit"]
)
plausible: Strategy = _ids | _times | _words | _texts | st.integers() | st.booleans()


@st.composite
def _mostly(draw: st.DrawFn, known: Strategy) -> Any:
    """Return what is known fifteen times out of sixteen, and anything else once."""
    return draw(anything if draw(st.sampled_from(range(16))) == _ODD else known)


@st.composite
def objects(draw: st.DrawFn, keys: Mapping[str, Strategy], needed: Collection[str] = ()) -> JsonObject:
    """Return objects with a few of these keys, and mostly with those that are needed."""
    chosen = draw(st.lists(st.sampled_from(list(keys)), max_size=_MOST_KEYS, unique=True))
    left_out = draw(st.sampled_from([*needed, *[None] * 15])) if needed else None
    return {key: draw(keys[key]) for key in dict.fromkeys([*chosen, *needed]) if key != left_out}


@cache
def shaped(shape: type[Shape]) -> Strategy:
    """Return objects with some of the keys of a shape, and now and then a key or a value of no shape."""
    known = {
        key: _of(field.annotation) for name, field in shape.model_fields.items() for key in _keys(name, field)
    }
    needed = [name for name, field in shape.model_fields.items() if field.is_required()]
    return objects(known | {"future": anything}, needed)


def _keys(name: str, field: FieldInfo) -> list[str]:
    if isinstance(field.validation_alias, AliasChoices):
        return [str(choice) for choice in field.validation_alias.choices]
    return [field.alias or name]


def _of(annotation: Any) -> Strategy:
    inner = get_args(annotation)
    if get_origin(annotation) in (UnionType, Union):
        return st.one_of([_of(member) for member in inner if member is not NoneType])
    if get_origin(annotation) is list:
        return _mostly(st.lists(_of(inner[0]), min_size=1, max_size=2))
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return _mostly(shaped(annotation))
    return _mostly(plausible)


_sender = objects({"from": _mostly(_ids), "from_user_id": _mostly(_ids), "id": _mostly(_ids)}, ["from"])


@st.composite
def _message(draw: st.DrawFn, kind: str) -> JsonObject:
    model = CONTENTS.get(kind)
    content: Any = draw(_mostly(shaped(model)) if model else anything)
    if kind == "contacts" and isinstance(content, dict):
        content = cast("JsonObject", content).get("contacts")
    around = draw(shaped(Envelope)) | draw(_sender) | {"type": kind}
    return around if draw(st.sampled_from(range(16))) == _ODD else around | {kind: content}


messages: Strategy = st.one_of([_message(kind) for kind in [*CONTENTS, "hologram", "errors", "from"]])


@st.composite
def values(draw: st.DrawFn, field: str) -> JsonObject:
    """Return values of a field, with whole messages where its model knows envelopes only."""
    value: JsonObject = draw(shaped(FIELDS[field]))
    for key in ("messages", "message_echoes"):
        if key in FIELDS[field].model_fields and draw(st.booleans()):
            value[key] = draw(_mostly(st.lists(_mostly(messages), min_size=1, max_size=2)))
    return value


values_by_field = {field: values(field) for field in FIELDS}
changes: Strategy = st.one_of(
    [
        objects({"field": st.just(field), "value": _mostly(drawn)}, ["field", "value"])
        for field, drawn in values_by_field.items()
    ]
)
entries: Strategy = objects(
    {"id": plausible, "time": _mostly(_times), "changes": st.lists(_mostly(changes), min_size=1, max_size=3)},
    ["changes"],
)
payloads: Strategy = st.fixed_dictionaries({"entry": st.lists(_mostly(entries), min_size=1, max_size=2)})
