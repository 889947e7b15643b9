"""Count for tests what each number had accepted: how many, how many in a minute, and which of them twice."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from campotech_wa.simulator.shapes import JsonObject

MINUTE = 60.0


@dataclass(slots=True)
class Account:
    """One number's; costs a set entry for each message, and a float for each of the last minute."""

    accepted: int = 0
    max_in_any_60s: int = 0
    _recent: deque[float] = field(default_factory=deque[float])
    _first_attempts: dict[str, str] = field(default_factory=dict[str, str])
    """The attempt that was accepted first, by the message that the callback data names."""
    _repeated: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def count(self, callback_data: str, *, now: float) -> None:
        """Take one accepted message into account; `m17.2` is the second attempt of the message `m17`."""
        self.accepted += 1
        self._slide(now)
        if callback_data:
            self._remember(*callback_data.partition(".")[::2])

    def view(self) -> JsonObject:
        """Answer what GET /_sim/accounting tells."""
        twice = [
            {"id": message, "times": len(attempts), "attempts": attempts}
            for message, attempts in self._repeated.items()
        ]
        told: JsonObject = {"accepted": self.accepted, "max_in_any_60s": self.max_in_any_60s}
        return {**told, "accepted_twice": twice}

    def _slide(self, now: float) -> None:
        recent = self._recent
        while recent and recent[0] <= now - MINUTE:
            recent.popleft()
        recent.append(now)
        self.max_in_any_60s = max(self.max_in_any_60s, len(recent))

    def _remember(self, message: str, attempt: str) -> None:
        if message not in self._first_attempts:
            self._first_attempts[message] = attempt
            return
        attempts = self._repeated.setdefault(message, [self._first_attempts[message]])
        attempts.append(attempt)


class Accounting:
    """Every number's account, by phone_number_id."""

    def __init__(self, phone_number_ids: Iterable[str]) -> None:
        self._accounts = {each: Account() for each in phone_number_ids}

    def count(self, phone_number_id: str, callback_data: str, *, now: float) -> None:
        """Take one accepted message into account."""
        self._accounts[phone_number_id].count(callback_data, now=now)

    def view(self) -> JsonObject:
        """Answer all accounts, those of silent numbers too."""
        return {each: account.view() for each, account in self._accounts.items()}

    def reset(self) -> None:
        """Begin again from nothing."""
        self._accounts = {each: Account() for each in self._accounts}
