"""What becomes of the other types: media, voice notes, reactions, and numbers spelled in other ways."""

import time
from typing import Any

import pytest
from simulator_driver import ANA, NUMBER, OTHER_NUMBER, TOKEN, Receiver, Simulator, eventually, template, text


def typed(kind: str, content: object, to: str = ANA) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": f"+{to}", "type": kind, kind: content}


def upload(simulator: Simulator, mime_type: str, number: str = NUMBER, token: str = TOKEN) -> str:
    answer = simulator.http.post(
        f"/v25.0/{number}/media",
        data={"messaging_product": "whatsapp", "type": mime_type},
        files={"file": ("file", b"content", mime_type)},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def accepted(simulator: Simulator, body: dict[str, Any]) -> str:
    answer = simulator.post(body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["messages"][0]["id"])


def fate(receiver: Receiver, wamid: str, count: int) -> list[Any]:
    return eventually(lambda: len(receiver.statuses(wamid)) == count and receiver.statuses(wamid))


def failure(receiver: Receiver, wamid: str) -> int:
    (status,) = eventually(lambda: receiver.status_objects(wamid))
    assert status["status"] == "failed"
    return int(status["errors"][0]["code"])


@pytest.mark.parametrize(
    ("kind", "mime_type"),
    [
        ("image", "image/png"),
        ("video", "video/mp4"),
        ("audio", "audio/mpeg"),
        ("document", "application/pdf"),
        ("sticker", "image/webp"),
    ],
)
def test_an_uploaded_medium_is_sent_by_its_id(
    simulator: Simulator, receiver: Receiver, kind: str, mime_type: str
) -> None:
    simulator.write()

    wamid = accepted(simulator, typed(kind, {"id": upload(simulator, mime_type)}))

    assert fate(receiver, wamid, 2) == ["sent", "delivered"]


def test_an_id_that_nobody_uploaded_here_is_refused(simulator: Simulator) -> None:
    foreign = upload(simulator, "image/png", OTHER_NUMBER, "access-token-2")

    answers = [simulator.post(typed("image", {"id": each})) for each in ("7", foreign)]

    assert [answer.json()["error"]["code"] for answer in answers] == [100, 100]
    assert simulator.look("/messages") == []


def test_a_medium_in_a_template_header_must_exist_too(simulator: Simulator) -> None:
    header = {"type": "header", "parameters": [{"type": "image", "image": {"id": "7"}}]}
    content = {"name": "turno", "language": {"code": "es_AR"}, "components": [header]}

    assert simulator.post(typed("template", content)).json()["error"]["code"] == 100


def test_a_link_that_can_not_be_fetched_fails_later(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()

    gone = accepted(simulator, typed("image", {"link": "https://files.invalid/a.png"}))
    there = accepted(simulator, typed("image", {"link": "https://files.test/a.png"}))

    assert failure(receiver, gone) == 131053
    assert fate(receiver, there, 2) == ["sent", "delivered"]


def test_a_voice_note_that_is_no_ogg_fails_later(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()

    wamid = accepted(simulator, typed("audio", {"id": upload(simulator, "audio/mpeg"), "voice": True}))

    assert failure(receiver, wamid) == 131053


def test_a_voice_note_is_reported_as_played_once(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()
    wamid = accepted(simulator, typed("audio", {"id": upload(simulator, "audio/ogg"), "voice": True}))
    fate(receiver, wamid, 2)
    order = {"phone_number_id": NUMBER, "from": ANA, "message_id": wamid}

    answers = [simulator.control("/played", order).json() for _ in range(2)]

    assert answers == [{"played": True}, {"played": False}]
    assert fate(receiver, wamid, 3) == ["sent", "delivered", "played"]


def test_what_was_played_stays_played_when_the_chat_is_read(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()
    wamid = accepted(simulator, typed("audio", {"id": upload(simulator, "audio/ogg"), "voice": True}))
    simulator.control("/played", {"phone_number_id": NUMBER, "from": ANA, "message_id": wamid})

    simulator.control("/read", {"phone_number_id": NUMBER, "from": ANA})

    assert fate(receiver, wamid, 4) == ["sent", "delivered", "played", "read"]
    assert [each["state"] for each in simulator.look("/messages")] == ["played"]


def test_only_a_voice_note_of_this_chat_can_be_played(simulator: Simulator) -> None:
    simulator.write()
    wamid = simulator.send()

    for order in (
        {"phone_number_id": NUMBER, "from": ANA, "message_id": wamid},
        {"phone_number_id": NUMBER, "from": ANA, "message_id": "wamid.none"},
    ):
        assert simulator.control("/played", order).status_code == 422


def test_a_reaction_is_sent_and_can_be_taken_back(simulator: Simulator, receiver: Receiver) -> None:
    target = simulator.write(wait=True)

    ids = [
        accepted(simulator, typed("reaction", {"message_id": target, "emoji": each})) for each in ("👍", "")
    ]
    eventually(lambda: all(receiver.statuses(wamid) for wamid in ids))

    assert [receiver.statuses(wamid) for wamid in ids] == [["sent"], ["sent"]]


def test_a_reaction_to_what_is_not_there_fails_later(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()
    target = simulator.write(wait=True)
    simulator.write(message={"type": "revoke", "revoke": {"original_message_id": target}})
    old = str(int(time.time()) - 31 * 24 * 3600)
    stale = simulator.write(message={"type": "text", "text": {"body": "Hola"}, "timestamp": old})

    ids = [
        accepted(simulator, typed("reaction", {"message_id": each, "emoji": "👍"}))
        for each in ("wamid.none", target, stale)
    ]

    assert [failure(receiver, wamid) for wamid in ids] == [131009] * 3


def test_a_test_number_reaches_only_those_on_its_list_spelled_as_there(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.write()
    simulator.control("/behaviour", {"allowed_recipients": ["+54 11 15 3123-4567"]})

    refused = [simulator.post(text(each)) for each in (ANA, "541131234567")]
    reached = simulator.post(text("54111531234567")).json()

    assert [answer.json()["error"]["code"] for answer in refused] == [131030, 131030]
    assert reached["contacts"] == [{"input": "+54111531234567", "wa_id": ANA}]
    wamid = reached["messages"][0]["id"]
    assert fate(receiver, wamid, 2) == ["sent", "delivered"]
    assert receiver.status_objects(wamid)[0]["recipient_id"] == ANA


def test_a_behaviour_lasts_until_the_reset(simulator: Simulator) -> None:
    told = simulator.control("/behaviour", {"closed_window": "allow"}).json()
    simulator.control("/reset", {})

    assert told["closed_window"] == "allow"
    assert simulator.control("/behaviour", {}).json()["closed_window"] == "fail"
    assert simulator.control("/behaviour", {"speed": 1}).status_code == 422


def test_a_brazilian_is_reached_with_the_ninth_digit_or_without(simulator: Simulator) -> None:
    simulator.write("553198765432")

    answer = simulator.post(text("5531998765432")).json()

    assert answer["contacts"] == [{"input": "+5531998765432", "wa_id": "553198765432"}]


def test_a_brazilian_who_never_wrote_keeps_the_number_that_was_sent(simulator: Simulator) -> None:
    answer = simulator.post(template("5531998765432")).json()

    assert answer["contacts"][0]["wa_id"] == "5531998765432"
