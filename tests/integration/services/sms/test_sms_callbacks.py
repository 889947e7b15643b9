"""Callbacks move an SMS forward whatever their order; only the account's own provider is believed."""

from itertools import permutations

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.domain.sms_state import SmsReason
from campotech_wa.errors import NotFound
from campotech_wa.services import sms
from campotech_wa.services.sms import BadSignature, Malformed, accounts, claiming, draining
from campotech_wa.sms import Accepted
from tests.integration.desk import change, hear, history_of, listening, one, rows, state_of, text
from tests.integration.sms_desk import (
    Scripted,
    become_due,
    callback,
    consider,
    drain,
    enqueue,
    key_of,
    reword,
    said,
    sign,
    state_of_sms,
    switch_on,
)


@pytest.fixture
def message_id(admin: Actor, scripted: Scripted) -> MessageId:
    """A message whose SMS the provider has taken."""
    message_id = said(hear(text()))
    consider(message_id)
    drain()
    return message_id


def sid() -> str:
    return str(one("select provider_sid from sms_message order by id desc limit 1"))


def reference() -> str:
    sms_id = one("select id from sms_message order by id desc limit 1")
    return f"sms={sms_id}"


def tell(word: str, *, told_sid: str = "", query: str = "", **more: str) -> None:
    form = callback(told_sid or sid(), word, **more)
    post(form, query=query)


def post(form: list[tuple[str, str]], *, query: str = "", header: str | None = None, key: str = "") -> None:
    url = accounts.callback_url(key or key_of()) + (f"?{query}" if query else "")
    body = "&".join(f"{name}={value}" for name, value in form).replace("+", "%2B").encode()
    sms.receive(key or key_of(), query, body, header if header is not None else sign(url, form))


def test_a_delivered_one_is_shown_as_such_at_once(message_id: MessageId) -> None:
    with listening() as next_event:
        tell("delivered")

        event = next_event()
        assert event is not None
        assert event["conversation_id"] == one("select conversation_id from sms_message")

    assert state_of_sms(message_id) == "delivered"
    assert one("select delivered_at is not null from sms_message")


def test_an_undelivered_one_keeps_the_carriers_code(message_id: MessageId) -> None:
    tell("undelivered", ErrorCode="30005")

    assert rows("select state, error_code from sms_message") == [{"state": "failed", "error_code": "30005"}]


@pytest.mark.parametrize("order", list(permutations(["sent", "undelivered", "delivered"])))
def test_the_end_is_the_same_in_every_order(message_id: MessageId, order: tuple[str, ...]) -> None:
    for word in (*order, *order):
        tell(word, ErrorCode="30008")

    [row] = rows("select state, error_code from sms_message")
    assert row == {"state": "delivered", "error_code": ""}


def test_a_word_that_moves_nothing_is_acknowledged(message_id: MessageId) -> None:
    tell("rejoiced")
    post([("AccountSid", "AC1")])

    assert state_of_sms(message_id) == "sent"


def test_an_unanswered_one_is_confirmed_by_our_own_id(admin: Actor, scripted: Scripted) -> None:
    message_id = said(hear(text()))
    consider(message_id)
    scripted.answers = [None]
    drain()
    assert state_of_sms(message_id) == "unconfirmed"

    tell("queued", told_sid="SMtold", query=reference())
    become_due()
    drain()

    assert (state_of_sms(message_id), sid(), len(scripted.asked)) == ("sent", "SMtold", 1)
    assert one("select left_at is not null from sms_message")


def test_a_callback_may_come_before_the_answer(admin: Actor, scripted: Scripted) -> None:
    message_id = said(hear(text()))
    consider(message_id)
    claimed = claiming.claim(OrganizationId(1))
    assert claimed is not None

    tell("delivered", told_sid="SMfast", query=f"sms={claimed.letters[0].sms_id}")
    draining.record(claimed.letters[0], Accepted("SMfast", segments=2))

    assert state_of_sms(message_id) == "delivered"
    assert rows("select provider_sid, segments from sms_message") == [
        {"provider_sid": "SMfast", "segments": 2}
    ]


def test_the_failure_of_another_copy_says_nothing(message_id: MessageId) -> None:
    tell("failed", told_sid="SMother", query=reference(), ErrorCode="30008")

    assert state_of_sms(message_id) == "sent"


def test_an_unknown_sms_is_acknowledged(message_id: MessageId) -> None:
    tell("delivered", told_sid="SMnobody")
    tell("delivered", told_sid="SMnobody", query="sms=999999")
    tell("delivered", told_sid="SMnobody", query="sms=" + "9" * 40)
    tell("delivered", told_sid="SMnobody", query="sms=7x")

    assert state_of_sms(message_id) == "sent"


