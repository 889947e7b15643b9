"""A Redis that remembers nothing, for each test of the pace."""

import pytest

from campotech_wa.signals.connection import redis


@pytest.fixture(autouse=True)
def forgetful(environment: dict[str, str]) -> None:
    """Empty Redis."""
    redis().flushdb()  # pyright: ignore[reportUnknownMemberType]
