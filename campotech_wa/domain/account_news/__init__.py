"""News of Meta's about accounts, numbers and templates: a stored webhook goes in, a sentence comes out."""

from collections.abc import Callable

from campotech_wa.domain.account_news import accounts, numbers, templates
from campotech_wa.domain.account_news.told import Payload, Told, text
from campotech_wa.domain.account_words import Tone

__all__ = ["Told", "tell"]

_FIELDS: dict[str, Callable[[str, Payload], Told | None]] = {
    "message_template_status_update": templates.status,
    "message_template_quality_update": templates.quality_changed,
    "message_template_components_update": templates.content_changed,
    "template_category_update": templates.category_changed,
    "template_correct_category_detection": templates.category_doubted,
    "phone_number_quality_update": numbers.quality,
    "phone_number_name_update": numbers.name,
    "security": numbers.security,
    "business_capability_update": numbers.capability,
    "account_settings_update": numbers.settings,
    "account_update": accounts.updated,
    "account_review_update": accounts.reviewed,
    "account_alerts": accounts.alerted,
    "user_preferences": accounts.preferred,
    "errors": accounts.failed,
}


def tell(field: str, event: str, payload: Payload) -> Told:
    """Say what a piece of news means; one that nobody knows yet is named and not hidden."""
    word = event or text(payload, "event") or text(payload, "decision")
    known = _FIELDS.get(field)
    return (known and known(word, payload)) or _other(field, word)


def _other(field: str, event: str) -> Told:
    name = f"{field} · {event}" if event else field
    return Told(Tone.QUIET, f"Meta avisó de un cambio ({name}).", f"Meta told of a change ({name}).")
