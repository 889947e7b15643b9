"""Let messages pass, or say what stops them: when they are written, when they leave, and while they are held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from campotech_wa.domain import gate, walk, wording_gate
from campotech_wa.domain.gate import Facts, Stopped, TemplateFacts
from campotech_wa.domain.ids import (
    ChannelId,
    ConversationId,
    MessageId,
    OfChannel,
    OfOrganization,
    OrganizationId,
)
from campotech_wa.domain.outbox_state import HoldReason
from campotech_wa.domain.templates import problems
from campotech_wa.errors import InvalidInput, WindowClosed
from campotech_wa.meta.outbound import local_media
from campotech_wa.meta.shapes import as_object, as_text
from campotech_wa.store import gate as store
from campotech_wa.store import outbox, templates
from campotech_wa.store.claims import Head
from campotech_wa.store.gate import Held
from campotech_wa.store.templates import Key
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.conversations import Conversation, Customer
from campotech_wa.tables.templates import WaTemplate

_TEMPLATE = "template"

_LOOK_AGAIN = {
    HoldReason.WINDOW: timedelta(minutes=10),
    HoldReason.TEMPLATE: timedelta(minutes=10),
    HoldReason.MEDIA: timedelta(minutes=10),
    HoldReason.CONSENT: timedelta(minutes=1),
    HoldReason.CHANNEL: timedelta(minutes=1),
}
"""Between two looks at a held message. A message of the customer's and news of the template have it looked at by
themselves, a file does not come back: there the look only makes good what was missed."""

_AT_ONCE = 500
"""Held messages looked at in one transaction."""


_NO_ROW = MessageId(0)


@dataclass(frozen=True, slots=True)
class Written:
    """A message that was just written and has no row yet."""

    type: str
    content: dict[str, Any] = field(repr=False)
    last_inbound_at: datetime | None
    blocked_at: datetime | None
    marketing_preference: str
    message_id: MessageId = _NO_ROW


Leaving = Written | Head | Held
"""A message with what is known of its customer: just written, about to leave, or held."""


class Sender(NamedTuple):
    """The number that a message leaves from: what the gate asks of a channel."""

    waba_id: str
    status: str
    """Meta's word for the number; empty while it is unknown."""


def written(kind: str, content: dict[str, Any], conversation: Conversation, customer: Customer) -> Written:
    """Return a message that was just written to a customer."""
    return Written(
        type=kind,
        content=content,
        last_inbound_at=conversation.last_inbound_at,
        blocked_at=customer.blocked_at,
        marketing_preference=customer.marketing_preference,
    )


def sender_of(channel: Channel) -> Sender:
    """Return the sender that a channel is, from its row."""
    return Sender(channel.waba_id, as_text(as_object(channel.info.get("number")).get("status")))


def check(
    session: Session,
    messages: Sequence[Leaving],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    sender: Sender | None = None,
) -> dict[MessageId, Stopped]:
    """Return what stops messages of one channel; those that are not in it pass.

    At most three statements however many they are: the channel unless ``sender`` is given, the templates if there are
    any, and the files if there are any. ``now`` is when they will leave: for a scheduled message, its time.
    """
    whose: OfOrganization = {"organization_id": organization_id}
    sender = sender or _sender(session, channel_id, organization_id)
    known = _templates(session, messages, sender, whose)
    lost = _lost(session, messages, whose)
    stopped = {each.message_id: gate.check(_facts(each, sender, known, lost, now)) for each in messages}
    return {message_id: why for message_id, why in stopped.items() if why is not None}


def admit(
    session: Session,
    message: Written,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
) -> None:
    """Let a message be written.

    Raises:
        WindowClosed: free text, and the customer wrote more than 24 hours before ``now``.
        InvalidInput: something else stops it; says what, and which field.
    """
    found = check(session, [message], organization_id=organization_id, channel_id=channel_id, now=now)
    for stopped in found.values():
        raise _refusal(stopped)


def release(
    session: Session,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    conversation_ids: Collection[ConversationId] | None = None,
) -> Sequence[MessageId]:
    """Let held messages go on whose condition is met by now; returns them, the caller wakes the drain.

    Looks at those of ``conversation_ids``, whose customers have just written; without any, at those whose next look
    is due. What is still stopped is left alone for a while. The last thing to do in a transaction.
    """
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    if conversation_ids is None:
        held = store.held_due(session, now=now, limit=_AT_ONCE, **whose)
    else:
        held = store.held_in(session, conversation_ids, limit=_AT_ONCE, **whose)
    if not held:
        return []
    stopped = check(session, held, now=now, **whose)
    kept = [(each, why.reason, now + _LOOK_AGAIN[why.reason]) for each, why in stopped.items()]
    store.keep(session, kept, organization_id=organization_id)
    free = [each.message_id for each in held if each.message_id not in stopped]
    outbox.release(session, free, organization_id=organization_id)
    return free


def look_again(
    session: Session, reason: HoldReason, *, organization_id: OrganizationId, waba_id: str, now: datetime
) -> None:
    """Have the next sweep look at whatever an account holds for a reason: something about it has changed."""
    store.look_now(session, reason, organization_id=organization_id, waba_id=waba_id, now=now)


def _sender(session: Session, channel_id: ChannelId, organization_id: OrganizationId) -> Sender:
    return Sender(*(store.sender(session, channel_id, organization_id=organization_id) or ("", "")))


def _templates(
    session: Session, messages: Sequence[Leaving], sender: Sender, whose: OfOrganization
) -> Mapping[Key, WaTemplate]:
    keys = {_key(each) for each in messages if each.type == _TEMPLATE}
    return templates.named(session, keys, waba_id=sender.waba_id, **whose) if keys else {}


def _lost(session: Session, messages: Sequence[Leaving], whose: OfOrganization) -> frozenset[int]:
    """Return the files of ours that messages name and that are gone."""
    named = {file_id for each in messages for file_id in local_media(each.content)}
    return frozenset(named - store.kept_files(session, named, **whose)) if named else frozenset()


def _facts(
    message: Leaving, sender: Sender, known: Mapping[Key, WaTemplate], lost: frozenset[int], now: datetime
) -> Facts:
    template = known.get(_key(message)) if message.type == _TEMPLATE else None
    return Facts(
        type=message.type,
        now=now,
        last_inbound_at=message.last_inbound_at,
        is_blocked=message.blocked_at is not None,
        marketing_preference=message.marketing_preference,
        channel_status=sender.status,
        template=template and _template(message, template),
        has_lost_file=bool(lost) and not lost.isdisjoint(local_media(message.content)),
    )


def _template(message: Leaving, known: WaTemplate) -> TemplateFacts:
    return TemplateFacts(
        status=known.status,
        category=known.category,
        problems=problems.find(message.content, known.definition),
    )


def _key(message: Leaving) -> Key:
    return walk.text(message.content, "name"), walk.text(message.content, "language", "code")


def _refusal(stopped: Stopped) -> InvalidInput:
    if stopped.reason is HoldReason.WINDOW:
        return WindowClosed()
    return InvalidInput(
        stopped.code,
        field=stopped.field,
        detail=wording_gate.detail(stopped),
        limit=stopped.limit,
        count=stopped.count,
    )
