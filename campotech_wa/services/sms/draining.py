"""Send an organization's SMS: claim, call, record; several at once, none of them twice without need."""

import asyncio
import logging
import random
from collections.abc import Callable

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.domain.sms_errors import SmsFault
from campotech_wa.domain.sms_limits import GRACE, retry_delay
from campotech_wa.domain.sms_state import SmsState, advance
from campotech_wa.errors import SmsBusy, SmsError, SmsUnconfirmed
from campotech_wa.services.sms import announcing, claiming
from campotech_wa.services.sms.claiming import Letter
from campotech_wa.sms import Accepted, Account, Provider
from campotech_wa.store import sms
from campotech_wa.store.transaction import transaction
from campotech_wa.tables.sms import SmsMessage

log = logging.getLogger(__name__)

Outcome = Accepted | SmsError
"""What became of a letter."""

_LONGEST_DETAIL = 500


async def drain(
    organization_id: OrganizationId, provider: Provider, *, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Send everything that is due and within the limits. Safe to call twice: what one has taken, the other leaves.

    Once ``is_stopping``, nothing more is claimed, and what is under way is finished.
    """
    while not is_stopping():
        claimed = await asyncio.to_thread(claiming.claim, organization_id)
        if claimed is None or not (claimed.letters or claimed.has_settled):
            return
        await asyncio.gather(*(_send(letter, claimed.account, provider) for letter in claimed.letters))


async def _send(letter: Letter, account: Account, provider: Provider) -> None:
    outcome: Outcome
    try:
        outcome = await provider.send(
            account, letter.recipient, letter.body, callback_url=letter.callback_url
        )
    except SmsError as fault:
        outcome = fault
        log.warning(
            "sms not accepted",
            extra={"sms_id": letter.sms_id, "attempt": letter.attempt, "code": fault.code,
                   "error_type": type(fault).__name__},
        )  # fmt: skip
    await asyncio.to_thread(record, letter, outcome)


def record(letter: Letter, outcome: Outcome) -> None:
    """Write down what became of a letter; safe to call after a callback has told the same or more."""
    with transaction() as tx:
        row = sms.lock(tx.session, letter.sms_id, organization_id=letter.organization_id)
        if row is None:
            return
        if isinstance(outcome, Accepted):
            accept(row, outcome.sid, segments=outcome.segments)
        elif row.state == SmsState.SENDING and row.attempts == letter.attempt:
            _settle(row, outcome)
        tx.session.flush()
        announcing.after(tx, row)


def accept(row: SmsMessage, sid: str, *, segments: int = 0) -> None:
    """Note that the provider has an SMS. The first id it told stays: a second request was a second copy."""
    row.provider_sid = row.provider_sid or storable.text(sid)[:64]
    row.segments = row.segments or segments
    row.left_at = row.left_at or clock.now()
    row.state = advance(SmsState(row.state), SmsState.SENT)


def _settle(row: SmsMessage, fault: SmsError) -> None:
    """Decide what follows: a wait for the callback, another try, or the end."""
    now = clock.now()
    delay = retry_delay(row.attempts, jitter=random.random())  # noqa: S311  (spreads load, guards nothing)
    if isinstance(fault, SmsUnconfirmed):
        row.state, row.due_at = SmsState.UNCONFIRMED, now + GRACE
    elif row.also_by_whatsapp_at is not None:
        row.state, row.ended_at, row.also_by_whatsapp_at = SmsState.CANCELLED, now, None
    elif isinstance(fault, SmsBusy) and delay is not None:
        row.state, row.due_at = SmsState.WAITING, now + delay
    else:
        row.state, row.ended_at = SmsState.FAILED, now
        row.error_code = fault.code or SmsFault.UNKNOWN
        row.error_detail = storable.text(fault.detail)[:_LONGEST_DETAIL]
