"""Whether a message may go by SMS instead: what is known of it goes in, nothing or the reason against it comes out.

Another way to the same person is for important transactional messages only: never for marketing, never against a
person's will, never because of a bug of ours (errors.md, section 2).
"""

from dataclasses import dataclass
from enum import StrEnum

from campotech_wa.domain import meta_errors
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.meta_errors import Sms
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.domain.sms_state import SmsReason

TRANSACTIONAL = frozenset({"UTILITY", "AUTHENTICATION"})
"""Meta's categories of templates that are no marketing (sending.md section 5)."""

OPT_OUTS = (130403, 131050)
"""Codes after which nothing goes round WhatsApp: somebody decided that the two do not talk (errors.md, section 2)."""


class WhyNot(StrEnum):
    """What speaks against an SMS."""

    OFF = "off"
    """The organization has not switched it on."""
    NO_TEXT = "no_text"
    """It is no template, or one without a text form."""
    MARKETING = "marketing"
    OPTED_OUT = "opted_out"
    NO_NUMBER = "no_number"
    """The customer has none, or a fixed line."""
    FORBIDDEN = "forbidden"
    """The failure is a bug, a policy or a person's will: another way round it is no answer."""
    NOT_URGENT = "not_urgent"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one message that WhatsApp may not deliver."""

    reason: SmsReason
    code: int | None
    """Meta's error, where one was told."""
    priority: Priority
    category: str | None
    """Of its template, in Meta's words; None where it has no text form."""
    number: str | None
    is_on: bool = True
    has_opted_out: bool = False
    """Of anything: staff blocked the customer, or the customer refused."""


def why_not(case: Case) -> WhyNot | None:
    """Return what speaks against an SMS; None when nothing does."""
    against = {
        WhyNot.OFF: not case.is_on,
        WhyNot.OPTED_OUT: case.has_opted_out or case.code in OPT_OUTS,
        WhyNot.NO_TEXT: case.category is None,
        WhyNot.MARKETING: case.category not in TRANSACTIONAL,
        WhyNot.FORBIDDEN: _permission(case) is Sms.NO,
        WhyNot.NOT_URGENT: not _is_pressing(case),
        WhyNot.NO_NUMBER: not case.number,
    }
    return next((reason for reason, holds in against.items() if holds), None)


def _permission(case: Case) -> Sms:
    """Return what the failure's class allows; what no error has ended may go unless something else forbids it."""
    match case.reason:
        case SmsReason.UNDELIVERABLE:
            return Sms.NO if case.code is None else meta_errors.find(case.code).sms
        case SmsReason.PANIC:
            return Sms.URGENT
        case SmsReason.NOT_DELIVERED | SmsReason.EXPIRED:
            return Sms.YES


def _is_pressing(case: Case) -> bool:
    """Tell whether it is worth an SMS: what WhatsApp may still deliver later has to matter by then."""
    if _permission(case) is Sms.URGENT:
        return case.priority is Priority.HIGH
    return case.reason is not SmsReason.NOT_DELIVERED or case.priority is not Priority.LOW


_WHILE = {
    SmsReason.UNDELIVERABLE: frozenset({MessageState.FAILED}),
    SmsReason.NOT_DELIVERED: frozenset({MessageState.SENT}),
    SmsReason.PANIC: frozenset({MessageState.QUEUED}),
    # Nobody knows of an unanswered one, and it was given up.
    SmsReason.EXPIRED: frozenset({MessageState.FAILED, MessageState.UNCONFIRMED}),
}


def is_still_needed(reason: SmsReason, state: MessageState) -> bool:
    """Tell whether the reason still holds by the time that the SMS would leave."""
    return state in _WHILE[reason]
