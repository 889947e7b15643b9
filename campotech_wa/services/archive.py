"""Read conversations and messages for other products, page by page."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campotech_wa.domain import window
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ConversationId, CustomerId, MessageId, OfOrganization
from campotech_wa.domain.media_state import MediaState
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services import attachments, identity
from campotech_wa.store import conversations, links, messages
from campotech_wa.store.conversations import After
from campotech_wa.store.messages import Before
from campotech_wa.store.transaction import reading
from campotech_wa.tables.conversations import Conversation, Customer, CustomerLink
from campotech_wa.tables.messages import WaMessage, WaMessageState
from campotech_wa.views import AttachmentView

JsonObject = dict[str, object]
Files = Mapping[int, Sequence[AttachmentView]]
"""The files of each message."""

LARGEST_PAGE = 100

_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, and where the next part begins."""

    data: list[JsonObject]
    next_cursor: str | None


def message(actor: Actor, message_id: MessageId) -> JsonObject:
    """Return one message with every state it has been in.

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
        files = attachments.of_messages(session, [message_id], **whose)
    return _message(found, files) | {"state_history": [_state(line) for line in history]}


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
        files = attachments.of_messages(session, [MessageId(one.id or 0) for one in found], **whose)
    last = found[limit - 1] if len(found) > limit else None
    return Page([_message(one, files) for one in found[:limit]], last and _cursor(last.sent_at, last.id))


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


def _message(found: WaMessage, files: Files) -> JsonObject:
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
        "attachments": [_attachment(file) for file in files.get(found.id or 0, ())],
        "state": found.state,
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


def _state(line: WaMessageState) -> JsonObject:
    return {
        "state": line.state,
        "at": line.at.isoformat(),
        "source": line.source,
        "error_code": line.error_code,
        "report": line.report or None,
    }


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
