"""Take the SMS that may leave now, and settle those that shall not.

A claim is a lease: a row whose worker died is due again by itself, and then nobody knows whether it left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from campotech_wa import clock
from campotech_wa.domain import sms_due, sms_limits
from campotech_wa.domain.ids import MessageId, OfOrganization, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.sms import is_still_needed
from campotech_wa.domain.sms_due import Due, Move
from campotech_wa.domain.sms_limits import GRACE, LEASE
from campotech_wa.domain.sms_state import SmsReason, SmsState
from campotech_wa.services.sms import accounts, announcing, considering
from campotech_wa.sms import Account
from campotech_wa.store import messages, people, sms
from campotech_wa.store.sms import Standing
from campotech_wa.store.transaction import Transaction, transaction
from campotech_wa.tables.sms import SmsAccount, SmsMessage

_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Letter:
    """One SMS that is about to leave."""

    sms_id: int
    organization_id: OrganizationId
    attempt: int
    recipient: str = field(repr=False)
    body: str = field(repr=False)
    callback_url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a look at the due rows brought."""

    account: Account
    letters: Sequence[Letter]
    has_settled: bool
    """Rows have been settled that shall not leave: behind them others may be due."""


def claim(organization_id: OrganizationId) -> Claimed | None:
    """Look at what is due, and take what may leave; None where there is no account."""
    whose: OfOrganization = {"organization_id": organization_id}
    with transaction() as tx:
        account = sms.lock_account(tx.session, **whose)
        if account is None:
            return None
        now = clock.now()
        rows = sms.due(tx.session, now=now, limit=_AT_ONCE, **whose)
        clerk = _Clerk(tx, account, now)
        clerk.go_through(rows)
        tx.session.flush()
        return Claimed(accounts.unsealed(account), clerk.letters, clerk.has_settled)


class _Clerk:
    """Moves the due rows of one organization, one after the other, within its limits."""

    def __init__(self, tx: Transaction, account: SmsAccount, now: datetime) -> None:
        self._tx, self._account, self._now = tx, account, now
        self._whose: OfOrganization = {"organization_id": OrganizationId(account.organization_id)}
        self.letters: list[Letter] = []
        self.has_settled = False

    def go_through(self, rows: Sequence[SmsMessage]) -> None:
        """Take what may leave, settle what shall not; what is beyond the pace stays as it is."""
        room, of_month = self._limits()
        wanted = self._wanted(rows)
        for row in rows:
            due = Due(SmsState(row.state), row.attempts, row.due_at, is_wanted=row.id in wanted)
            taken = len(self.letters)
            there = sms_due.move(due, now=self._now, room=room - taken, of_month=of_month - taken)
            if there is not None:
                self._apply(row, there)

    def _limits(self) -> tuple[int, int]:
        """Return how many may leave now, and how many more in this month."""
        zone = people.organization(self._tx.session, **self._whose).timezone
        began = sms_limits.month_begins(self._now, zone=zone)
        used = sms.used(self._tx.session, now=self._now, month_began=began, **self._whose)
        return self._account.per_minute - used.last_minute, self._account.monthly_cap - used.this_month

    def _wanted(self, rows: Sequence[SmsMessage]) -> set[int | None]:
        """Return those that are to leave still: much may have happened since they were considered."""
        if not self._account.is_on:
            return set()
        self._reword(rows)
        session, whose = self._tx.session, self._whose
        standings = sms.standings(session, [MessageId(row.message_id) for row in rows], **whose)
        refused = sms.opted_out(session, {row.recipient for row in rows}, **whose)
        return {
            row.id
            for row in rows
            if row.recipient not in refused and _holds(row, standings.get(MessageId(row.message_id)))
        }

    def _reword(self, rows: Sequence[SmsMessage]) -> None:
        """Say what a message says by now: what a panic holds up can still be changed."""
        for row in rows:
            if row.reason == SmsReason.PANIC and row.state == SmsState.WAITING:
                message = messages.get(self._tx.session, MessageId(row.message_id), **self._whose)
                row.body = considering.words(self._tx.session, message) if message else ""

    def _apply(self, row: SmsMessage, there: Move) -> None:
        row.state, row.error_code = there.state, there.fault or ""
        match there.state:
            case SmsState.SENDING:
                row.attempts, row.due_at = row.attempts + 1, self._now + LEASE
                self.letters.append(_letter(row, self._account.callback_key))
            case SmsState.UNCONFIRMED:
                row.due_at = self._now + GRACE
            case _:
                row.ended_at = self._now
        self.has_settled = self.has_settled or there.state is not SmsState.SENDING
        announcing.after(self._tx, row)


def _holds(row: SmsMessage, standing: Standing | None) -> bool:
    return (
        standing is not None
        and not standing.has_opted_out
        and row.also_by_whatsapp_at is None
        and bool(row.body)
        and is_still_needed(SmsReason(row.reason), MessageState(standing.message_state))
    )


def _letter(row: SmsMessage, callback_key: str) -> Letter:
    sms_id = row.id or 0
    return Letter(
        sms_id=sms_id,
        organization_id=OrganizationId(row.organization_id),
        attempt=row.attempts,
        recipient=row.recipient,
        body=row.body,
        callback_url=f"{accounts.callback_url(callback_key)}?{accounts.REFERENCE}={sms_id}",
    )
