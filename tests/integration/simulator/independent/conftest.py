"""Give the tests a client that somebody else wrote, pywa, and what reads webhooks with it."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from pywa import handlers
from pywa.client import WhatsApp
from simulator_driver import ACCOUNT, NUMBER, SECRET, TOKEN, Receiver, Simulator, eventually

HANDLERS = (
    handlers.MessageHandler,
    handlers.CallbackButtonHandler,
    handlers.CallbackSelectionHandler,
    handlers.MessageStatusHandler,
    handlers.PhoneNumberChangeHandler,
    handlers.EditedMessageHandler,
    handlers.DeletedMessageHandler,
    handlers.FlowCompletionHandler,
    handlers.UserMarketingPreferencesHandler,
    handlers.TemplateStatusUpdateHandler,
    handlers.OutgoingMessageHandler,
    handlers.AccountUpdateHandler,
)


@pytest.fixture
def client(simulator: Simulator) -> Iterator[WhatsApp]:
    """A client that takes the simulator for Meta."""
    with httpx.Client(timeout=10, trust_env=False) as session:
        client = WhatsApp(
            NUMBER, TOKEN, session=session, waba_id=ACCOUNT, app_secret=SECRET, app_id=1, server=None
        )
        session.base_url = f"{simulator.http.base_url}/v25.0"
        yield client


@pytest.fixture
def read(client: WhatsApp, receiver: Receiver) -> Callable[[], Any]:
    """What reads the webhook that came last, once its signature is found good."""
    updates: list[Any] = []

    def keep(_client: WhatsApp, update: Any) -> None:
        updates.append(update)

    client.add_handlers(*(handler(keep) for handler in HANDLERS))

    def newest() -> Any:
        headers, body = eventually(lambda: receiver.received)[-1]
        assert client.webhook_update_validator(body, headers["x-hub-signature-256"]) is None
        assert client.webhook_update_handler(body) == ("ok", 200)
        assert updates, "pywa knew no handler for the webhook."
        return updates[-1]

    return newest
