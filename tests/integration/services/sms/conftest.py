"""A provider that organization 1 uses, and a customer's thread."""

from collections.abc import Iterator

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId
from tests.integration.desk import hear, text
from tests.integration.sms_desk import Scripted, provider, switch_on


@pytest.fixture
def scripted(admin: Actor) -> Iterator[Scripted]:
    """A provider that organization 1 uses."""
    with provider() as script:
        switch_on(admin, script.url)
        yield script


@pytest.fixture
def thread(admin: Actor) -> ConversationId:
    """A customer's thread."""
    return hear(text())
