"""The checks of the simulated Graph API: what frames a message, and the plain types."""

import pytest
from bodies import BUTTONS, CARD, NOTHING, check, refused, text_message, typed

from campotech_wa.simulator.checks.body import parse
from campotech_wa.simulator.checks.outgoing import MediaUse, Outgoing, ReadReceipt
from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.shapes import JsonObject

LINK = "https://example.test/a.png"
ACCEPTED: list[JsonObject] = [
    text_message(),
    text_message(recipient_type="individual"),
    text_message(context={"message_id": "wamid.x"}),
    text_message(text={"body": "x" * 4096, "preview_url": True}),
    text_message(biz_opaque_callback_data="x" * 512),
    typed("reaction", {"message_id": "wamid.x", "emoji": ""}),
    typed("reaction", {"message_id": "wamid.x", "emoji": "👩🏽‍🔧"}),
    typed("reaction", {"message_id": "wamid.x", "emoji": "🇦🇷"}),
    typed("reaction", {"message_id": "wamid.x", "emoji": "❤️"}),
    typed("contacts", [CARD]),
    typed("contacts", [CARD] * 257),
    typed("image", {"link": LINK, "caption": "x" * 1024}),
    typed("audio", {"id": "1", "voice": True}),
    typed("document", {"id": "1", "filename": "x" * 240, "caption": "Factura"}),
    text_message(recipient_identity_key_hash="DF2lS5v2W6x="),
    *[typed(kind, {"id": "1"}) for kind in ("image", "audio", "video", "document", "sticker")],
    typed("location", {"latitude": "-34.6", "longitude": "-58.4"}),
    typed("location", {"latitude": -34.6, "longitude": -58.4, "name": "Taller", "address": "Rivadavia 1"}),
]

REFUSED: list[tuple[JsonObject, int]] = [
    (text_message(messaging_product=None), 100),
    (text_message(messaging_product="sms"), 100),
    (text_message(recipient_type="group"), 100),
    (text_message(to=None), 131008),
    (text_message(to=""), 131008),
    (text_message(to=5491131234567), 100),
    (text_message(to="Ana"), 131009),
    (text_message(to="123"), 131009),
    (text_message(to="+54 9 11 3123-4567 890"), 131009),
    (text_message(to="٥٤٩١١٣١٢٣٤٥٦٧"), 131009),
    (text_message(to=None, recipient="Ana"), 131009),
    (text_message(type=None), 131008),
    (text_message(type="poll"), 100),
    (text_message(type=["text"]), 100),
    (text_message(text=None), 131008),
    (text_message(text="Hola"), 100),
    (text_message(text={"body": ""}), 131008),
    (text_message(text={"body": 5}), 100),
    (text_message(text={"body": "x" * 4097}), 100),
    (text_message(text={"body": "Hola", "preview_url": "yes"}), 100),
    (text_message(context={}), 131008),
    (text_message(context="wamid.x"), 100),
    (text_message(biz_opaque_callback_data="x" * 513), 100),
    (text_message(biz_opaque_callback_data=7), 100),
    (typed("reaction", {"emoji": "👍"}), 131008),
    (typed("reaction", {"message_id": "wamid.x"}), 131008),
    (text_message(text={"body": "Hola", "colour": "red"}), 100),
    (text_message(category="utility"), 100),
    (text_message(ttl_seconds=600), 100),
    (typed("reaction", {"message_id": "wamid.x", "emoji": "ok"}), 131009),
    (typed("reaction", {"message_id": "wamid.x", "emoji": "👍👍"}), 131009),
    (typed("contacts", {"name": {}}), 100),
    (typed("contacts", []), 131009),
    (typed("contacts", [CARD] * 258), 131009),
    (typed("contacts", ["Ana"]), 100),
    (typed("contacts", [NOTHING]), 131008),
    (typed("contacts", [{"name": {"formatted_name": "Ana"}}]), 131008),
    (typed("contacts", [{"name": {"first_name": "Ana"}}]), 131008),
    (typed("contacts", [{**CARD, "birthday": "23/11/1990"}]), 131009),
    (typed("contacts", [{**CARD, "phones": [{"number": "1"}]}]), 100),
    (typed("contacts", [{**CARD, "org": "Clima Sur"}]), 100),
    (typed("image", "https://example.test/a.png"), 100),
    (typed("image", {}), 131008),
    (typed("image", {"id": "1", "link": LINK}), 100),
    (typed("image", {"id": 1}), 100),
    (typed("image", {"link": "ftp://example.test/a.png"}), 131009),
    (typed("image", {"id": "1", "caption": "x" * 1025}), 100),
    (typed("image", {"id": "1", "voice": True}), 100),
    (typed("audio", {"id": "1", "caption": "Hola"}), 100),
    (typed("audio", {"id": "1", "voice": "yes"}), 100),
    (typed("document", {"id": "1", "filename": "x" * 241}), 100),
    (typed("sticker", {"id": "1", "caption": "Hola"}), 100),
    (typed("location", {"latitude": "-34.6"}), 131008),
    (typed("location", {"latitude": "south", "longitude": "1"}), 100),
    (typed("location", {"latitude": True, "longitude": "1"}), 100),
    (typed("location", {"latitude": 91, "longitude": 1}), 131009),
    (typed("location", {"latitude": "nan", "longitude": 1}), 131009),
]


