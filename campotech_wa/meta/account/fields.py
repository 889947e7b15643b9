"""Fields of Meta's answers, read totally: what has not the expected shape reads as empty."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from campotech_wa.meta.shapes import JsonObject, as_integer, as_list, as_object


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value)


def _is_true(value: object) -> bool:
    return value is True


def _texts(value: object) -> list[str]:
    return [_text(item) for item in as_list(value) if _text(item)]


def _objects(value: object) -> list[JsonObject]:
    return [item for item in map(as_object, as_list(value)) if item]


def _integer(value: object) -> int:
    return as_integer(value) or 0


def _seconds(value: object) -> int:
    """Read unix seconds, which outgrow 32 bits in 2038."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
Flag = Annotated[bool, BeforeValidator(_is_true)]
Whole = Annotated[int, BeforeValidator(_integer)]
Seconds = Annotated[int, BeforeValidator(_seconds)]
Object = Annotated[dict[str, Any], BeforeValidator(as_object)]
ToObject = BeforeValidator(as_object)
ToObjects = BeforeValidator(_objects)


class Answer(BaseModel):
    """A part of an answer; fields that we do not know are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)
