"""A process says that it lives, and whether the work can be done, to whoever asks."""

import pytest

from campotech_wa.embedded import Servers
from tests.integration.desk import without
from tests.integration.web.caller import call

pytestmark = pytest.mark.usefixtures("desk")


def test_a_living_process_says_so_even_without_servers(servers: Servers) -> None:
    with without(servers.postgres):
        answer = call("GET", "/healthz")

    assert (answer.status_code, answer.text) == (200, "ok")


def test_without_workers_it_is_not_ready() -> None:
    answer = call("GET", "/readyz")

    told = answer.json()
    assert (answer.status_code, told["ready"]) == (503, False)
    assert set(told) == {"ready", "database", "redis", "meta", "panic"}


def test_an_address_of_nothing_is_a_problem() -> None:
    answer = call("GET", "/api/v1/nothing")

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