@pytest.mark.parametrize("body", ACCEPTED, ids=lambda body: str(body["type"]))
def test_a_sound_message_passes(body: JsonObject) -> None:
    outgoing = check(body)

    assert isinstance(outgoing, Outgoing)
    assert (outgoing.customer, outgoing.type, outgoing.payload) == ("5491131234567", body["type"], body)


@pytest.mark.parametrize(("body", "code"), REFUSED)
def test_a_faulty_message_is_refused_with_metas_code(body: JsonObject, code: int) -> None:
    error = refused(body)

    assert error.code == code
    assert error.details


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"text"', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused_with_100(raw: bytes) -> None:
    with pytest.raises(GraphError) as caught:
        parse(raw)

    assert caught.value.code == 100


@pytest.mark.parametrize(
    "written", ["5491131234567", "+5491131234567", "+54 9 (11) 3123-4567", "+54 9 11\u00a03123.4567"]
)
def test_a_number_may_be_decorated(written: str) -> None:
    outgoing = check(text_message(to=written))

    assert isinstance(outgoing, Outgoing)
    assert outgoing.customer == "5491131234567"


def test_an_argentine_number_without_the_nine_stays_another_identity() -> None:
    outgoing = check(text_message(to="+54 11 3123-4567"))

    assert isinstance(outgoing, Outgoing)
    assert outgoing.customer == "541131234567"


def test_a_user_id_takes_the_place_of_a_number_but_does_not_outdo_it() -> None:
    alone, beside = text_message(to=None, recipient="AR.13491"), text_message(recipient="AR.13491")

    assert [each.customer for each in map(check, (alone, beside)) if isinstance(each, Outgoing)] == [
        "AR.13491",
        "5491131234567",
    ]


def test_marking_as_read_needs_only_the_message() -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}

    assert check(body) == ReadReceipt("wamid.x", typing=False)
    assert check({**body, "typing_indicator": {"type": "text"}}) == ReadReceipt("wamid.x", typing=True)


def test_a_read_receipt_without_message_or_with_another_status_is_refused() -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}

    assert refused({**body, "message_id": None}).code == 131008
    assert refused({**body, "status": "delivered"}).code == 100
    assert refused({**body, "typing_indicator": {"type": "audio"}}).code == 100


def test_every_medium_of_a_message_is_found() -> None:
    header = {"type": "video", "video": {"id": "7"}}
    body = typed(
        "interactive", {"type": "button", "header": header, "body": {"text": "B"}, "action": BUTTONS}
    )

    audio, button = check(typed("audio", {"id": "5", "voice": True})), check(body)

    assert isinstance(audio, Outgoing)
    assert isinstance(button, Outgoing)
    assert audio.media == (MediaUse("audio", "5", "", voice=True),)
    assert button.media == (MediaUse("video", "7", ""),)


def test_the_error_names_the_parameter_as_meta_does() -> None:
    assert refused(text_message(text={"body": "x" * 4097})).details == (
        "Param text['body'] must be at most 4096 characters long."
    )
    assert (
        "contacts[1]['name']['formatted_name']"
        in refused(typed("contacts", [CARD, {"name": NOTHING}])).details
    )
