"""The templates of a WABA, as Meta lists them (sending.md 3.3)."""

from typing import Annotated, Any, cast

from campotech_wa.errors import MetaRefused
from campotech_wa.meta.account.fields import Answer, Text, ToObject
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.shapes import JsonObject

_ESSENTIAL = ("id", "name", "language", "status", "category", "components", "parameter_format")
FIELDS = (
    *_ESSENTIAL,
    "sub_category",
    "previous_category",
    "correct_category",
    "quality_score",
    "rejected_reason",
    "rejection_info",
    "message_send_ttl_seconds",
    "cta_url_link_tracking_opted_out",
    "library_template_name",
)

_UNKNOWN_FIELD = 100
_EPHEMERAL = "header_handle"
"""Where lists tell the address of a sample, which is another one every time and soon leads nowhere."""


class Quality(Answer):
    """What customers think of a template."""

    score: Text = ""


class Template(Answer):
    """One template in one language."""

    id: Text = ""
    name: Text = ""
    language: Text = ""
    status: Text = ""
    category: Text = ""
    quality_score: Annotated[Quality, ToObject] = Quality()
    rejected_reason: Text = ""

    @property
    def definition(self) -> JsonObject:
        """Return what it is made of: everything that was told and has no field here."""
        return cast("JsonObject", _lasting(self.model_extra))


def listing(graph: Graph, waba_id: str) -> tuple[Template, ...]:
    """Return all templates of a WABA; where a field is unknown, with the essential ones alone.

    Raises:
        MetaError: Meta refused or failed, or told only a part: who reads this takes what is not in it for gone.
    """
    try:
        return _read(graph, waba_id, FIELDS)
    except MetaRefused as refusal:
        if refusal.code != _UNKNOWN_FIELD:
            raise
    return _read(graph, waba_id, _ESSENTIAL)


def _read(graph: Graph, waba_id: str, fields: tuple[str, ...]) -> tuple[Template, ...]:
    found = graph.pages(waba_id, "message_templates", is_whole=True, fields=",".join(fields))
    return tuple(Template.model_validate(each) for each in found)


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        told = cast("JsonObject", value)
        return {key: _lasting(inner) for key, inner in told.items() if key != _EPHEMERAL}
    return [_lasting(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value
