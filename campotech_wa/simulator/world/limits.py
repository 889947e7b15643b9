"""Count as Meta does what a number sends: per second, per customer, and customers a day (sending.md, 7)."""

from collections import deque

SECOND, DAY = 1.0, 24 * 3600.0
PAIR_INTERVAL, PAIR_BURST = 6.0, 45
"""One message per customer in six seconds, of which forty-five can be borrowed at once."""


class Throughput:
    """Messages in any one second, sent and received together (errors.md, 6)."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def reached(self, limit: int, *, now: float) -> bool:
        """Tell whether the second that ends now is full."""
        while self._times and self._times[0] <= now - SECOND:
            self._times.popleft()
        return len(self._times) >= limit

    def count(self, *, now: float) -> None:
        """Take one message into account."""
        self._times.append(now)


class PairLimit:
    """When what was sent to each customer will be paid back, at one message in six seconds."""

    def __init__(self) -> None:
        self._paid_at: dict[str, float] = {}

    def reached(self, customer: str, *, now: float) -> bool:
        """Tell whether the customer can be sent nothing more just now."""
        return self._paid_at.get(customer, now) - now > (PAIR_BURST - 1) * PAIR_INTERVAL

    def count(self, customer: str, *, now: float) -> None:
        """Take one message into account."""
        self._paid_at[customer] = max(self._paid_at.get(customer, now), now) + PAIR_INTERVAL


class MessagingLimit:
    """Customers reached outside their windows in the last 24 hours."""

    def __init__(self) -> None:
        self._reached_at: dict[str, float] = {}

    def reached(self, customer: str, limit: int, *, now: float) -> bool:
        """Tell whether this customer would be one too many."""
        while self._reached_at and next(iter(self._reached_at.values())) <= now - DAY:
            del self._reached_at[next(iter(self._reached_at))]
        return customer not in self._reached_at and len(self._reached_at) >= limit

    def count(self, customer: str, *, now: float) -> None:
        """Take one customer into account, as the newest."""
        self._reached_at.pop(customer, None)
        self._reached_at[customer] = now
