"""An alert is posted once, signed, to exactly the address that was meant."""

import hashlib
import hmac

import pytest

from campotech_wa.courier import Undelivered, hook
from tests.conftest import free_port
from tests.integration.courier.post_office import web_server

BODY = b'{"kind":"panic"}'


def post(url: str, *, is_development: bool = True) -> None:
    hook.post(url, BODY, secret="s3cret", at=1_700_000_000, delivery="7", is_development=is_development)


def test_the_receiver_can_tell_whose_it_is_and_from_when() -> None:
    with web_server() as box:
        post(box.url)

    [parcel] = box.parcels
    moment, mac = (part.partition("=")[2] for part in parcel.headers[hook.SIGNATURE].split(","))
    expected = hmac.new(b"s3cret", f"{moment}.".encode() + parcel.body, hashlib.sha256).hexdigest()
    assert (parcel.path, parcel.body, moment, mac) == ("/alerts", BODY, "1700000000", expected)
    assert parcel.headers["X-CampoTech-Delivery"] == "7"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with web_server() as inside, web_server() as box:
        box.status, box.location = status, inside.url

        with pytest.raises(Undelivered, match=str(status)):
            post(box.url)

    assert inside.parcels == []


def test_a_refusal_is_told_with_its_status() -> None:
    with web_server() as box:
        box.status = 500

        with pytest.raises(Undelivered, match="500"):
            post(box.url)


def test_nobody_there_is_told_too() -> None:
    with pytest.raises(Undelivered, match="No answer"):
        post(f"http://127.0.0.1:{free_port()}/")


def test_in_production_this_machine_is_never_called() -> None:
    with web_server() as box, pytest.raises(Undelivered, match="public internet"):
        post(box.url, is_development=False)

    assert box.parcels == []
