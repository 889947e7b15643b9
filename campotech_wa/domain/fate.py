"""What becomes of a message that was not accepted: trouble goes in; another try, a wait or the end comes out.

Tries are bounded twice: by their number, and by the age after which the message has lost its meaning. Only what was
transmitted counts as a try, and a limit of Meta's never ends a message.
"""

from dataclasses import dataclass
from datetime import timedelta

from campotech_wa.domain import meta_errors, pacing, policies
from campotech_wa.domain.meta_errors import Entry
from campotech_wa.domain.outbox_state import OutboxState, Priority
from campotech_wa.domain.policies import Action
from campotech_wa.domain.retry import spread
from campotech_wa.domain.verdict import Verdict

DELAYS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
"""Before each further try, at most: the jitter is full, so that messages that failed together spread out. The last
one repeats (errors.md, section 2)."""

_SHORTEST = timedelta(seconds=1)
KEPT = timedelta(seconds=30)
"""Before a message of a stopped channel is looked at again, should nothing else hold it back."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one priority is worth trying."""

    tries: int
    age: timedelta
    """After so long since it was asked for it has lost its meaning."""
    grace: timedelta
    """How long an unanswered request waits for a status with our id: Meta reports within seconds (errors.md: 30 s),
    and a request lives for 30 s in a process that only seems dead."""
    unanswered: int
    """Requests without any sign of life after which a person decides: each further one may repeat the message."""


PATIENCE = {
    Priority.HIGH: Patience(6, timedelta(hours=1), timedelta(seconds=45), 4),
    Priority.NORMAL: Patience(12, timedelta(hours=6), timedelta(seconds=45), 4),
    Priority.LOW: Patience(24, timedelta(hours=24), timedelta(minutes=2), 3),
}
"""A person is there to see that a reply waits; a reminder may take its time and is the worst to get twice."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a message was not accepted."""

    code: int | None
    """Meta's; None without a usable answer."""
    is_ambiguous: bool = False
    """It may have been accepted all the same."""
    has_left: bool = True
    """False where the request surely never reached Meta."""
    is_passing: bool = False
    """Meta itself says that it passes, or we know."""
    is_final: bool = False
    """A definite no. Without a code it is ours: a file that is gone, and no request for it has left."""


@dataclass(frozen=True, slots=True)
class Try:
    """The request it happened to."""

    number: int
    """Which counted one since the message was asked for; 1 is the first."""
    uncounted: int
    """How many before it did not count."""
    priority: Priority
    age: timedelta
    """Since the message was asked for, or since the time for which it was scheduled."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What follows."""

    state: OutboxState | None
    """Where it waits; None: it has failed."""
    verdict: Verdict
    delay: timedelta = timedelta(0)
    counts: bool = True
    """Whether the request counts as a try."""
    slows: bool = False
    """The whole channel has to go slower."""
    has_expired: bool = False
    """It failed because it came too late, and not for what Meta said."""


def after(trouble: Trouble, which: Try, *, jitter: float) -> Fate:
    """Decide; ``jitter`` in [0, 1) spreads what failed together."""
    policy = _policy(trouble)
    if trouble.is_ambiguous:
        return _unanswered(which, policy.verdict)
    match policy.action:
        case Action.RETRY:
            return _again(trouble, which, policy.verdict, jitter)
        case Action.SLOW_DOWN | Action.WAIT:
            delay = _backoff(trouble, which.uncounted, jitter)
            slows = policy.action is Action.SLOW_DOWN
            return Fate(OutboxState.QUEUED, policy.verdict, delay, counts=False, slows=slows)
        case Action.CREDENTIALS | Action.PANIC:
            return _kept(which, policy.verdict, jitter)
        case Action.FAIL | Action.TEMPLATE | Action.SMS:
            return Fate(None, policy.verdict)


def silent(which: Try) -> bool:
    """Tell whether a message whose grace period is over, without a sign, may be sent once more."""
    patience = PATIENCE[which.priority]
    return which.number < patience.unanswered and which.age < patience.age


def _policy(trouble: Trouble) -> policies.Policy:
    policy = policies.of_code(trouble.code)
    if trouble.is_final and trouble.code is None:
        return policies.Policy(Action.FAIL, Verdict.NONE)
    if not trouble.has_left:
        return policies.Policy(Action.RETRY, Verdict.NONE)
    if trouble.is_passing and policy.action is Action.FAIL:
        return policies.Policy(Action.RETRY, policy.verdict)
    return policy


def _unanswered(which: Try, verdict: Verdict) -> Fate:
    return Fate(OutboxState.UNCONFIRMED, verdict, PATIENCE[which.priority].grace)


def _again(trouble: Trouble, which: Try, verdict: Verdict, jitter: float) -> Fate:
    patience = PATIENCE[which.priority]
    entry = _entry(trouble)
    most = min(patience.tries, entry.tries + 1 if entry and entry.tries else patience.tries)
    if which.age >= patience.age:
        return Fate(None, verdict, has_expired=True)
    if trouble.has_left and which.number >= most:
        return Fate(None, verdict)
    done = which.number + which.uncounted
    longest = DELAYS[min(done, len(DELAYS)) - 1]
    delay = max(longest * jitter, _asked_for(entry))
    return Fate(OutboxState.QUEUED, verdict, delay, counts=trouble.has_left)


def _backoff(trouble: Trouble, times: int, jitter: float) -> timedelta:
    """Return the pause after so many refusals (errors.md, section 2, T and P), or what Meta asks for."""
    return max(pacing.pause(times, jitter=jitter), _asked_for(_entry(trouble)))


def _kept(which: Try, verdict: Verdict, jitter: float) -> Fate:
    if which.age >= PATIENCE[which.priority].age:
        return Fate(None, verdict, has_expired=True)
    return Fate(OutboxState.QUEUED, verdict, spread(KEPT, jitter), counts=False)


def _entry(trouble: Trouble) -> Entry | None:
    return None if trouble.code is None else meta_errors.find(trouble.code)


def _asked_for(entry: Entry | None) -> timedelta:
    """Return how long Meta asks to wait, where it does; never nothing, or a busy loop would follow."""
    return (entry.wait if entry else None) or _SHORTEST
