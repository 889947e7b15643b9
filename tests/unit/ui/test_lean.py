"""What a bubble has not is not sent; what it has is, zeros too."""

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast, get_args

from reflex_base.utils import format as reflex_format

from campotech_wa import blocks, views
from campotech_wa.ui import lean

EMPTY: dict[str, Any] = {"wamid": "", "text": "", "kind": "", "day": "", "error": ""}
SAID: dict[str, Any] = {"id": 1, "direction": "inbound", "type": "text", "state": "received", "time": "9:00"}


def written(value: object) -> Any:
    lean.register()
    return json.loads(cast("Any", reflex_format).json_dumps(value))


def test_an_empty_field_is_left_out() -> None:
    assert written(views.Bubble(**SAID, **EMPTY)) == SAID


def test_what_is_there_is_written_inside_too() -> None:
    place = blocks.Place(0.0, -58.4, "", "", "u")
    quote = views.Quote(0, "Ana", "Hola")

    said = views.Bubble(**SAID, **EMPTY)
    bubble = written(replace(said, text="Acá", above=(place,), quote=quote))

    assert bubble["above"] == [{"latitude": 0.0, "longitude": -58.4, "url": "u", "draw": "place"}]
    assert bubble["quote"] == {"message_id": 0, "author": "Ana", "line": "Hola"}
    assert bubble["text"] == "Acá"


def test_every_piece_of_a_bubble_is_written_so() -> None:
    pieces = {kind for kind in vars(blocks).values() if isinstance(kind, type) and is_dataclass(kind)}

    assert pieces <= set(lean.LEAN)
    assert set(get_args(blocks.Block)) <= pieces


def test_each_block_has_a_drawing_of_its_own() -> None:
    drawings = [
        field.default for kind in get_args(blocks.Block) for field in fields(kind) if field.name == "draw"
    ]

    assert len(set(drawings)) == len(get_args(blocks.Block))
