"""Decide whether a message goes by SMS, and take that back when WhatsApp delivers after all.

Whoever calls holds the message's lock: what is decided here and what Meta reports meanwhile can not pass each other.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import sms as rules
from campotech_wa.domain import sms_number
from campotech_wa.domain.ids import ConversationId, MessageId, OfOrganization, OrganizationId, WaId
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.domain.sms import Case, WhyNot
from campotech_wa.domain.sms_limits import AMBIGUITY
from campotech_wa.domain.sms_state import SmsReason, SmsState
from campotech_wa.services import templates
from campotech_wa.services.templates import TextForm
from campotech_wa.store import conversations, messages, sms
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.sms import SmsAccount


def consider(
    session: Session,
    message: WaMessage,
    *,
    reason: SmsReason,
    code: int | None = None,
    is_ambiguous: bool = False,
) -> WhyNot | None:
    """Have a message go by SMS, if it may; returns what speaks against it.

    To be called when a *status* told ``code`` (never for the answer to a request alone), when a message was given
    up for its age, or while a panic holds up an urgent one. ``is_ambiguous``: a request for it left and was never
    answered, so the SMS waits for a sign of it first (errors.md, section 4.10).
    """
    account = sms.account(session, organization_id=OrganizationId(message.organization_id))
    if account is None:
        return WhyNot.OFF
    delay = AMBIGUITY if is_ambiguous else timedelta(0)
    return _decide(session, message, account, reason=reason, code=code, delay=delay)


def expect(session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId) -> None:
    """Have messages that Meta has just accepted go by SMS unless they are delivered in time."""
    account = sms.account(session, organization_id=organization_id) if message_ids else None
    if account is None or not account.is_on or account.undelivered_minutes is None:
        return
    delay = timedelta(minutes=account.undelivered_minutes)
    for message in messages.every(session, message_ids, organization_id=organization_id):
        if message.type == "template":
            _decide(session, message, account, reason=SmsReason.NOT_DELIVERED, code=None, delay=delay)


def words(session: Session, message: WaMessage) -> str:
    """Return what a message says by now, as an SMS; empty where it has no text form."""
    whose: OfOrganization = {"organization_id": OrganizationId(message.organization_id)}
    form = _letter(session, message, whose).form
    return form.text if form else ""


def cancel_for_delivered(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId, at: datetime
) -> None:
    """Take in that WhatsApp has delivered messages: a waiting SMS is cancelled, one that left was the second copy."""
    sms.delivered_by_whatsapp(session, message_ids, organization_id=organization_id, at=at)


def _decide(
    session: Session,
    message: WaMessage,
    account: SmsAccount,
    *,
    reason: SmsReason,
    code: int | None,
    delay: timedelta,
) -> WhyNot | None:
    whose: OfOrganization = {"organization_id": OrganizationId(message.organization_id)}
    message_id = MessageId(message.id or 0)
    letter = _letter(session, message, whose)
    case = Case(
        reason=reason,
        code=code,
        priority=Priority(message.priority),
        category=letter.form.category if letter.form else None,
        number=letter.number,
        is_on=account.is_on,
        has_opted_out=_has_opted_out(session, message_id, letter, whose),
    )
    against = rules.why_not(case)
    if against or letter.form is None:
        sms.withdraw(session, [message_id], now=clock.now(), **whose)
        return against
    sms.put(
        session,
        message_id=message_id,
        conversation_id=message.conversation_id,
        recipient=letter.number,
        body=letter.form.text,
        reason=reason,
        state=SmsState.WAITING,
        due_at=clock.now() + delay,
        **whose,
    )
    return None


@dataclass(frozen=True, slots=True)
class _Letter:
    """What an SMS would say, and to which number; None for what there is not."""

    form: TextForm | None
    number: str | None = field(repr=False)


def _letter(session: Session, message: WaMessage, whose: OfOrganization) -> _Letter:
    found = conversations.get(session, ConversationId(message.conversation_id), **whose)
    if found is None or message.type != "template":
        return _Letter(None, None)
    _, customer, channel = found
    form = templates.text_form(session, message.content, waba_id=channel.waba_id, **whose)
    return _Letter(form, sms_number.of(WaId(customer.wa_id)) if customer.wa_id else None)


def _has_opted_out(session: Session, message_id: MessageId, letter: _Letter, whose: OfOrganization) -> bool:
    standing = sms.standings(session, [message_id], **whose).get(message_id)
    refused = sms.opted_out(session, [letter.number or ""], **whose)
    return bool(refused) or (standing is not None and standing.has_opted_out)
