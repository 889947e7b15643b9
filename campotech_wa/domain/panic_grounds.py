"""When a channel must stop: what became of its requests goes in, the cause of a panic comes out (errors.md 2)."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from campotech_wa.domain.meta_errors import ErrorClass, Retry, Traffic
from campotech_wa.domain.panic import Cause, Extent, Notice, Reason, Thresholds
from campotech_wa.domain.verdict import Verdict

WINDOW = timedelta(minutes=5)
"""Older attempts say nothing of how the channel is now."""

LARGEST_SAMPLE = 500
"""Of a window's attempts only the newest count: a channel at full speed makes as many in a few seconds."""

FEWEST_TRANSMITTED = 10
"""Below it, a share is chance."""

UNKNOWN_IN_A_ROW = 5
"""Failures with codes that nobody knows yet; the catalogue says of each of its own after how many to stop."""

_THROTTLED_FEWEST, _THROTTLED_FOR = 5, timedelta(minutes=2)
_THROTTLED_MOST = 100
"""Refusals without an acceptance between them: the pace has slowed down by then, and it did not help."""

GOOD = frozenset({Verdict.SUCCESS, Verdict.EXCUSED})
"""Meta has looked at the message and holds nothing against the channel."""

TRANSMITTED = GOOD | {Verdict.FAILURE}
"""What a share of failures is a share of."""

_OF_THE_BUSINESS_LANE = frozenset({Traffic.TEMPLATES, Traffic.PAID})


def is_trouble(notice: Notice) -> bool:
    """Tell whether an outcome may be grounds for a panic: most are not, and cost no look at the others."""
    return notice.verdict not in (*GOOD, Verdict.NONE) or _stopped_by(notice) is not None


def grounds(notices: Sequence[Notice], recent: Sequence[Notice], thresholds: Thresholds) -> Cause | None:
    """Return why a channel must stop, or None.

    ``notices`` is what has just been learnt, ``recent`` the attempts of the window, oldest first, with it.
    """
    return total(notices) or _in_a_row(notices, recent) or _failing(recent, thresholds) or _throttled(recent)


def failures(recent: Sequence[Notice]) -> tuple[int, int]:
    """Count the failures and the transmitted attempts of a window."""
    transmitted = [each for each in recent if each.verdict in TRANSMITTED]
    return sum(each.verdict is Verdict.FAILURE for each in transmitted), len(transmitted)


def exceeds(failed: int, transmitted: int, percent: int) -> bool:
    """Tell whether so many failures are more than a share, and no chance."""
    return transmitted >= FEWEST_TRANSMITTED and failed * 100 > transmitted * percent


def is_wider(cause: Cause, extent: Extent) -> bool:
    """Tell whether a cause stops more than stands still already."""
    return cause.extent is Extent.ALL and extent is not Extent.ALL


def takes_over(cause: Cause, reason: Reason, extent: Extent) -> bool:
    """Tell whether a cause is graver than the panic there is: it stops more, or only Meta can tell its end."""
    return is_wider(cause, extent) or (cause.reason is Reason.AUTH and reason is not Reason.AUTH)


def total(notices: Sequence[Notice]) -> Cause | None:
    """Credentials and the account itself: the next message would fail for the same reason."""
    causes = [cause for each in notices if (cause := _at_once(each))]
    return max(
        causes, key=lambda cause: (cause.extent is Extent.ALL, cause.reason is Reason.AUTH), default=None
    )


def _at_once(notice: Notice) -> Cause | None:
    entry = notice.entry
    is_auth = entry is not None and entry.kind is ErrorClass.AUTHORIZATION and entry.counts_for_panic
    if notice.verdict is Verdict.DENIED or is_auth:
        return Cause(Reason.AUTH, Extent.ALL, notice.code)
    stopped = _stopped_by(notice)
    if notice.verdict is Verdict.BARRED and entry is None:
        return Cause(Reason.API_ERROR, Extent.ALL)
    if stopped and entry and entry.is_listed and entry.breaker.after == 1:
        is_limit = notice.verdict is Verdict.THROTTLED
        return Cause(Reason.RATE_LIMITED if is_limit else Reason.API_ERROR, stopped, notice.code)
    return None


def _in_a_row(notices: Sequence[Notice], recent: Sequence[Notice]) -> Cause | None:
    """Meta's own trouble, or something nobody knows: replies are worth a try, mass messages are not."""
    row = list(_trailing(recent, lambda each: _stopped_by(each) is not None, _ends_a_row))
    if not row or not any(map(is_trouble, notices)):
        return None
    newest = row[0]
    if len(row) < _tolerated(newest):
        return None
    return Cause(Reason.API_ERROR, Extent.BUSINESS, newest.code, {"in_a_row": len(row)})


def _failing(recent: Sequence[Notice], thresholds: Thresholds) -> Cause | None:
    failed, transmitted = failures(recent)
    if not exceeds(failed, transmitted, thresholds.panic_percent):
        return None
    numbers = {"failed": failed, "transmitted": transmitted, "minutes": int(WINDOW.total_seconds()) // 60}
    return Cause(Reason.FAILURE_RATE, Extent.BUSINESS, _commonest(recent), numbers)


def _throttled(recent: Sequence[Notice]) -> Cause | None:
    row = list(_trailing(recent, _is_throttled, lambda each: each.verdict is Verdict.SUCCESS))
    if len(row) < _THROTTLED_FEWEST:
        return None
    lasted = row[0].at - row[-1].at
    if lasted < _THROTTLED_FOR and len(row) < _THROTTLED_MOST:
        return None
    numbers = {"throttled": len(row), "seconds": int(lasted.total_seconds())}
    return Cause(Reason.RATE_LIMITED, Extent.BUSINESS, row[0].code, numbers)


def _trailing(
    recent: Sequence[Notice], counts: Callable[[Notice], bool], ends: Callable[[Notice], bool]
) -> Iterator[Notice]:
    """Yield the newest run of what counts, newest first; what neither counts nor ends it is passed over."""
    for each in reversed(recent):
        if counts(each):
            yield each
        elif ends(each):
            return


def _stopped_by(notice: Notice) -> Extent | None:
    """Return what a code stops according to the catalogue; a code that nobody knows may stop as much as any."""
    entry = notice.entry
    if entry is None or entry.breaker.is_slowing:
        return None
    if entry.kind is ErrorClass.UNKNOWN:
        return None if notice.verdict is Verdict.THROTTLED else Extent.BUSINESS
    if not entry.breaker.is_of_the_channel:
        return None
    if entry.breaker.traffic is Traffic.ALL:
        return Extent.ALL
    return Extent.BUSINESS if entry.breaker.traffic in _OF_THE_BUSINESS_LANE else None


def _tolerated(notice: Notice) -> int:
    entry = notice.entry
    if entry is None or entry.kind is ErrorClass.UNKNOWN:
        return UNKNOWN_IN_A_ROW
    return entry.breaker.after


def _ends_a_row(notice: Notice) -> bool:
    return notice.verdict in GOOD


def _is_throttled(notice: Notice) -> bool:
    """Tell whether Meta asked the channel to slow down, and not for the sake of one customer."""
    entry = notice.entry
    return notice.verdict is Verdict.THROTTLED and (entry is None or entry.retry is not Retry.PAIR)


def _commonest(recent: Sequence[Notice]) -> int | None:
    codes = Counter(each.code for each in recent if each.verdict is Verdict.FAILURE and each.code is not None)
    return codes.most_common(1)[0][0] if codes else None
