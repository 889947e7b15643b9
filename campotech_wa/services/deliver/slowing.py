"""Adapt a channel's pace to a batch of verdicts: slower when Meta throttles it, on when Meta takes messages again."""

import random
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain import pacing
from campotech_wa.domain.ids import ChannelId, OfChannel, OrganizationId
from campotech_wa.domain.verdict import Verdict
from campotech_wa.services.deliver.parcel import Parcel
from campotech_wa.store import attempts, flows


def adapt(
    session: Session,
    verdicts: Sequence[tuple[Parcel, Verdict]],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
) -> None:
    """Change the pace at most once for a batch.

    What was claimed before the pace last changed says nothing of the pace now: many that left together are throttled
    together, and that is one throttle.
    """
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    flow = flows.get(session, **whose)
    told = {
        verdict for parcel, verdict in verdicts if not flow.factor_at or parcel.claimed_at > flow.factor_at
    }
    if Verdict.THROTTLED in told and _is_too_fast(session, now, whose):
        factor = pacing.slower(pacing.factor_now(flow.factor, flow.factor_at, now=now))
        until = now + pacing.pause(flow.throttles, jitter=random.random())  # noqa: S311  (spreads load, guards nothing)
        flows.throttle(session, factor=factor, until=until, now=now, **whose)
    elif flow.throttles and Verdict.SUCCESS in told:
        flows.calm(session, **whose)


def _is_too_fast(session: Session, now: datetime, whose: OfChannel) -> bool:
    since = now - pacing.SAMPLE_AGE
    return pacing.is_too_fast(*attempts.throttled(session, since=since, most=pacing.SAMPLE, **whose))
