"""Media go up and come down as at Meta, and can be made to misbehave."""

import base64
import hashlib
from typing import Any

import httpx
import pytest
from simulator_driver import NUMBER, OTHER_NUMBER, TOKEN, Receiver, Simulator, eventually

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 600
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def upload(
    simulator: Simulator, content: bytes = PNG, mime_type: str = "image/png", **fields: str
) -> httpx.Response:
    data = {"messaging_product": "whatsapp", "type": mime_type, **fields}
    files = {"file": ("foto.png", content, mime_type)}
    return simulator.http.post(f"/v25.0/{NUMBER}/media", data=data, files=files, headers=HEADERS)


def uploaded(simulator: Simulator) -> str:
    answer = upload(simulator)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def resolve(simulator: Simulator, media_id: str, **query: str) -> httpx.Response:
    return simulator.http.get(f"/v25.0/{media_id}", params=query, headers=HEADERS)


def handed_in(simulator: Simulator, mime_type: str = "image/jpeg") -> Any:
    query = {"phone_number_id": NUMBER, "filename": "../../foto.jpg"}
    headers = {"Content-Type": mime_type}
    answer = simulator.http.post("/_sim/media", params=query, content=PNG, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_what_goes_up_comes_down_the_same(simulator: Simulator) -> None:
    media_id = uploaded(simulator)

    told = resolve(simulator, media_id, phone_number_id=NUMBER).json()
    content = simulator.http.get(told["url"], headers=HEADERS)

    assert told | {"url": ""} == {
        "messaging_product": "whatsapp",
        "url": "",
        "mime_type": "image/png",
        "sha256": hashlib.sha256(PNG).hexdigest(),
        "file_size": len(PNG),
        "id": media_id,
    }
    assert (content.content, content.headers["content-type"]) == (PNG, "image/png")


def test_the_bytes_want_the_token_of_their_number(simulator: Simulator) -> None:
    url = resolve(simulator, uploaded(simulator)).json()["url"]

    assert simulator.http.get(url).status_code == 401
    assert simulator.http.get(url, headers={"Authorization": "Bearer access-token-2"}).status_code == 404


@pytest.mark.parametrize(
    ("content", "mime_type", "fields", "code"),
    [
        (PNG, "image/heic", {}, 100),
        (PNG, "image/png", {"messaging_product": "sms"}, 100),
        (PNG, "image/png", {"type": ""}, 131008),
        (b"", "image/png", {}, 131053),
        (b"x" * (5 * 1024 * 1024 + 1), "image/png", {}, 131053),
    ],
)
def test_what_meta_does_not_take_is_refused(
    simulator: Simulator, content: bytes, mime_type: str, fields: dict[str, str], code: int
) -> None:
    answer = upload(simulator, content, mime_type, **fields)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_the_type_of_the_part_counts_and_not_the_field(simulator: Simulator) -> None:
    media_id = upload(simulator, type="image/jpeg").json()["id"]

    assert resolve(simulator, media_id).json()["mime_type"] == "image/png"


def test_an_upload_without_a_file_is_refused(simulator: Simulator) -> None:
    data = {"messaging_product": "whatsapp", "type": "image/png"}

    answer = simulator.http.post(f"/v25.0/{NUMBER}/media", data=data, headers=HEADERS)

    assert answer.json()["error"]["code"] == 131008


def test_a_medium_of_another_number_does_not_exist(simulator: Simulator) -> None:
    media_id = uploaded(simulator)
    stranger = {"Authorization": "Bearer access-token-2"}

    foreign = simulator.http.get(f"/v25.0/{media_id}", headers=stranger).json()["error"]
    misplaced = resolve(simulator, media_id, phone_number_id=OTHER_NUMBER).json()["error"]

    assert [(each["code"], each["error_subcode"]) for each in (foreign, misplaced)] == [(100, 33)] * 2


def test_a_deleted_medium_is_gone(simulator: Simulator) -> None:
    media_id = uploaded(simulator)
    url = resolve(simulator, media_id).json()["url"]

    answers = [simulator.http.delete(f"/v25.0/{media_id}", headers=HEADERS) for _ in range(2)]

    assert answers[0].json() == {"success": True}
    assert answers[1].json()["error"]["code"] == 100
    assert simulator.http.get(url, headers=HEADERS).status_code == 404


def test_a_customers_photo_comes_with_type_digest_and_address(
    simulator: Simulator, receiver: Receiver
) -> None:
    photo = handed_in(simulator)

    simulator.write(message={"type": "image", "image": {"id": photo["id"], "caption": "Mirá"}})

    image = eventually(lambda: receiver.messages)[0]["image"]
    digest = base64.b64encode(hashlib.sha256(PNG).digest()).decode()
    assert image | {"url": ""} == {
        "id": photo["id"],
        "mime_type": "image/jpeg",
        "sha256": digest,
        "url": "",
        "caption": "Mirá",
    }
    assert photo == {"id": photo["id"], "mime_type": "image/jpeg", "sha256": digest, "file_size": len(PNG)}
    assert simulator.http.get(image["url"], headers=HEADERS).content == PNG


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        ("audio", {}, {"voice": False}),
        ("audio", {"voice": True}, {"voice": True}),
        ("sticker", {}, {"animated": False}),
        ("document", {"filename": "a.pdf"}, {"filename": "a.pdf"}),
    ],
)
def test_every_kind_says_what_meta_says_of_it(
    simulator: Simulator, receiver: Receiver, kind: str, given: dict[str, object], told: dict[str, object]
) -> None:
    medium = handed_in(simulator, "audio/ogg; codecs=opus")

    simulator.write(message={"type": kind, kind: {"id": medium["id"], **given}})

    content = eventually(lambda: receiver.messages)[0][kind]
    assert content["mime_type"] == "audio/ogg; codecs=opus"
    assert content | told == content


