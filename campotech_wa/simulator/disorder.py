"""Let statuses come as they come in bad times: lost, twice, late, or one behind the next (webhooks.md, 4)."""

from collections import Counter
from dataclasses import asdict, dataclass
from random import Random

from campotech_wa.simulator.shapes import JsonObject

REORDERED_BY = 500.0
"""Milliseconds: more than the usual pause from `sent` to `delivered`, so that one does overtake the other."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Shares of all statuses; times are in milliseconds."""

    lose_share: float = 0.0
    duplicate_share: float = 0.0
    """Posted again, up to `reorder_ms` later, in a webhook of its own."""
    reorder_share: float = 0.0
    """Held back for `reorder_ms`, while those that follow go on."""
    reorder_ms: float = REORDERED_BY
    delay_ms: float = 0.0
    """Every status is so late."""


ORDERLY = Plan()


class Disorder:
    """The plan in force, and what it has done so far."""

    def __init__(self, dice: Random) -> None:
        self.plan, self._dice = ORDERLY, dice
        self._hits: Counter[str] = Counter()

    def order(self, plan: Plan) -> None:
        """Put a plan in force in place of the one that is."""
        self.plan = plan
        self._hits.clear()

    def delays(self) -> tuple[float, ...]:
        """Answer after how many seconds the next status is posted: never, once, or twice."""
        plan = self.plan
        if plan is ORDERLY:
            return (0.0,)
        if self._falls("lost", plan.lose_share):
            return ()
        first = plan.delay_ms
        if self._falls("reordered", plan.reorder_share):
            first += plan.reorder_ms
        if not self._falls("duplicated", plan.duplicate_share):
            return (first / 1000,)
        again = first + self._dice.uniform(0, plan.reorder_ms)
        return (first / 1000, again / 1000)

    def view(self) -> JsonObject:
        """Answer the plan, and how many statuses it has struck."""
        hits = {name: self._hits[name] for name in ("lost", "duplicated", "reordered")}
        return {**asdict(self.plan), "hits": hits}

    def _falls(self, name: str, share: float) -> bool:
        struck = share > 0 and self._dice.random() < share
        self._hits[name] += struck
        return struck
