"""How a channel may send now: what is set, what Meta says of the number, and what its throttling has taught."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campotech_wa import clock
from campotech_wa.domain import pacing, window
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.domain.pacing import Quota
from campotech_wa.meta.account.number import Number
from campotech_wa.meta.shapes import as_object
from campotech_wa.services import gate, identity
from campotech_wa.services.credentials import Credentials
from campotech_wa.signals.pace import Window
from campotech_wa.store import channels, conversations, flows, people
from campotech_wa.store.transaction import reading


@dataclass(frozen=True, slots=True)
class Pace:
    """How a channel may send now."""

    window: Window
    quota: Quota
    per_second: float
    is_test_number: bool
    sender: gate.Sender
    keeps_room: bool
    """There is somebody whom a person could answer at any moment."""
    messaging_limit: str
    """Meta's word for how many people the business may begin with in a day."""
    stopped_for: timedelta | None = None
    """Meta has asked to wait that long."""

    @property
    def burst(self) -> int:
        """How many messages may leave at once; to claim more would only put them back."""
        return pacing.burst(self.per_second)

    def limit(self, lane: Lane, priority: Priority) -> int:
        """Return how full the window may be for a message of a kind."""
        return self.quota.limit(lane, priority, keeps_room=self.keeps_room)


def of(channel: Credentials) -> Pace:
    """Read how a channel may send; one with a pace of its own has a window to itself."""
    now = clock.now()
    with reading() as session:
        organization = people.organization(session, organization_id=channel.organization_id)
        flow = flows.get(session, channel.channel_id, organization_id=channel.organization_id)
        known = channels.by_id(session, channel.channel_id)
        keeps_room = conversations.can_any_be_answered(
            session,
            organization_id=channel.organization_id,
            channel_id=channel.channel_id,
            since=now - window.CUSTOMER_SERVICE_WINDOW,
        )
    info = known.info if known else {}
    number = Number.model_validate(as_object(info.get("number")))
    quota = pacing.quota(
        flow.sends_per_minute, organization.sends_per_minute, flow.factor, flow.factor_at, now=now
    )
    most = pacing.throughput(number.throughput.level, is_coexisting=number.is_coexisting)
    return Pace(
        window=f"channel:{channel.channel_id}" if quota.is_own else channel.organization_id,
        quota=quota,
        per_second=pacing.per_second(most, quota.factor),
        is_test_number=identity.is_test_number(info),
        sender=gate.sender_of(known) if known else gate.Sender("", ""),
        keeps_room=keeps_room,
        messaging_limit=number.messaging_limit,
        stopped_for=_left(flow.throttled_until, now),
    )


def _left(until: datetime | None, now: datetime) -> timedelta | None:
    return until - now if until and now < until else None
