"""Read conversations and messages for other products, page by page; a message alone with all that became of it."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain import queue_words, window
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ConversationId, CustomerId, MessageId, OfOrganization, OrganizationId
from campotech_wa.domain.locale import ENGLISH
from campotech_wa.domain.media_state import MediaState
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import OutboxState, Priority
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.meta.shapes import as_object
from campotech_wa.services import attachments, identity, sms
from campotech_wa.store import conversations, links, messages, outbox
from campotech_wa.store.conversations import After
from campotech_wa.store.messages import Before
from campotech_wa.store.transaction import reading
from campotech_wa.tables.conversations import Conversation, Customer, CustomerLink
from campotech_wa.tables.messages import WaMessage, WaMessageState, WaSendAttempt
from campotech_wa.tables.outbox import OutboxEntry
from campotech_wa.views import AttachmentView

JsonObject = dict[str, object]
LARGEST_PAGE = 100

_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Around:
    """What belongs to messages and stands in other tables, by message."""

    files: Mapping[int, Sequence[AttachmentView]]
    waiting: Mapping[MessageId, OutboxEntry]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, and where the next part begins."""

    data: list[JsonObject]
    next_cursor: str | None


def message(actor: Actor, message_id: MessageId) -> JsonObject:
    """Return one message with every state it has been in, every request for it, and what Meta charges.

    Raises:
        NotFound: it is not of the actor's organization.
    """
    actor.require(Permission.READ)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        found = messages.get(session, message_id, **whose)
        if found is None:
            raise NotFound("No such message.")
        history = messages.history(session, message_id, **whose)
        tried = messages.attempts(session, message_id, **whose)
        around = _around(session, [found], **whose)
        by_sms = sms.of_message(session, message_id, **whose)
    return _message(found, around) | {
        "sms": by_sms,
        "price": _price(history),
        "attempts": [_attempt(one) for one in tried],
        "state_history": [_state(line) for line in history],
    }


def conversation_messages(
    actor: Actor, conversation_id: ConversationId, *, limit: int, cursor: str | None
) -> Page:
    """Return messages of a conversation, newest first.

    Raises:
        NotFound: it is not of the actor's organization.
        InvalidInput: the cursor is not one of ours.
    """
    actor.require(Permission.READ)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    before = Before(*_read_cursor(cursor)) if cursor else None
    with reading() as session:
        conversation = conversations.get(session, conversation_id, **whose)
        if conversation is None:
            raise NotFound("No such conversation.")
        # It may have been merged into another one, whose messages these are now.
        meant = ConversationId(conversation[0].id or 0)
        found = messages.thread(session, meant, limit=limit + 1, before=before, **whose)
        around = _around(session, found, **whose)
    last = found[limit - 1] if len(found) > limit else None
    return Page([_message(one, around) for one in found[:limit]], last and _cursor(last.sent_at, last.id))


def conversation_list(actor: Actor, *, limit: int, cursor: str | None, q: str, unread: bool | None) -> Page:
    """Return conversations, newest first; ``q`` is a part of a name, a username or a number, in any spelling.

    Raises:
        InvalidInput: the cursor is not one of ours.
    """
    actor.require(Permission.READ)
    after = After(*_read_cursor(cursor)) if cursor else None
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        found = conversations.page(
            session,
            limit=limit + 1,
            search=identity.wanted(session, q, **whose),
            after=after,
            unread=unread,
            **whose,
        )
        seen = links.last_seen(session, {CustomerId(one.customer_id) for one, _, _ in found}, **whose)
    last = found[limit - 1][0] if len(found) > limit else None
    return Page(
        [
            _conversation(one, customer, seen.get((one.customer_id, one.channel_id)))
            for one, customer, _ in found[:limit]
        ],
        last and _cursor(last.last_message_at, last.id),
    )


