"""Deal with what is owed: messages whose worker died, and messages without any sign of life."""

from datetime import timedelta
from typing import TYPE_CHECKING

from campotech_wa import clock
from campotech_wa.domain import fate
from campotech_wa.domain.fate import PATIENCE, Try
from campotech_wa.domain.message_state import Event
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.domain.verdict import Verdict
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver.ledger import Ledger
from campotech_wa.store import claims, events
from campotech_wa.store.attempts import Closed
from campotech_wa.store.claims import Owed
from campotech_wa.store.transaction import reading, transaction

if TYPE_CHECKING:
    from campotech_wa.domain.ids import OfChannel

_AT_ONCE = 64

SILENT = "No answer of Meta's to any of the tries."


def settle(channel: Credentials) -> None:
    """Decide about every row whose lease or grace period is over."""
    while _settle_some(channel):
        pass


def _settle_some(channel: Credentials) -> bool:
    """Decide about some; tells whether there may be more.

    A lease that ended means that its worker died: Meta may have accepted the message or not, and it waits for a
    status with our id (errors.md, policy X). Without one, and with no stored event left to read, it is sent again,
    or a person is told.
    """
    whose: OfChannel = {"organization_id": channel.organization_id, "channel_id": channel.channel_id}
    with reading() as session:
        states = claims.states_owed(session, channel.channel_id, now=clock.now())
        if OutboxState.UNCONFIRMED in states and events.any_pending(session, channel.channel_id):
            states -= {OutboxState.UNCONFIRMED}
    if not states:
        return False
    with transaction() as tx:
        found = claims.owed(tx.session, channel.channel_id, states, now=clock.now(), limit=_AT_ONCE)
        ledger = Ledger(tx, [row.message_id for row in found], **whose)
        for row in found:
            _decide(ledger, row)
        ledger.write()
        ledger.go_round()
        ledger.close_the_lines()
        return len(found) == _AT_ONCE


def _decide(ledger: Ledger, row: Owed) -> None:
    standing = ledger.standing(row.message_id)
    if standing is None:
        return
    if row.state is OutboxState.SENDING:
        ledger.close(Closed(row.message_id, row.last_attempt, "unconfirmed", Verdict.NONE))
        ledger.move(standing, Event.UNANSWERED, source="engine")
        ledger.wait(standing, OutboxState.UNCONFIRMED, ledger.now + PATIENCE[row.priority].grace)
    elif fate.silent(_try(ledger, row)):
        ledger.move(standing, Event.POSTPONED, source="engine")
        ledger.wait(standing, OutboxState.QUEUED, ledger.now)
    else:
        ledger.fail(standing, event=Event.GAVE_UP, code=None, detail=SILENT)


def _try(ledger: Ledger, row: Owed) -> Try:
    return Try(row.attempts, 0, row.priority, max(ledger.now - row.enters_at, timedelta(0)))
