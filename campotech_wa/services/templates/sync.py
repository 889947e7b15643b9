"""Read the templates of accounts from Meta: when an admin asks, once an hour, and soon after news of them."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId, OfOrganization
from campotech_wa.domain.outbox_state import HoldReason
from campotech_wa.errors import MetaError
from campotech_wa.meta.account import templates as meta
from campotech_wa.meta.account.templates import Template
from campotech_wa.meta.shapes import JsonObject
from campotech_wa.services import credentials, gate
from campotech_wa.services.account.line import Line, to
from campotech_wa.services.credentials import Credentials
from campotech_wa.signals import live
from campotech_wa.store import channels, templates
from campotech_wa.store.templates import Listed
from campotech_wa.store.transaction import reading, transaction

_FRESH = timedelta(hours=1)
_FRESH_AFTER_NEWS = timedelta(minutes=5)
"""Webhooks have told the most urgent part; Meta's management API counts calls by the hour (sending.md 7)."""

READ = "templates"
"""What a channel's row holds of the last reading: when, how many, and what went wrong."""

_NO_REASON = "NONE"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a reading of an account's templates came to."""

    waba_id: str
    listed: int
    changed: int
    """New, or other than they were."""
    gone: int
    """Listed no more."""


def sync(actor: Actor) -> tuple[Synced, ...]:
    """Read the templates of every account of the organization now.

    Raises:
        NotAllowed: only admins may.
        MetaError: Meta refused or failed.
    """
    actor.require(Permission.OPERATE)
    with reading() as session:
        known = channels.every(session, organization_id=actor.organization_id)
    one_each = {channel.waba_id: ChannelId(channel.id or 0) for channel in reversed(known)}
    return tuple(_read(channel) for channel in _credentials(one_each.values()))


def sync_due() -> None:
    """Read the templates of every account, of every organization, that were not read for too long.

    What Meta refuses is left alone for as long as if it had succeeded; what it does not answer is asked again.
    """
    now = clock.now()
    with reading() as session:
        unread = templates.unread(session, since=now - _FRESH, changed_since=now - _FRESH_AFTER_NEWS)
    for channel in _credentials(map(ChannelId, unread)):
        try:
            _read(channel)
        except MetaError as fault:
            log.warning("templates not read", extra={"channel_id": channel.channel_id, "code": fault.code})
            if fault.code is not None:
                with transaction() as tx:
                    _mark(tx.session, channel, now, {"fault": {"code": fault.code, "detail": fault.detail}})


def _credentials(channel_ids: Iterable[ChannelId]) -> list[Credentials]:
    found = (credentials.by_channel(channel_id) for channel_id in channel_ids)
    return [channel for channel in found if channel is not None]


def _read(channel: Credentials) -> Synced:
    began = clock.now()
    with to(channel) as line:
        listed = _listing(line)
    return _keep(channel, listed, began)


def _listing(line: Line) -> list[Listed]:
    found = meta.listing(line.graph, line.channel.waba_id)
    return [_listed(each) for each in found if each.name and each.language]


def _listed(template: Template) -> Listed:
    reason = template.rejected_reason
    return Listed(
        meta_id=storable.text(template.id),
        name=storable.text(template.name),
        language=storable.text(template.language),
        category=storable.text(template.category),
        status=storable.text(template.status),
        quality=storable.text(template.quality_score.score),
        rejected_reason="" if reason == _NO_REASON else storable.text(reason),
        definition=storable.tree(template.definition),
    )


def _keep(channel: Credentials, listed: list[Listed], began: datetime) -> Synced:
    now = clock.now()
    whose: OfOrganization = {"organization_id": channel.organization_id}
    with transaction() as tx:
        changed = templates.keep(tx.session, listed, waba_id=channel.waba_id, began=began, now=now, **whose)
        gone = templates.leave(tx.session, waba_id=channel.waba_id, began=began, now=now, **whose)
        _mark(tx.session, channel, began, {"listed": len(listed)})
        if changed or gone:
            gate.look_again(tx.session, HoldReason.TEMPLATE, waba_id=channel.waba_id, now=now, **whose)
            tx.after_commit(live.publish, live.Changed(channel.organization_id))
    return Synced(channel.waba_id, len(listed), changed, gone)


def _mark(session: Session, channel: Credentials, at: datetime, told: JsonObject) -> None:
    parts = storable.tree({READ: {"at": at.isoformat(), **told}})
    templates.mark(session, parts, organization_id=channel.organization_id, waba_id=channel.waba_id)
