"""What becomes of a message that Meta did not take, and of its channel: one policy for each class of error.

The classes and the facts of each code stand in ``domain.meta_errors`` (errors.md, section 3); what we do about them
stands in ``POLICIES``, and the few codes that differ from their class in ``EXCEPTIONS``.
"""

from dataclasses import dataclass
from enum import StrEnum

from campotech_wa.domain import meta_errors
from campotech_wa.domain.meta_errors import Entry, ErrorClass, Retry
from campotech_wa.domain.verdict import Verdict


class Action(StrEnum):
    """What we do about a message that was not taken."""

    RETRY = "retry"
    """Try again with growing pauses, a few times, while the message still means something."""
    FAIL = "fail"
    """End it: the same request will fail again."""
    TEMPLATE = "ask_for_a_template"
    """End it, and propose an approved template instead."""
    SMS = "sms"
    """End it, and go round by SMS where that is allowed (``Entry.sms`` says it of other classes too)."""
    CREDENTIALS = "refresh_credentials"
    """Keep it: the whole channel waits for a token that works."""
    SLOW_DOWN = "slow_down"
    """Keep it, since a limit delays and never fails a message: the channel goes slower for a while."""
    WAIT = "wait"
    """Keep it: this customer waits, or this template, and the others go on."""
    PANIC = "panic"
    """Keep it: what of the channel Meta has restricted waits until it is free again."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do, and what it says of the channel's health."""

    action: Action
    verdict: Verdict = Verdict.EXCUSED


_EXCUSED = Policy(Action.FAIL)
_FAULT = Policy(Action.FAIL, Verdict.FAILURE)

POLICIES: dict[ErrorClass, Policy] = {
    # class                            what becomes of the message   how the channel's breaker counts it
    ErrorClass.AUTHORIZATION: Policy(Action.CREDENTIALS, Verdict.DENIED),
    ErrorClass.THROTTLE: Policy(Action.SLOW_DOWN, Verdict.THROTTLED),
    ErrorClass.INTEGRITY: Policy(Action.PANIC, Verdict.BARRED),
    ErrorClass.SERVICE: Policy(Action.RETRY, Verdict.FAILURE),
    ErrorClass.WINDOW: Policy(Action.TEMPLATE),
    ErrorClass.UNDELIVERABLE: Policy(Action.SMS),
    ErrorClass.RECIPIENT_WILL: _EXCUSED,
    ErrorClass.RECIPIENT_IDENTITY: _EXCUSED,
    ErrorClass.TEMPLATE: _EXCUSED,
    ErrorClass.MEDIA: _EXCUSED,
    ErrorClass.PARAMETER: _EXCUSED,
    ErrorClass.ACCOUNT: _FAULT,
    ErrorClass.BILLING: _FAULT,
    ErrorClass.CONFIGURATION: _FAULT,
    ErrorClass.UNKNOWN: _FAULT,
    # What follows is no answer to a message; should it be one all the same, the message ends and says why.
    ErrorClass.TEMPLATE_MANAGEMENT: _EXCUSED,
    ErrorClass.ANALYTICS: _EXCUSED,
    ErrorClass.INBOUND: _EXCUSED,
    ErrorClass.MIGRATION: _EXCUSED,
    ErrorClass.COEXISTENCE: _EXCUSED,
    ErrorClass.MANAGEMENT: _EXCUSED,
    ErrorClass.BLOCK_LIST: _EXCUSED,
    ErrorClass.USERNAME: _EXCUSED,
    ErrorClass.ROUTING: _EXCUSED,
    ErrorClass.SIGN_UP: _EXCUSED,
    ErrorClass.GROUP: _EXCUSED,
    ErrorClass.CALL: _EXCUSED,
    ErrorClass.FLOW: _EXCUSED,
}

SPAM_LIMIT, CLASSIFICATION_LIMIT = 131048, 131064

EXCEPTIONS: dict[int, Policy] = {
    # Limits that Meta sets for conduct: each further try worsens them, so they stop what began them.
    SPAM_LIMIT: Policy(Action.PANIC, Verdict.THROTTLED),
    CLASSIFICATION_LIMIT: Policy(Action.PANIC, Verdict.THROTTLED),
}
"""Codes that differ from their class."""

_ALL_AT_ONCE = frozenset({Action.PANIC, Action.SLOW_DOWN})


def of(entry: Entry) -> Policy:
    """Return the policy for one of Meta's errors.

    What concerns one recipient, template or country stops nobody else. An error that Meta itself calls passing, or
    after which the message may have been accepted, is tried again whatever its class.
    """
    policy = EXCEPTIONS.get(entry.code) or POLICIES[entry.kind]
    if policy.action in _ALL_AT_ONCE and not entry.breaker.is_of_the_channel:
        return Policy(Action.WAIT if policy.action is Action.SLOW_DOWN else Action.FAIL)
    if policy.action is Action.FAIL and (entry.passes_soon or entry.retry is Retry.AMBIGUOUS):
        return Policy(Action.RETRY, policy.verdict)
    return policy


def of_code(code: int | None) -> Policy:
    """Return the policy for a code; without one, the request got no usable answer."""
    return Policy(Action.RETRY, Verdict.FAILURE) if code is None else of(meta_errors.find(code))
