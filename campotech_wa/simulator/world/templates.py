"""Remember an account's templates, and hold against its definition what is sent of one (sending.md, 3)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from campotech_wa.simulator.checks.outgoing import Outgoing
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.identifiers import is_user_id
from campotech_wa.simulator.shapes import JsonObject, as_array, as_object, as_text

CATEGORIES = ("AUTHENTICATION", "MARKETING", "UTILITY")
APPROVED = "APPROVED"
UNKNOWN, WRONG_COUNT, WRONG_FORMAT, NEEDS_NUMBER = 132001, 132000, 132012, 131062
_UNUSABLE = {"PAUSED": 132015, "DISABLED": 132016}
"""Which code says so; a template in any other state is as good as none."""

_VARIABLE = re.compile(r"\{\{\s*\w+\s*\}\}")
_MEDIA_HEADERS = frozenset({"IMAGE", "VIDEO", "DOCUMENT", "LOCATION"})


@dataclass(slots=True)
class Template:
    """One template in one language."""

    id: str
    name: str
    language: str
    category: str
    components: Sequence[JsonObject] = field(default_factory=tuple[JsonObject, ...])
    status: str = APPROVED
    parameter_format: str = "POSITIONAL"

    def component(self, kind: str) -> JsonObject:
        """Answer the component of this type, empty if there is none."""
        mine = [each for each in self.components if str(each.get("type")).upper() == kind]
        return mine[0] if mine else {}

    def view(self) -> JsonObject:
        """Answer the template's node."""
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "status": self.status,
            "category": self.category,
            "components": list(self.components),
            "parameter_format": self.parameter_format,
            "quality_score": {"score": "UNKNOWN", "date": 1764000000},
            "rejected_reason": "NONE",
        }


def of_message(known: Iterable[Template], outgoing: Outgoing) -> Template:
    """Answer the approved template that a message names; raise GraphError where there is none."""
    name = as_text(outgoing.content.get("name")) or ""
    language = as_text((as_object(outgoing.content.get("language")) or {}).get("code")) or ""
    found = next((each for each in known if (each.name, each.language) == (name, language)), None)
    if found is None or found.status != APPROVED:
        code = _UNUSABLE.get(found.status, UNKNOWN) if found else UNKNOWN
        raise refusal(code, f"Template name ({name}) does not exist in {language}, or may not be used.")
    return found


def check(template: Template, outgoing: Outgoing) -> None:
    """Refuse what does not fill the template: other parameters than its definition has."""
    if template.category == "AUTHENTICATION" and is_user_id(outgoing.customer):
        raise refusal(NEEDS_NUMBER)
    _check_words(template, "BODY", outgoing)
    wanted = str(template.component("HEADER").get("format", "")).upper()
    given = _parameters(outgoing, "HEADER")
    if wanted in _MEDIA_HEADERS and [str(each.get("type")).upper() for each in given] != [wanted]:
        raise refusal(WRONG_FORMAT, f"header: Format mismatch, expected {wanted}.")
    if wanted == "TEXT":
        _check_words(template, "HEADER", outgoing)


def _check_words(template: Template, kind: str, outgoing: Outgoing) -> None:
    wanted = len(set(_VARIABLE.findall(str(template.component(kind).get("text", "")))))
    given = _parameters(outgoing, kind)
    if len(given) != wanted:
        told = f"number of localizable_params ({len(given)}) does not match the expected number of params"
        raise refusal(WRONG_COUNT, f"{kind.lower()}: {told} ({wanted}).")
    if any(("parameter_name" in each) != (template.parameter_format == "NAMED") for each in given):
        raise refusal(WRONG_FORMAT, f"{kind.lower()}: parameters must be {template.parameter_format}.")


def _parameters(outgoing: Outgoing, kind: str) -> list[JsonObject]:
    components = map(as_object, as_array(outgoing.content.get("components")) or ())
    mine = next((each for each in components if each and str(each.get("type")).upper() == kind), None) or {}
    return [each for each in map(as_object, as_array(mine.get("parameters")) or ()) if each]
