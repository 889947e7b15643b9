"""Take in what a provider tells of an SMS it has: late, early, twice or out of order, with the same end."""

import logging

from campotech_wa import clock
from campotech_wa.domain.ids import MessageId, OfOrganization, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.sms_errors import SmsFault
from campotech_wa.domain.sms_state import SmsReason, SmsState, advance
from campotech_wa.errors import CampotechError, NotFound
from campotech_wa.services.sms import accounts, announcing, considering
from campotech_wa.services.sms.draining import accept
from campotech_wa.sms import callbacks, signature
from campotech_wa.sms.callbacks import Report
from campotech_wa.store import messages, outbox, sms
from campotech_wa.store.transaction import Transaction, reading, transaction
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.sms import SmsMessage

log = logging.getLogger(__name__)

_LARGEST_ID = 2**63 - 1
_MOST_DIGITS = len(str(_LARGEST_ID))


class BadSignature(CampotechError):
    """The request does not come from the provider."""


def receive(callback_key: str, query: str, body: bytes, header: str | None) -> None:
    """Take in one callback; ``query`` is what followed the address, as it came.

    Raises:
        NotFound: nobody has this key.
        Malformed: the body is no form.
        BadSignature: it is not the account's provider who calls.
    """
    with reading() as session:
        account = sms.by_callback_key(session, callback_key)
    if account is None:
        raise NotFound("No such callback key.")
    form = callbacks.fields(body)
    url = accounts.callback_url(callback_key) + (f"?{query}" if query else "")
    token = accounts.unsealed(account).auth_token
    if not token or not signature.is_genuine(url, form, header, auth_token=token):
        raise BadSignature("The signature does not fit.")
    report = callbacks.read(form)
    if report is not None:
        _take_in(report, _reference(query), {"organization_id": OrganizationId(account.organization_id)})


def _take_in(report: Report, sms_id: int | None, whose: OfOrganization) -> None:
    with transaction() as tx:
        found = sms.find(tx.session, provider_sid=report.sid, sms_id=sms_id, **whose)
        if found is None:
            log.info("callback of an unknown sms")
            return
        # A message is locked before its SMS, as everywhere.
        message = messages.lock(tx.session, MessageId(found.message_id), **whose)
        row = sms.lock(tx.session, found.id or 0, **whose)
        if message is not None and row is not None and _is_news(row, report):
            _apply(tx, row, report)
            _spare(tx, row, message)
            announcing.after(tx, row)


def _is_news(row: SmsMessage, report: Report) -> bool:
    """Tell whether a report moves the row. The failure of another copy says nothing of this one."""
    if report.state is SmsState.FAILED and row.provider_sid not in {"", report.sid}:
        return False
    return advance(SmsState(row.state), report.state) != row.state


def _apply(tx: Transaction, row: SmsMessage, report: Report) -> None:
    now = clock.now()
    accept(row, report.sid)
    row.state = advance(SmsState(row.state), report.state)
    if row.state == SmsState.DELIVERED:
        row.delivered_at, row.ended_at = now, now
        row.error_code = row.error_detail = ""
    elif row.state == SmsState.FAILED:
        row.ended_at, row.error_code = now, report.error_code or SmsFault.UNKNOWN
    tx.session.flush()


def _spare(tx: Transaction, row: SmsMessage, message: WaMessage) -> None:
    """Take an urgent message out of the queue that a panic holds up: the customer has it, by SMS.

    Not one that says something else by now: the customer has only what it said before.
    """
    whose: OfOrganization = {"organization_id": OrganizationId(row.organization_id)}
    if row.state != SmsState.DELIVERED or row.reason != SmsReason.PANIC:
        return
    if considering.words(tx.session, message) != row.body:
        return
    if message.state != MessageState.QUEUED or not outbox.cancel(
        tx.session, MessageId(row.message_id), **whose
    ):
        return
    message.state = MessageState.CANCELLED
    messages.add_state(
        tx.session,
        MessageId(row.message_id),
        MessageState.CANCELLED,
        at=clock.now(),
        source="engine",
        **whose,
    )
    tx.session.flush()


def _reference(query: str) -> int | None:
    named = dict(callbacks.fields(query.encode(errors="surrogateescape"))).get(accounts.REFERENCE, "")
    is_id = named.isascii() and named.isdecimal() and len(named) <= _MOST_DIGITS and int(named) <= _LARGEST_ID
    return int(named) if is_id else None
