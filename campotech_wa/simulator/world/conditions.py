"""Remember in what condition each number stands at Meta: its token, its account, an outage, and its limits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum

from campotech_wa.simulator.errors import GraphError, refusal
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.limits import MessagingLimit, PairLimit, Throughput

THROUGHPUT_REACHED, PAIR_LIMIT_REACHED, MESSAGING_LIMIT_REACHED = 130429, 131056, 131048


class Account(StrEnum):
    """Whether the account may send (errors.md, 3)."""

    ACTIVE = "active"
    LOCKED = "locked"
    RESTRICTED = "restricted"


_REFUSED_WITH = {Account.LOCKED: 131031, Account.RESTRICTED: 368}


class Outage(StrEnum):
    """How Meta fails to answer this number's token."""

    NONE = "none"
    UNAVAILABLE = "unavailable"
    """503 with a page from the edge (errors.md, 1)."""
    DROPPED = "dropped"
    """The connection is closed without an answer, and nothing is accepted."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One number's; limits are off at zero."""

    token_revoked: bool = False
    account: Account = Account.ACTIVE
    outage: Outage = Outage.NONE
    throughput: int = 0
    """Messages a second; Meta's are 80, and 20 in coexistence (sending.md, 7)."""
    pair_limit: bool = False
    messaging_limit: int = 0
    """Customers a day outside their windows."""

    def view(self) -> JsonObject:
        """Answer the condition as POST /_sim/conditions takes it."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


USUAL = Condition()


@dataclass(slots=True)
class Standing:
    """A number's condition with what is counted for it; `hits` tells how often each part struck."""

    condition: Condition = USUAL
    hits: Counter[str] = field(default_factory=Counter[str])
    throughput: Throughput = field(default_factory=Throughput)
    pairs: PairLimit = field(default_factory=PairLimit)
    messaging: MessagingLimit = field(default_factory=MessagingLimit)

    @property
    def health_code(self) -> int | None:
        """The error that stops everything the account sends, if there is one."""
        return _REFUSED_WITH.get(self.condition.account)

    def refuse(self, customer: str, *, now: float) -> None:
        """Raise GraphError for a message that the account or a limit does not let through."""
        condition = self.condition
        if condition is USUAL:
            return
        if self.health_code is not None:
            raise self._struck("account", self.health_code)
        if condition.throughput and self.throughput.reached(condition.throughput, now=now):
            raise self._struck("throughput", THROUGHPUT_REACHED)
        if condition.pair_limit and self.pairs.reached(customer, now=now):
            raise self._struck("pair_limit", PAIR_LIMIT_REACHED)

    def count(self, customer: str, *, now: float, in_window: bool) -> int | None:
        """Take an accepted message into account; answer the error that it will be reported `failed` with."""
        condition = self.condition
        if condition.throughput:
            self.throughput.count(now=now)
        if condition.pair_limit:
            self.pairs.count(customer, now=now)
        if not condition.messaging_limit or in_window:
            return None
        if self.messaging.reached(customer, condition.messaging_limit, now=now):
            self.hits["messaging_limit"] += 1
            return MESSAGING_LIMIT_REACHED
        self.messaging.count(customer, now=now)
        return None

    def count_inbound(self, *, now: float) -> None:
        """Take a customer's message into account: throughput counts it too (errors.md, 4)."""
        if self.condition.throughput:
            self.throughput.count(now=now)

    def change(self, condition: Condition) -> None:
        """Put a condition in force; limits count what is sent while they are on, and forget it when all is usual."""
        self.condition = USUAL if condition == USUAL else condition
        if self.condition is USUAL:
            self.throughput, self.pairs, self.messaging = Throughput(), PairLimit(), MessagingLimit()

    def _struck(self, part: str, code: int) -> GraphError:
        self.hits[part] += 1
        return refusal(code)


class Conditions:
    """Every number's standing, by phone_number_id."""

    def __init__(self) -> None:
        self._standings: dict[str, Standing] = {}

    def of(self, phone_number_id: str) -> Standing:
        """Answer how the number stands."""
        found = self._standings.get(phone_number_id)
        return found or self._standings.setdefault(phone_number_id, Standing())

    def revoked(self, phone_number_ids: Iterable[str]) -> bool:
        """Tell whether the token of these numbers has been revoked."""
        found = next((each for each in self._known(phone_number_ids) if each.condition.token_revoked), None)
        if found:
            found.hits["token_revoked"] += 1
        return found is not None

    def outage(self, phone_number_ids: Iterable[str]) -> Outage:
        """Answer how the token of these numbers is left without an answer."""
        for each in self._known(phone_number_ids):
            if each.condition.outage is not Outage.NONE:
                each.hits["outage"] += 1
                return each.condition.outage
        return Outage.NONE

    def reset(self) -> None:
        """Restore every number, and forget what was counted."""
        self._standings.clear()

    def _known(self, phone_number_ids: Iterable[str]) -> Iterable[Standing]:
        return (self._standings[each] for each in phone_number_ids if each in self._standings)
