"""Store what is no message: news of the account, of templates and numbers, and what customers want of marketing."""

import hashlib
import json
import logging
from collections.abc import Sequence

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import moments, storable
from campotech_wa.domain.message_state import MessageOrigin, MessageState
from campotech_wa.meta.inbound import News, Preference, fields
from campotech_wa.services import identity
from campotech_wa.services.process.scope import Scope
from campotech_wa.services.templates import news as templates
from campotech_wa.store import account_events, conversations, messages
from campotech_wa.store.account_events import NewEvent
from campotech_wa.store.messages import NewMessage

log = logging.getLogger(__name__)

PREFERENCES = "user_preferences"
"""The type of the line that a preference leaves in the thread."""


def store_all(session: Session, scope: Scope, items: Sequence[News]) -> None:
    """Keep each once: Meta repeats them as it does messages."""
    now = clock.now()
    for item in items:
        if fields.read(item.name, item.payload) is None:
            known = item.name if item.name in fields.FIELDS else "unknown"
            log.warning(
                "webhook field not understood", extra={"field": known, "channel_id": scope.channel_id}
            )
    account_events.add_all(
        session,
        [
            NewEvent(
                field=storable.text(item.name),
                event=storable.text(item.event)[:100],
                payload=storable.tree(item.payload),
                digest=_digest(item.name, str(item.at), item.payload),
                at=moments.refined(item.at, now=now),
            )
            for item in items
        ],
        **scope.whose,
    )
    templates.note(session, items, **scope.whose)
    scope.news = True


def preferences(session: Session, scope: Scope, items: Sequence[Preference]) -> None:
    """Note what a customer told Meta, and leave a line of it in the thread."""
    for item in items:
        customer_id = identity.recognise(session, item.person, **scope.whose)
        identity.note_preference(session, item, **scope.whose)
        threads = conversations.of_customers(session, {customer_id}, **scope.whose)
        now = clock.now()
        line = NewMessage(
            conversation_id=threads[customer_id],
            direction="inbound",
            origin=MessageOrigin.META,
            type=PREFERENCES,
            content=storable.tree(item.raw),
            envelope={},
            target_wamid=None,
            wamid=f"local.{_digest(item.person.wa_id, item.person.user_id, str(item.at), item.raw).hex()}",
            state=MessageState.RECEIVED,
            sent_at=moments.refined(item.at, now=now),
        )
        messages.add_all(session, [line], **scope.whose)
        scope.touched.add(threads[customer_id])


def _digest(*parts: object) -> bytes:
    canonical = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).digest()
