"""Bring the registry up to date with what Meta's webhooks tell of templates, at once (webhooks.md 6.1)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.ids import ChannelId, OfOrganization, OrganizationId
from campotech_wa.domain.outbox_state import HoldReason
from campotech_wa.domain.templates import news
from campotech_wa.meta.inbound import News, fields
from campotech_wa.meta.inbound.models.templates import (
    TemplateCategoryValue,
    TemplateComponentsValue,
    TemplateQualityValue,
    TemplateStatusValue,
    TemplateValue,
)
from campotech_wa.services import gate
from campotech_wa.store import gate as senders
from campotech_wa.store import templates
from campotech_wa.store.templates import Key

CHANGED = "templates_changed"
"""What a channel's row holds of the newest news: a listing from before it is out of date."""

_NO_REASON = "NONE"


def note(
    session: Session, items: Sequence[News], *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    """Note what news tell of templates; other news are passed over.

    Webhooks come late, twice and in any order, and tell less than a listing does: so the account's templates are
    listed again within minutes.
    """
    told = [
        value for item in items if isinstance(value := fields.read(item.name, item.payload), TemplateValue)
    ]
    if not told:
        return
    whose: OfOrganization = {"organization_id": organization_id}
    known = senders.sender(session, channel_id, **whose)
    if known is None:
        return
    for value in told:
        if value.message_template_name and value.language:
            _note(session, value, known[0], whose)
    now = clock.now()
    templates.mark(session, {CHANGED: now.isoformat()}, waba_id=known[0], **whose)
    gate.look_again(session, HoldReason.TEMPLATE, waba_id=known[0], now=now, **whose)


def _note(session: Session, value: TemplateValue, waba_id: str, whose: OfOrganization) -> None:
    key = storable.text(value.message_template_name or ""), storable.text(value.language)
    templates.note(
        session,
        key,
        waba_id=waba_id,
        now=clock.now(),
        meta_id=storable.text(value.message_template_id or ""),
        **_told(value),
        **whose,
    )
    if isinstance(value, TemplateComponentsValue):
        _reword(session, key, value, waba_id, whose)


def _told(value: TemplateValue) -> dict[str, str | None]:
    match value:
        case TemplateStatusValue():
            status = news.status_after(value.event or "")
            reason = value.reason if value.reason and value.reason != _NO_REASON else ""
            return {
                "status": status,
                "category": _stored(value.message_template_category),
                "rejected_reason": storable.text(reason) if status else None,
            }
        case TemplateQualityValue():
            return {"quality": _stored(value.new_quality_score)}
        case TemplateCategoryValue() if not value.is_announced:
            return {"category": _stored(value.new_category)}
        case _:
            return {}


def _stored(word: str | None) -> str | None:
    return storable.text(word) if word else None


def _reword(
    session: Session, key: Key, value: TemplateComponentsValue, waba_id: str, whose: OfOrganization
) -> None:
    known = templates.named(session, {key}, waba_id=waba_id, **whose).get(key)
    if known is not None:
        known.definition = news.reworded(known.definition, storable.tree(value.model_dump()))