def _conversation(conversation: Conversation, customer: Customer, link: CustomerLink | None) -> JsonObject:
    closes = window.expires_at(conversation.last_inbound_at)
    return {
        "id": conversation.id,
        "customer": {
            "id": customer.id,
            "name": customer.profile_name,
            "wa_id": customer.wa_id,
            "username": link.username if link else "",
            "user_id": link.user_id if link else None,
        },
        "unread_count": conversation.unread_count,
        "last_message_at": conversation.last_message_at.isoformat(),
        "window_expires_at": closes.isoformat() if closes else None,
    }


def _around(session: Session, found: Sequence[WaMessage], *, organization_id: OrganizationId) -> _Around:
    whose: OfOrganization = {"organization_id": organization_id}
    ids = [MessageId(one.id or 0) for one in found]
    ours = [MessageId(one.id or 0) for one in found if one.state == MessageState.QUEUED]
    return _Around(
        attachments.of_messages(session, ids, **whose),
        outbox.of_messages(session, ours, **whose),
    )


def _message(found: WaMessage, around: _Around) -> JsonObject:
    failed = found.error_code is not None or found.error_detail
    return {
        "id": found.id,
        "conversation_id": found.conversation_id,
        "direction": found.direction,
        "origin": found.origin,
        "type": found.type,
        "content": found.content,
        "envelope": found.envelope,
        "about_message_id": found.target_wamid,
        "attachments": [_attachment(file) for file in around.files.get(found.id or 0, ())],
        "state": found.state,
        "priority": Priority(found.priority).word if found.direction == "outbound" else None,
        "send_at": found.send_at.isoformat() if found.send_at else None,
        "held": _held(around.waiting.get(MessageId(found.id or 0))),
        "wa_message_id": found.wamid,
        "sent_at": found.sent_at.isoformat(),
        "error": {"code": found.error_code, "detail": found.error_detail} if failed else None,
    }


def _attachment(file: AttachmentView) -> JsonObject:
    stored = file.state == MediaState.STORED
    return {
        "id": file.id,
        "kind": file.kind,
        "state": file.state,
        "url": f"/api/v1/media/{file.id}" if stored else None,
        "filename": file.filename,
        "mime_type": file.mime_type,
        "size": file.size if stored else None,
        "duration_ms": file.duration_ms or None,
        "error": file.error or None,
    }


def _held(entry: OutboxEntry | None) -> JsonObject | None:
    if entry is None or entry.state != OutboxState.HELD:
        return None
    return {"reason": entry.hold_reason, "detail": queue_words.held(entry.hold_reason, locale=ENGLISH)}


def _price(history: Sequence[WaMessageState]) -> JsonObject | None:
    """Return what Meta last said of the price (webhooks.md 4.3)."""
    told = (as_object(line.report.get("pricing")) for line in reversed(history))
    pricing = next(filter(None, told), None)
    if pricing is None:
        return None
    return {name: pricing.get(name) for name in ("category", "billable", "type", "pricing_model")}


def _attempt(tried: WaSendAttempt) -> JsonObject:
    return {
        "number": tried.number,
        "started_at": tried.started_at.isoformat(),
        "finished_at": tried.finished_at.isoformat() if tried.finished_at else None,
        "outcome": tried.outcome,
        "error_code": tried.error_code,
        "wa_message_id": tried.wamid,
    }


def _state(line: WaMessageState) -> JsonObject:
    told: JsonObject = {"state": line.state, "at": line.at.isoformat(), "source": line.source}
    if line.source == "desk":
        return told | {"by_user_id": line.report.get("by"), "before": line.report.get("before")}
    return told | {"error_code": line.error_code, "report": line.report or None}


def _cursor(moment: datetime, row_id: int | None) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{row_id}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    try:
        moment, _, row_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        place = datetime.fromisoformat(moment), int(row_id)
    except (ValueError, binascii.Error):
        raise _foreign_cursor() from None
    if place[0].tzinfo is None or not 0 < place[1] <= _LARGEST_ID:
        raise _foreign_cursor()
    return place


def _foreign_cursor() -> InvalidInput:
    return InvalidInput("cursor", field="cursor", detail="cursor is not one that this API gave.")
