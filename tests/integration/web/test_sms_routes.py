"""The provider gets 200 for what is taken in, and nobody learns what would have been right."""

from urllib.parse import urlencode

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.web.sms import LARGEST_BODY
from tests.integration.desk import change, hear, one, text
from tests.integration.sms_desk import callback, consider, key_of, said, sign, state_of_sms, switch_on
from tests.integration.web.caller import call, get, origin


@pytest.fixture
def message_id(admin: Actor) -> MessageId:
    """A message whose SMS the provider has."""
    switch_on(admin)
    message_id = said(hear(text()))
    consider(message_id)
    change("update sms_message set state = 'sent', provider_sid = 'SM1', left_at = now()")
    return message_id


def post(word: str = "delivered", *, key: str = "", query: str = "", header: str = "") -> httpx.Response:
    form = callback("SM1", word)
    path = f"/webhooks/sms/{key or key_of()}" + (f"?{query}" if query else "")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": header or sign(origin() + path, form),
    }
    return call("POST", path, headers=headers, content=urlencode(form).encode())


def test_a_genuine_callback_is_taken_in(message_id: MessageId) -> None:
    assert (post().status_code, post().content) == (200, b"")

    assert state_of_sms(message_id) == "delivered"


def test_our_own_id_comes_back_in_the_query_as_it_was_signed(message_id: MessageId) -> None:
    change("update sms_message set state = 'unconfirmed', provider_sid = '', left_at = null")

    answer = post(query=f"sms={one('select max(id) from sms_message')}&x=a%20b")  # noqa: S608  (no SQL)

    assert (answer.status_code, state_of_sms(message_id)) == (200, "delivered")


def test_an_unknown_key_is_not_found(message_id: MessageId) -> None:
    assert post(key="nobody").status_code == 404


def test_a_wrong_signature_is_forbidden(message_id: MessageId) -> None:
    assert post(header="bm8=").status_code == 403

    assert state_of_sms(message_id) == "sent"


def test_too_much_is_not_read(message_id: MessageId) -> None:
    answer = call("POST", f"/webhooks/sms/{key_of()}", content=b"a" * (LARGEST_BODY + 1))

    assert answer.status_code == 413


def test_what_is_no_form_is_refused(message_id: MessageId) -> None:
    assert call("POST", f"/webhooks/sms/{key_of()}", content=b"&".join([b"a=b"] * 200)).status_code == 400


def test_it_is_no_part_of_the_api(message_id: MessageId) -> None:
    paths = call("GET", "/api/openapi.json").json()["paths"]

    assert not any("/webhooks/sms" in path for path in paths)
    assert call("GET", f"/webhooks/sms/{key_of()}").status_code == 405


def test_other_products_are_told_of_a_messages_sms(message_id: MessageId) -> None:
    post()

    told = get(f"/messages/{message_id}").json()["sms"]

    assert (told["state"], told["reason"], told["error"]) == ("delivered", "undeliverable", None)
    assert told["delivered_at"]
