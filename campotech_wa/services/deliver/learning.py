"""Take in whom messages reached, as answers and statuses tell it: apart from outcomes, none of which hangs on it."""

import logging
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import CustomerId
from campotech_wa.errors import CampotechError
from campotech_wa.meta.client import Answer
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services import identity
from campotech_wa.services.deliver.parcel import Parcel
from campotech_wa.services.identity import Reached
from campotech_wa.store import conversations
from campotech_wa.store.transaction import transaction

log = logging.getLogger(__name__)


def of_answer(parcel: Parcel, answer: Answer) -> None:
    """Learn whom a message reached; what could not be learnt now, the next answer will teach."""
    reached = Reached(parcel.address.wa_id, parcel.to, answer.wa_id, answer.user_id)
    if not parcel.address.is_taught_by(reached):
        return
    with _apart(parcel) as session:
        found = conversations.get(session, parcel.conversation_id, organization_id=parcel.organization_id)
        if found:
            identity.learn(session, CustomerId(found[0].customer_id), reached, **parcel.whose)


def of_status(parcel: Parcel, recipient: Person) -> None:
    """Learn who a status says it reached, where it says more than the number (webhooks.md section 5)."""
    if recipient.wa_id and recipient.user_id:
        with _apart(parcel) as session:
            if not identity.known(session, {recipient}, **parcel.whose):
                identity.recognise(session, recipient, **parcel.whose)


@contextmanager
def _apart(parcel: Parcel) -> Generator[Session]:
    """Open a transaction of its own, after that of the outcome, whose faults end nothing but it.

    A merge locks customers before their messages: who holds the message must not ask for the customer.
    """
    try:
        with transaction() as tx:
            yield tx.session
    except (DBAPIError, CampotechError, ValueError) as fault:
        log.warning(
            "recipient not learnt",
            extra={"message_id": parcel.message_id, "error_type": type(fault).__name__},
        )
