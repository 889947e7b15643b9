"""Remember what each template says, so that the phone can show more of it than its parameters."""

import json

from campotech_wa.simulator.shapes import JsonObject, as_array, as_object, as_text


class PhrasebookError(ValueError):
    """The definition can not be used; the message says why, in one sentence."""


class Phrasebook:
    """Definitions in the shape of sending.md 3.2, one of each name and language on a channel."""

    def __init__(self) -> None:
        self._definitions: dict[tuple[str, str, str], JsonObject] = {}

    def learn(self, phone_number_id: str, raw: bytes) -> None:
        """Keep the definition; raise PhrasebookError if it is none."""
        definition = _definition(raw)
        name, language = as_text(definition.get("name")), as_text(definition.get("language"))
        if not phone_number_id or not name or not language:
            raise PhrasebookError("A definition needs a phone_number_id, a name and a language.")
        if as_array(definition.get("components")) is None:
            raise PhrasebookError("A definition's components must be an array.")
        self._definitions[phone_number_id, name, language] = definition

    def of(self, phone_number_id: str) -> list[JsonObject]:
        """List the channel's definitions."""
        return [found for (number, *_), found in self._definitions.items() if number == phone_number_id]


def _definition(raw: bytes) -> JsonObject:
    try:
        definition = as_object(json.loads(raw))
    except (ValueError, RecursionError) as error:
        raise PhrasebookError("The definition is not JSON.") from error
    if definition is None:
        raise PhrasebookError("The definition must be a JSON object.")
    return definition