def test_another_organizations_provider_moves_nothing_of_ours(message_id: MessageId, stranger: Actor) -> None:
    switch_on(stranger, auth_token="another-token")
    key, form = key_of(2), callback(sid(), "delivered")
    query = reference()
    url = f"{accounts.callback_url(key)}?{query}"

    post(form, query=query, key=key, header=sign(url, form, "another-token"))

    assert state_of_sms(message_id) == "sent"


def test_another_organizations_token_does_not_open_our_key(message_id: MessageId) -> None:
    form = callback(sid(), "delivered")

    with pytest.raises(BadSignature):
        post(form, header=sign(accounts.callback_url(key_of()), form, "another-token"))

    assert state_of_sms(message_id) == "sent"


@pytest.mark.parametrize("header", ["", "bm8=", "ñandú", "\udcff"])
def test_a_callback_without_its_signature_is_refused(message_id: MessageId, header: str) -> None:
    with pytest.raises(BadSignature):
        post(callback(sid(), "delivered"), header=header)

    assert state_of_sms(message_id) == "sent"


def test_a_signature_of_other_words_is_refused(message_id: MessageId) -> None:
    header = sign(accounts.callback_url(key_of()), callback(sid(), "sent"))

    with pytest.raises(BadSignature):
        post(callback(sid(), "delivered"), header=header)


def test_nobody_can_sign_for_an_account_without_a_token(admin: Actor) -> None:
    switch_on(admin, is_on=False, account_sid="", auth_token="", sender="")
    form = callback("SM1", "delivered")

    with pytest.raises(BadSignature):
        post(form, header=sign(accounts.callback_url(key_of()), form, ""))


@pytest.mark.parametrize("query", ["a=\udcff", "a=\x01", "a=" + "b" * 70_000])
def test_whatever_follows_the_address_it_is_refused_without_a_signature(
    message_id: MessageId, query: str
) -> None:
    with pytest.raises(BadSignature):
        sms.receive(key_of(), query, b"a=1", "b")


def test_an_id_that_is_no_number_of_ours_names_nothing(message_id: MessageId) -> None:
    tell("delivered", query="sms=" + "9" * 5000)

    assert state_of_sms(message_id) == "delivered"


def test_an_unknown_key_and_a_body_that_is_no_form_are_refused(message_id: MessageId) -> None:
    with pytest.raises(NotFound):
        sms.receive("nobody", "", b"", None)
    with pytest.raises(Malformed):
        sms.receive(key_of(), "", b"&".join(b"a=1" for _ in range(200)), None)


class TestOfAPanic:
    """An urgent message that went by SMS does not follow by WhatsApp when the panic is over."""

    @pytest.fixture
    def waiting(self, scripted: Scripted) -> MessageId:
        """An urgent message in the outbox whose SMS has left."""
        message_id = said(hear(text()), state="queued", priority=0)
        enqueue(message_id)
        consider(message_id, SmsReason.PANIC, None)
        drain()
        assert (state_of_sms(message_id), len(scripted.asked)) == ("sent", 1)
        return message_id

    def test_once_delivered_it_leaves_the_queue(self, waiting: MessageId) -> None:
        tell("delivered")

        assert state_of(waiting) == "cancelled"
        assert history_of(waiting) == ["cancelled"]
        assert rows("select id from wa_outbound_queue") == []

    @pytest.mark.parametrize("word", ["sent", "undelivered"])
    def test_until_then_it_stays_there(self, waiting: MessageId, word: str) -> None:
        tell(word)

        assert state_of(waiting) == "queued"
        assert len(rows("select id from wa_outbound_queue")) == 1

    def test_one_that_a_person_asked_for_again_goes_on(self, waiting: MessageId) -> None:
        change("update sms_message set reason = 'undeliverable'")

        tell("delivered")

        assert state_of(waiting) == "queued"

    def test_one_that_was_given_other_words_meanwhile_goes_on(self, waiting: MessageId) -> None:
        reword(waiting, "hoy a las 15")

        tell("delivered")

        assert state_of(waiting) == "queued"
        assert len(rows("select id from wa_outbound_queue")) == 1

    def test_one_that_is_on_its_way_to_meta_goes_on(self, waiting: MessageId) -> None:
        change("update wa_outbound_queue set state = 'sending'")

        tell("delivered")

        assert state_of(waiting) == "queued"
        assert len(rows("select id from wa_outbound_queue")) == 1
