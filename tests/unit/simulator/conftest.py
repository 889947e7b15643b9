"""Give the simulator's unit tests a channel to play."""

import pytest

from campotech_wa.simulator.settings import Channel


@pytest.fixture
def channel() -> Channel:
    """Answer a channel with credentials that open nothing."""
    return Channel(
        phone_number_id="100000000000001",
        waba_id="200000000000001",
        display_phone_number="+54 9 11 4000-0001",
        verified_name="Clima Sur Servicios",
        access_token="token",
        app_secret="secret",
        verify_token="verify",
        webhook_url="http://127.0.0.1:9/webhook",
    )
