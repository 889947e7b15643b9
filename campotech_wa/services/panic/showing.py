"""What is shown of panics: the banner on every page, and the state and history of each number."""

from collections import defaultdict
from collections.abc import Sequence

from campotech_wa import clock
from campotech_wa.domain import locale, panic_words
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.panic import Extent, Phase, Reason
from campotech_wa.domain.panic_words import Happening
from campotech_wa.panic_views import PanicBanner, PanicEpisode, PanicStatus
from campotech_wa.store import panics
from campotech_wa.store.transaction import reading
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.outbox import ChannelFlow, WaPanic

MOST_EPISODES = 50


def banners(actor: Actor) -> tuple[PanicBanner, ...]:
    """Return what the desk says of the organization's numbers that stand still.

    Raises:
        NotAllowed: the actor may not read.
    """
    actor.require(Permission.READ)
    with reading() as session:
        known = panics.standings(session, organization_id=actor.organization_id)
    return tuple(_banner(channel, row, actor, is_only=len(known) == 1) for channel, row, _ in known if row)


def listing(actor: Actor) -> list[PanicStatus]:
    """Return how each of the organization's numbers stands; what led there only to those who operate it.

    Raises:
        NotAllowed: the actor may not read.
    """
    actor.require(Permission.READ)
    whose = actor.organization_id
    with reading() as session:
        known = panics.standings(session, organization_id=whose)
        told = panics.history(session, organization_id=whose, limit=MOST_EPISODES)
    episodes: dict[int, list[PanicEpisode]] = defaultdict(list)
    for row, began, ended in told if actor.may(Permission.OPERATE) else ():
        episodes[row.channel_id].append(_episode(row, began, ended))
    return [_status(channel, row, flow, episodes[channel.id or 0]) for channel, row, flow in known]


def _banner(channel: Channel, row: WaPanic, actor: Actor, *, is_only: bool) -> PanicBanner:
    happening = Happening(
        reason=Reason(row.reason),
        extent=Extent(row.lanes),
        phase=Phase(row.phase),
        code=row.error_code,
        numbers=row.numbers,
        note=row.note,
        number="" if is_only else channel.name,
        next_look=locale.clock_time(row.auto_resolve_at, zone=actor.timezone),
        is_due=row.auto_resolve_at <= clock.now(),
        probe_size=row.probe_size,
    )
    words = panic_words.banner(happening, locale=actor.locale)
    return PanicBanner(
        phone_number_id=channel.phone_number_id,
        reason=row.reason,
        phase=row.phase,
        tone="bad" if row.lanes == Extent.ALL else "warn",
        title=words.title,
        why=words.why,
        works=words.works,
        outlook=words.outlook,
    )


def _status(
    channel: Channel, row: WaPanic | None, flow: ChannelFlow | None, episodes: Sequence[PanicEpisode]
) -> PanicStatus:
    return PanicStatus(
        phone_number_id=channel.phone_number_id,
        active=row is not None,
        reason=row and row.reason,
        lanes=row and row.lanes,
        phase=row and row.phase,
        error_code=row and row.error_code,
        numbers=row and row.numbers,
        note=row and row.note,
        triggered_at=row and row.triggered_at.isoformat(),
        auto_resolve_at=row and row.auto_resolve_at.isoformat(),
        paused=flow.paused if flow else "",
        history=tuple(episodes),
    )


def _episode(row: WaPanic, began: str, ended: str) -> PanicEpisode:
    return PanicEpisode(
        reason=row.reason,
        lanes=row.lanes,
        error_code=row.error_code,
        numbers=row.numbers,
        note=row.note,
        triggered_at=row.triggered_at.isoformat(),
        triggered_by=began,
        resolved_at=row.resolved_at and row.resolved_at.isoformat(),
        resolved_by=ended,
        resolve_note=row.resolve_note,
    )
