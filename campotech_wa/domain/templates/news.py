"""What a webhook changes of what is known of a template (webhooks.md 6.1); the next listing has the last word."""

from collections.abc import Mapping
from typing import Any, cast

from campotech_wa.domain import walk
from campotech_wa.domain.templates.definition import WORDS

_STATES = frozenset(
    {
        "APPROVED", "REJECTED", "PENDING", "PAUSED", "DISABLED", "IN_APPEAL", "LIMIT_EXCEEDED", "LOCKED", "ARCHIVED",
        "DELETED", "PENDING_DELETION",
    }
)  # fmt: skip
"""Events that name the state they lead to."""

_TEXTS = {
    "HEADER": "message_template_title",
    "BODY": "message_template_element",
    "FOOTER": "message_template_footer",
}
"""Where the news of changed components tell the words of each part."""


def status_after(event: str) -> str | None:
    """Return the state of a template after an event; None where the event tells nothing of it, as a warning does."""
    return "APPROVED" if event == "REINSTATED" else event if event in _STATES else None


def reworded(template: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return a template with the words that the news tell; its buttons and files are the next listing's to tell."""
    components = [_reworded(part, told) for part in walk.items(template, "components")]
    return {**template, "components": components}


def _reworded(component: Mapping[str, object], told: Mapping[str, Any]) -> dict[str, object]:
    kind = walk.text(component, "type").upper()
    words = walk.text(told, _TEXTS.get(kind, ""))
    is_words = kind != "HEADER" or walk.text(component, "format").upper() in ("", WORDS)
    return cast("dict[str, object]", {**component, "text": words} if words and is_words else {**component})
