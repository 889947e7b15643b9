"""Two thousand messages to hundreds of customers, asked for over the REST API by several products at once."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import cast
from uuid import uuid4

import httpx

from tests.e2e.house import House, until
from tests.e2e.world import SECOND, Customer, JsonObject, World, somebody

CUSTOMERS, EACH = 400, 5
PRODUCTS = 4
"""How many ask at once; each customer is one product's, so that there is one order of asking."""

PRIORITIES = ("high", "normal")
"""A low one would wait two minutes for a sign of life, and the run for it."""

NUMBER = SECOND.channel["phone_number_id"]

_AWAY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that the product has promised to send."""

    message_id: int
    wa_id: str
    priority: str


@dataclass
class Mass:
    """What was asked for so far; of one customer in the order of asking."""

    customers: list[Customer] = field(default_factory=lambda: [somebody() for _ in range(CUSTOMERS)])
    asked: list[Asked] = field(default_factory=list[Asked])
    broken: list[BaseException] = field(default_factory=list[BaseException])
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    @property
    def is_asked_for(self) -> bool:
        """Whether nobody asks any more."""
        return not any(thread.is_alive() for thread in self._threads)

    def meet(self, world: World) -> None:
        """Let every customer write, so that each may be answered."""
        for customer in self.customers:
            world.writes(customer, "Hola", to=SECOND, wait=False)
        known = {customer.wa_id for customer in self.customers}
        until(lambda: known <= _contacts(world), seconds=60, what="a conversation with every customer")

    def ask(self, house: House) -> None:
        """Begin to ask."""
        for turn in range(PRODUCTS):
            mine = self.customers[turn::PRODUCTS]
            self._threads.append(
                threading.Thread(target=self._ask, args=(house, mine), name=f"product {turn}")
            )
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        """Wait until all is asked for."""
        for thread in self._threads:
            thread.join(300)
        assert self.broken == []
        assert len(self.asked) == CUSTOMERS * EACH

    def lines(self) -> Mapping[tuple[str, str], list[int]]:
        """Return the messages of each customer and priority in the order in which they were asked for."""
        return _by_line((one, one.message_id) for one in self.asked)

    def accepted(self, world: World) -> Mapping[tuple[str, str], list[int]]:
        """Return the same as Meta first accepted them."""
        known = {one.message_id: one for one in self.asked}
        received = cast("list[JsonObject]", world.simulator.get("/_sim/messages", timeout=60).json())
        ids = (_message_id(each["payload"]) for each in received if each["phone_number_id"] == NUMBER)
        return _by_line((known[each], each) for each in dict.fromkeys(ids) if each in known)

    def _ask(self, house: House, mine: Iterable[Customer]) -> None:
        world = World(house)
        try:
            for turn in range(EACH):
                for rank, customer in enumerate(mine):
                    self._promise(world, customer, turn + rank, turn)
        except BaseException as fault:  # noqa: BLE001  (the main thread tells it)
            self.broken.append(fault)
        finally:
            world.close()

    def _promise(self, world: World, customer: Customer, rank: int, turn: int) -> None:
        """Ask for one message, under one key, until it is promised: as a careful client does."""
        priority = PRIORITIES[rank % 2]
        order = _order(customer, turn, is_template=rank % 4 == 0) | {"priority": priority}
        key, deadline = str(uuid4()), time.monotonic() + _AWAY_SECONDS
        while (message_id := _promised(world, order, key)) is None:
            assert time.monotonic() < deadline, "The REST API did not come back."
            time.sleep(0.2)
        self.asked.append(Asked(message_id, customer.wa_id, priority))


def _order(customer: Customer, turn: int, *, is_template: bool) -> JsonObject:
    if is_template:
        named = {"name": "turno_confirmado", "language": {"code": "es_AR"}}
        return {"to": customer.wa_id, "type": "template", "template": named}
    return {"to": customer.wa_id, "type": "text", "text": {"body": f"Aviso {turn}"}}


def _promised(world: World, order: JsonObject, key: str) -> int | None:
    headers = {"Authorization": f"Bearer {SECOND.api_key}", "Idempotency-Key": key}
    try:
        answer = world.web.post("/api/v1/messages", json=order, headers=headers)
    except httpx.TransportError:
        return None
    if answer.is_server_error:
        return None
    assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
    return int(answer.json()["id"])


def _contacts(world: World) -> set[str]:
    """Return who has a conversation, as the REST API tells it."""
    found: set[str] = set()
    cursor: str | None = None
    while True:
        page = world.get("/conversations", by=SECOND, limit=100, cursor=cursor).raise_for_status().json()
        found |= {str(each["customer"]["wa_id"]) for each in page["data"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def _message_id(payload: JsonObject) -> int:
    """Return whose attempt a request was: ``m17.2`` is the second one at message 17."""
    return int(str(payload["biz_opaque_callback_data"]).removeprefix("m").partition(".")[0])


def _by_line(told: Iterable[tuple[Asked, int]]) -> Mapping[tuple[str, str], list[int]]:
    lines: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for one, message_id in told:
        lines[one.wa_id, one.priority].append(message_id)
    return dict(lines)
