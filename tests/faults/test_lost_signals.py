"""What is lost or refused on the way costs time, and no message."""

import time
from typing import Any, cast

from redis import Redis

from campotech_wa.supervision import redis as private_redis
from tests.e2e.house import House, until
from tests.e2e.world import Customer, JsonObject, World, texts
from tests.faults.traffic import flowing
from tests.faults.victims import EVERY_ONE

SETTLING_SECONDS = 60.0


def test_redis_may_forget_everything_in_the_middle_of_a_conversation(
    demo: House, world: World, customer: Customer
) -> None:
    conversation = world.meets(customer, "Empezamos")
    memory: Any = Redis.from_url(private_redis.url(demo.data_dir))  # pyright: ignore[reportUnknownMemberType]

    with flowing(demo, customer, between_answers=0.5) as traffic:
        for _ in range(5):
            time.sleep(0.7)
            memory.flushall()
    memory.close()

    until(
        lambda: len(texts(world.messages(conversation), "inbound")) == len(traffic.written) + 1,
        seconds=SETTLING_SECONDS,
        what="every text of the customer",
    )
    until(
        lambda: world.reached(customer) == traffic.answered,
        seconds=SETTLING_SECONDS,
        what="every answer, once and in order",
    )
    assert texts(world.messages(conversation), "inbound")[:-1] == traffic.written
    until(demo.is_ready, what="workers that have announced themselves again")


def test_a_send_whose_answer_never_came_is_confirmed_by_its_status_and_not_repeated(
    world: World, customer: Customer
) -> None:
    conversation = world.meets(customer)
    world.fault(customer, drop_response=True, times=1)

    first = world.send(customer, "¿Se fue?").json()
    second = world.send(customer, "Y esto después").json()

    for message in (first, second):
        until(
            lambda at=message: world.get(f"/messages/{at['id']}").json()["state"] == "delivered",
            seconds=SETTLING_SECONDS,
            what="the delivery",
        )
    assert world.reached(customer) == ["¿Se fue?", "Y esto después"]
    assert texts(world.messages(conversation), "outbound") == ["¿Se fue?", "Y esto después"]


def test_what_meta_could_not_hand_over_while_postgresql_was_down_comes_again_and_is_kept_once(
    demo: House, world: World, customer: Customer
) -> None:
    conversation = world.meets(customer, "Empezamos")
    begun = len(_deliveries(world))
    whole = next(victim for victim in EVERY_ONE if victim.name.startswith("postgresql with"))

    with flowing(demo, customer, between_texts=0.03, between_answers=5) as traffic:
        for _ in range(3):
            whole.kill(demo)

    until(
        lambda: len(texts(world.messages(conversation), "inbound")) == len(traffic.written) + 1,
        seconds=SETTLING_SECONDS,
        what="every text of the customer",
    )
    assert texts(world.messages(conversation), "inbound")[:-1] == traffic.written
    deliveries = _deliveries(world)[begun:]
    refused = [each for each in deliveries if each["attempts"][0]["status"] != 200]
    assert refused, "PostgreSQL was never away when a webhook came."
    assert {each["attempts"][-1]["status"] for each in deliveries} == {200}
    assert 200 not in {attempt["status"] for each in refused for attempt in each["attempts"][:-1]}


def _deliveries(world: World) -> list[JsonObject]:
    return cast("list[JsonObject]", world.simulator.get("/_sim/webhooks").json())
