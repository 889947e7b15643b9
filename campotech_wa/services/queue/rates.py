"""How fast a number sends, how fast it may, and how much of it fails: beats go in, what a card shows comes out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from campotech_wa.domain import pacing, panic_grounds
from campotech_wa.domain.account_words import Saying, Tone
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.domain.pacing import Quota
from campotech_wa.domain.panic import Thresholds
from campotech_wa.queue_views import Moments, Rate
from campotech_wa.services.queue.flow import ceiling
from campotech_wa.store.pulse import Beat
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.outbox import ChannelFlow

_FULL = 0.999
"""A factor grows in steps and never quite reaches one by multiplication."""


@dataclass(frozen=True, slots=True)
class Recent:
    """What a number sent of late."""

    seconds: Moments
    minutes: Moments
    transmitted: int
    failed: int


@dataclass(frozen=True, slots=True)
class Health:
    """How much of what was transmitted of late failed."""

    share: str
    note: str
    tone: Tone


def of(beats: Sequence[Beat]) -> Recent:
    """Sum up the beats of one number."""
    return Recent(
        seconds=tuple((int(beat.at.timestamp()), beat.count) for beat in beats if not beat.is_minute),
        minutes=tuple((int(beat.at.timestamp()), beat.count) for beat in beats if beat.is_minute),
        transmitted=sum(beat.transmitted for beat in beats),
        failed=sum(beat.failed for beat in beats),
    )


def is_slowed(flow: ChannelFlow, *, now: datetime) -> bool:
    """Tell whether Meta's throttling holds the number back now."""
    is_waiting = flow.throttled_until is not None and flow.throttled_until > now
    return is_waiting or pacing.factor_now(flow.factor, flow.factor_at, now=now) < _FULL


def view(
    channel: Channel,
    flow: ChannelFlow,
    recent: Recent,
    *,
    reserved_from: Collection[tuple[Lane, Priority]],
    shared: int,
    now: datetime,
    locale: str,
) -> Rate:
    """Return what a card shows of the pace; ``reserved_from`` is what waits while room is kept for replies."""
    quota = pacing.quota(flow.sends_per_minute, shared, flow.factor, flow.factor_at, now=now)
    until = flow.throttled_until if flow.throttled_until and flow.throttled_until > now else None
    return Rate(
        limit=quota.most,
        own_limit=quota.per_minute if quota.is_own else 0,
        shared_limit=shared,
        ceiling=ceiling(channel),
        kept=_kept(quota, reserved_from, locale),
        seconds=recent.seconds,
        minutes=recent.minutes,
        slowed=_slowed(quota.factor, locale) if is_slowed(flow, now=now) else "",
        slowed_until=until.isoformat() if until else "",
    )


def health(recent: Recent, thresholds: Thresholds, locale: str) -> Health:
    """Say how much fails; below the fewest that mean anything, without alarm."""
    minutes = int(panic_grounds.WINDOW.total_seconds()) // 60
    note = Saying(
        f"{recent.failed} de {recent.transmitted} en los últimos {minutes} minutos",
        f"{recent.failed} of {recent.transmitted} in the last {minutes} minutes",
        Tone.QUIET,
    ).words(locale)
    if not recent.transmitted:
        nothing = Saying("Sin envíos recientes", "Nothing sent of late", Tone.QUIET)
        return Health("", nothing.words(locale), Tone.QUIET)
    share = f"{round(100 * recent.failed / recent.transmitted)} %"
    return Health(share, note, _tone(recent, thresholds))


def _tone(recent: Recent, thresholds: Thresholds) -> Tone:
    counted = (recent.failed, recent.transmitted)
    if panic_grounds.exceeds(*counted, thresholds.panic_percent):
        return Tone.BAD
    if panic_grounds.exceeds(*counted, thresholds.alert_percent):
        return Tone.WARN
    return Tone.GOOD if not recent.failed else Tone.QUIET


def _kept(quota: Quota, waiting: Collection[tuple[Lane, Priority]], locale: str) -> str:
    reach = max((quota.limit(*kind, keeps_room=True) for kind in waiting), default=quota.most)
    if reach == quota.most:
        return ""
    return Saying(
        f"Lo que espera usa hasta {reach}: el resto queda para que las respuestas de una persona salgan al instante.",
        f"What waits uses up to {reach}: the rest is kept so that a person's replies leave at once.",
        Tone.QUIET,
    ).words(locale)


def _slowed(factor: float, locale: str) -> str:
    percent = max(1, round(100 * factor))
    return Saying(
        f"Meta pidió ir más despacio: los envíos van al {percent} % del ritmo. Se recupera solo.",
        f"Meta asked to slow down: sends go at {percent} % of the pace. It recovers by itself.",
        Tone.WARN,
    ).words(locale)
