"""Readiness tells what can not work, and since when what waits has waited."""

from typing import Any

import httpx
from rq import SimpleWorker

from campotech_wa.domain.access import Actor
from campotech_wa.embedded import Servers
from campotech_wa.services import health
from campotech_wa.services.panic.acting import trigger
from campotech_wa.signals.connection import redis
from tests.integration.desk import NUMBER, change, hear, payload, post, say, text, value, without


def parts() -> dict[str, Any]:
    return health.readiness()[1]


def employ() -> None:
    """Register a worker as RQ does when one starts."""
    SimpleWorker(["intake"], connection=redis()).register_birth()


class TestReadiness:
    def test_with_servers_and_a_worker_it_is_ready(self, simulator: httpx.Client) -> None:
        assert simulator.get("/healthz").is_success
        employ()

        ready, told = health.readiness()

        assert ready
        assert told == {
            "ready": True,
            "database": {
                "ok": True,
                "intake": {"depth": 0, "oldest_seconds": 0.0},
                "outbox": {"depth": 0, "oldest_seconds": 0.0},
                "media": {"depth": 0, "oldest_seconds": 0.0},
            },
            "redis": {"ok": True, "workers": 1},
            "meta": {"ok": True},
            "panic": {"active": 0},
        }

    def test_a_number_that_stands_still_is_counted_and_makes_nothing_unready(self, admin: Actor) -> None:
        employ()
        trigger(admin, NUMBER)

        ready, told = health.readiness()

        assert (ready, told["panic"]) == (True, {"active": 1})

    def test_without_a_worker_it_is_not(self, agent: Actor) -> None:
        assert agent

        ready, told = health.readiness()

        assert not ready
        assert told["redis"] == {"ok": True, "workers": 0}

    def test_what_waits_is_counted_with_its_age(self, agent: Actor) -> None:
        say(agent, hear())
        post(payload(value(messages=[text()])))
        change("update webhook_event set received_at = now() - interval '90 seconds'")

        database = parts()["database"]

        assert database["outbox"]["depth"] == 1
        assert database["intake"]["depth"] == 1
        assert 89 < database["intake"]["oldest_seconds"] < 120

    def test_without_redis_it_is_not_ready_and_says_so(self, agent: Actor, servers: Servers) -> None:
        assert agent

        with without(servers.redis):
            ready, told = health.readiness()

        assert not ready
        assert told["redis"] == {"ok": False, "error": "ConnectionError"}

    def test_without_postgresql_it_is_not_ready_and_says_so(self, agent: Actor, servers: Servers) -> None:
        assert agent
        employ()

        with without(servers.postgres):
            ready, told = health.readiness()

        assert not ready
        assert told["database"] == {"ok": False, "error": "OperationalError"}
        assert parts()["database"]["ok"]