def test_the_phone_page_sees_the_bytes_but_runs_nothing(simulator: Simulator) -> None:
    shown = simulator.http.get(f"/_sim/media/{handed_in(simulator, 'text/html')['id']}")

    assert shown.content == PNG
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["7", "..%2F..%2Fetc%2Fpasswd", "%2e%2e"])
def test_nothing_but_a_held_id_is_found(simulator: Simulator, name: str) -> None:
    assert simulator.http.get(f"/_sim/media/{name}").status_code in {404, 422}


@pytest.mark.parametrize(
    ("query", "headers"),
    [({}, {"Content-Type": "image/png"}), ({"phone_number_id": NUMBER}, {})],
)
def test_a_medium_needs_a_number_and_a_type(
    simulator: Simulator, query: dict[str, str], headers: dict[str, str]
) -> None:
    answer = simulator.http.post("/_sim/media", params=query, content=b"x", headers=headers)

    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def test_an_address_can_be_made_to_die_before_its_id(simulator: Simulator) -> None:
    media_id = uploaded(simulator)
    url = resolve(simulator, media_id).json()["url"]

    simulator.control(f"/media/{media_id}/expire", {"what": "url"})
    assert simulator.http.get(url, headers=HEADERS).status_code == 404
    assert simulator.http.get(resolve(simulator, media_id).json()["url"], headers=HEADERS).is_success

    simulator.http.post(f"/_sim/media/{media_id}/expire")
    assert resolve(simulator, media_id).json()["error"]["error_subcode"] == 33
    assert simulator.control(f"/media/{media_id}/expire", {"what": "all"}).status_code == 422


def test_a_fault_strikes_the_route_it_names_and_no_other(simulator: Simulator) -> None:
    media_id = uploaded(simulator)
    for order in (
        {"error_code": 131016, "match": {"route": "media_resolve"}, "times": 1},
        {"http_status": 502, "match": {"route": "media_download"}, "times": 1},
        {"error_code": 131053, "match": {"route": "media_upload", "type": "image/png"}, "times": 1},
    ):
        assert simulator.control("/faults", order).status_code == 201

    assert resolve(simulator, media_id).json()["error"]["code"] == 131016
    url = resolve(simulator, media_id).json()["url"]
    assert simulator.http.get(url, headers=HEADERS).status_code == 502
    assert simulator.http.get(url, headers=HEADERS).content == PNG
    assert upload(simulator).json()["error"]["code"] == 131053
    assert upload(simulator).status_code == 200


def test_a_download_can_end_too_early(simulator: Simulator) -> None:
    url = resolve(simulator, uploaded(simulator)).json()["url"]
    simulator.control("/faults", {"body": "truncated", "match": {"route": "media_download"}, "times": 1})

    with pytest.raises(httpx.RemoteProtocolError):
        simulator.http.get(url, headers=HEADERS)

    assert simulator.http.get(url, headers=HEADERS).content == PNG


def test_a_download_can_hold_other_bytes_or_a_page(simulator: Simulator) -> None:
    url = resolve(simulator, uploaded(simulator)).json()["url"]
    for body in ("wrong", "html"):
        simulator.control("/faults", {"body": body, "match": {"route": "media_download"}, "times": 1})

    wrong, page = (simulator.http.get(url, headers=HEADERS) for _ in range(2))

    assert (len(wrong.content), wrong.headers["content-type"]) == (len(PNG), "image/png")
    assert wrong.content != PNG
    assert page.headers["content-type"].startswith("text/html")


def test_a_reset_forgets_media(simulator: Simulator) -> None:
    media_id = uploaded(simulator)

    simulator.control("/reset", {})

    assert resolve(simulator, media_id).json()["error"]["code"] == 100


def test_an_uploaded_file_can_be_looked_at(simulator: Simulator) -> None:
    assert simulator.http.get(f"/_sim/media/{uploaded(simulator)}").content == PNG
