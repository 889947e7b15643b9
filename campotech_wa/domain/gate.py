"""What must hold for a message to be handed over, and again at the moment it is about to leave.

What nobody here knows passes: Meta decides. Sending what Meta is known to refuse would burn the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from campotech_wa.domain import window
from campotech_wa.domain.outbox_state import HoldReason, Lane, lane_of
from campotech_wa.domain.templates.problems import Problem

_CUT_OFF = frozenset({"BANNED", "DELETED", "DISCONNECTED", "MIGRATED"})
"""States in which a number sends nothing (sending.md 4); in any other Meta may take a message."""

MARKETING = "MARKETING"
_REFUSED = {
    "PENDING": "template_pending",
    "IN_APPEAL": "template_pending",
    "REJECTED": "template_rejected",
    "PAUSED": "template_paused",
    "DISABLED": "template_disabled",
    "DELETED": "template_gone",
    "PENDING_DELETION": "template_gone",
    "ARCHIVED": "template_gone",
    "FLAGGED": "template_unusable",
    "LIMIT_EXCEEDED": "template_unusable",
    "LOCKED": "template_unusable",
}
"""Every state but the approved one that the reference lists: only an approved template is sent (sending.md 3.5)."""


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """A template as Meta last listed it, and what a message puts into it."""

    status: str
    """Meta's word; DELETED where it is listed no more, empty where only a webhook named it."""
    category: str
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the gate looks at."""

    type: str
    now: datetime
    last_inbound_at: datetime | None
    is_blocked: bool = False
    """The company has blocked the customer."""
    marketing_preference: str = ""
    """What the customer told Meta: stop, resume, signup or nothing."""
    channel_status: str = ""
    """Meta's word for the number; empty while it is unknown."""
    template: TemplateFacts | None = None
    """None for any other message, and for a template that nobody here knows."""
    has_lost_file: bool = False
    """A file of ours that it names is gone."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a message may not leave: ``code`` is stable and has a sentence in both languages."""

    reason: HoldReason
    code: str
    field: str
    limit: int | None = None
    count: int | None = None


def check(facts: Facts) -> Stopped | None:
    """Return what stops a message, what a person can mend last; None lets it pass."""
    return (
        _consent(facts)
        or _window(facts)
        or (_template(facts.template) if facts.template else None)
        or _file(facts)
        or _channel(facts)
    )


def _consent(facts: Facts) -> Stopped | None:
    if facts.is_blocked:
        return Stopped(HoldReason.CONSENT, "customer_blocked", "to")
    is_marketing = facts.template is not None and facts.template.category == MARKETING
    if is_marketing and facts.marketing_preference == "stop":
        return Stopped(HoldReason.CONSENT, "marketing_declined", "to")
    return None


def _window(facts: Facts) -> Stopped | None:
    is_free = lane_of(facts.type) is Lane.REPLY
    if is_free and not window.is_open(facts.last_inbound_at, now=facts.now):
        return Stopped(HoldReason.WINDOW, "window_closed", "type")
    return None


def _template(template: TemplateFacts) -> Stopped | None:
    refused = _REFUSED.get(template.status)
    if refused:
        return Stopped(HoldReason.TEMPLATE, refused, "template.name")
    for problem in template.problems:
        return Stopped(HoldReason.TEMPLATE, problem.code, problem.field, problem.limit, problem.count)
    return None


def _file(facts: Facts) -> Stopped | None:
    return Stopped(HoldReason.MEDIA, "file_gone", facts.type) if facts.has_lost_file else None


def _channel(facts: Facts) -> Stopped | None:
    is_cut_off = facts.channel_status in _CUT_OFF
    return Stopped(HoldReason.CHANNEL, "channel_disconnected", "phone_number_id") if is_cut_off else None
