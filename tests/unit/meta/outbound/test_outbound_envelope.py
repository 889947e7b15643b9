"""The body of a request says to whom, what, and which of our messages it is."""

from campotech_wa.domain.ids import BusinessScopedUserId, WaId, Wamid
from campotech_wa.meta import outbound


def test_a_number_is_written_with_its_plus() -> None:
    body = outbound.body("text", {"body": "Hola"}, to=WaId("5491131234567"), callback_data="m1.1")

    assert body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+5491131234567",
        "type": "text",
        "text": {"body": "Hola"},
        "biz_opaque_callback_data": "m1.1",
    }


def test_a_customer_without_number_is_addressed_by_their_user_id() -> None:
    body = outbound.body(
        "sticker", {"id": "1"}, to=None, recipient=BusinessScopedUserId("AR.1"), callback_data="m1.1"
    )

    assert body["recipient"] == "AR.1"
    assert "to" not in body


def test_a_number_is_enough_where_both_are_known() -> None:
    body = outbound.body(
        "sticker", {"id": "1"}, to=WaId("549"), recipient=BusinessScopedUserId("AR.1"), callback_data="m1.1"
    )

    assert body["to"] == "+549"
    assert "recipient" not in body


def test_a_quote_stands_beside_the_content() -> None:
    context = {"message_id": "wamid.7"}

    body = outbound.body("text", {"body": "Sí"}, to=WaId("549"), context=context, callback_data="m1.1")

    assert body["context"] == context


def test_contacts_leave_as_the_list_that_meta_takes() -> None:
    card = {"name": {"formatted_name": "Ana", "first_name": "Ana"}}
    content = outbound.check("contacts", [card])

    body = outbound.body("contacts", content, to=WaId("549"), callback_data="m1.1")

    assert body["contacts"] == [card]


def test_a_read_receipt_may_say_that_an_answer_is_coming() -> None:
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.7"}

    assert outbound.read_receipt(Wamid("wamid.7"), typing=False) == receipt
    assert outbound.read_receipt(Wamid("wamid.7"), typing=True) == receipt | {
        "typing_indicator": {"type": "text"}
    }
