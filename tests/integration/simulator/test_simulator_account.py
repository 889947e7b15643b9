"""A number is registered, presents itself, blocks people, and gives out links."""

from typing import Any

import httpx
import pytest
from simulator_driver import ANA, NUMBER, TOKEN, Simulator, text

HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def call(simulator: Simulator, method: str, edge: str, body: object = None, **query: str) -> httpx.Response:
    path = f"/v25.0/{NUMBER}/{edge}"
    return simulator.http.request(method, path, json=body, params=query, headers=HEADERS)


def code_of(answer: httpx.Response) -> int:
    assert answer.status_code == 400, answer.text
    return int(answer.json()["error"]["code"])


def register(simulator: Simulator, pin: str = "123456") -> httpx.Response:
    return call(simulator, "POST", "register", {"messaging_product": "whatsapp", "pin": pin})


def test_the_first_pin_is_taken_and_another_one_refused(simulator: Simulator) -> None:
    assert register(simulator).json() == {"success": True}

    assert code_of(register(simulator, "654321")) == 133005
    assert register(simulator).json() == {"success": True}


def test_a_pin_that_was_changed_is_the_one_that_counts(simulator: Simulator) -> None:
    register(simulator)

    changed = simulator.http.post(f"/v25.0/{NUMBER}", json={"pin": "654321"}, headers=HEADERS)

    assert changed.json() == {"success": True}
    assert code_of(register(simulator)) == 133005
    assert register(simulator, "654321").status_code == 200


@pytest.mark.parametrize("pin", ["12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_a_pin_has_six_digits(simulator: Simulator, pin: str) -> None:
    assert code_of(register(simulator, pin)) == 100


def test_after_five_wrong_guesses_the_right_one_is_refused_too(simulator: Simulator) -> None:
    register(simulator)
    guesses = [code_of(register(simulator, "000000")) for _ in range(5)]

    assert (guesses, code_of(register(simulator))) == ([133005] * 5, 133008)


def test_registering_is_limited_to_ten_times(simulator: Simulator) -> None:
    answers = [register(simulator).status_code for _ in range(10)]

    assert (answers, code_of(register(simulator))) == ([200] * 10, 133016)


def test_a_number_that_is_not_registered_sends_nothing(simulator: Simulator) -> None:
    simulator.write()
    call(simulator, "POST", "deregister")

    assert code_of(simulator.post(text())) == 133010
    register(simulator)
    assert simulator.post(text()).status_code == 200


def test_a_number_is_verified_with_the_code_that_was_sent(simulator: Simulator) -> None:
    ask = {"code_method": "SMS", "language": "es_AR"}
    assert code_of(call(simulator, "POST", "request_code", **ask)) == 136024
    simulator.control("/numbers", {"phone_number_id": NUMBER, "verified": False})
    assert code_of(register(simulator)) == 133006

    assert call(simulator, "POST", "request_code", **ask).json() == {"success": True}
    sent = simulator.look("/numbers")[0]["code"]
    wrong = call(simulator, "POST", "verify_code", code="000000" if sent != "000000" else "111111")
    right = call(simulator, "POST", "verify_code", code=sent)

    assert (code_of(wrong), wrong.json()["error"]["error_subcode"]) == (136025, 2388093)
    assert right.json() == {"success": True, "id": NUMBER}
    assert register(simulator).status_code == 200


def test_another_display_name_waits_for_review(simulator: Simulator) -> None:
    simulator.http.post(f"/v25.0/{NUMBER}", params={"new_display_name": "Clima"}, headers=HEADERS)

    query = {"fields": "new_display_name,new_name_status,verified_name"}
    told = simulator.http.get(f"/v25.0/{NUMBER}", params=query, headers=HEADERS).json()
    assert (told["new_display_name"], told["new_name_status"], told["verified_name"]) == (
        "Clima",
        "PENDING_REVIEW",
        "Empresa 1",
    )


def profile(simulator: Simulator, **changes: object) -> httpx.Response:
    return call(simulator, "POST", "whatsapp_business_profile", {"messaging_product": "whatsapp", **changes})


def test_a_profile_is_changed_field_by_field(simulator: Simulator) -> None:
    sites = ["https://climasur.test", "https://climasur.test/turnos"]
    assert profile(simulator, about="Aires", email="a@b.test", websites=sites).json() == {"success": True}
    assert profile(simulator, email="", vertical="PROF_SERVICES").json() == {"success": True}

    shown = call(simulator, "GET", "whatsapp_business_profile", fields="about,email,websites,vertical").json()

    assert shown["data"] == [
        {"messaging_product": "whatsapp", "about": "Aires", "websites": sites, "vertical": "PROF_SERVICES"}
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"about": ""}, 131008),
        ({"about": "x" * 140}, 100),
        ({"address": "x" * 257}, 100),
        ({"description": "x" * 513}, 100),
        ({"email": "x" * 129}, 100),
        ({"email": "nobody"}, 131009),
        ({"websites": ["https://a.test"] * 3}, 131009),
        ({"websites": ["climasur.test"]}, 131009),
        ({"websites": "https://a.test"}, 131009),
        ({"vertical": "PLUMBING"}, 100),
        ({"profile_picture_handle": "12345"}, 131009),
        ({"messaging_product": "sms"}, 100),
    ],
)
def test_a_profile_has_limits(simulator: Simulator, changes: dict[str, object], code: int) -> None:
    assert code_of(profile(simulator, **changes)) == code


def test_a_profile_picture_comes_by_a_resumable_upload(simulator: Simulator) -> None:
    query = {"file_name": "a.png", "file_length": "6", "file_type": "image/png"}
    session = simulator.http.post("/v25.0/300000000000000/uploads", params=query, headers=HEADERS).json()[
        "id"
    ]
    headers = {"Authorization": f"OAuth {TOKEN}"}

    first = simulator.http.post(f"/v25.0/{session}", content=b"uno", headers={**headers, "file_offset": "0"})
    there = simulator.http.get(f"/v25.0/{session}", headers=headers).json()
    wrong = simulator.http.post(f"/v25.0/{session}", content=b"dos", headers={**headers, "file_offset": "0"})
    last = simulator.http.post(f"/v25.0/{session}", content=b"dos", headers={**headers, "file_offset": "3"})

    assert first.json() == there == {"id": session, "file_offset": 3}
    assert code_of(wrong) == 100
    assert profile(simulator, profile_picture_handle=last.json()["h"]).json() == {"success": True}
    shown = call(simulator, "GET", "whatsapp_business_profile", fields="profile_picture_url").json()
    assert shown["data"][0]["profile_picture_url"].startswith("https://")


@pytest.mark.parametrize(
    "change", [{"file_type": "image/webp"}, {"file_length": "0"}, {"file_length": "many"}]
)
def test_an_upload_says_first_what_it_will_be(simulator: Simulator, change: dict[str, str]) -> None:
    query = {"file_name": "a.png", "file_length": "6", "file_type": "image/png", **change}

    assert code_of(simulator.http.post("/v25.0/3/uploads", params=query, headers=HEADERS)) == 100


def users(*who: dict[str, str]) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "block_users": list(who)}


def test_somebody_who_wrote_today_can_be_blocked_and_unblocked(simulator: Simulator) -> None:
    simulator.write()
    ana = users({"user": f"+{ANA}"})

    blocked = call(simulator, "POST", "block_users", ana).json()
    listed = call(simulator, "GET", "block_users").json()["data"]
    refused = simulator.post(text())
    unblocked = call(simulator, "DELETE", "block_users", ana).json()

    assert blocked["block_users"] == {"added_users": [{"input": f"+{ANA}", "wa_id": ANA}]}
    assert listed == [{"messaging_product": "whatsapp", "wa_id": ANA}]
    assert code_of(refused) == 130403
    assert unblocked["block_users"] == {"removed_users": [{"input": f"+{ANA}", "wa_id": ANA}]}
    assert simulator.post(text()).status_code == 200


def test_a_mixed_result_is_an_error_that_carries_the_results(simulator: Simulator) -> None:
    simulator.write()

    answer = call(simulator, "POST", "block_users", users({"user": ANA}, {"user": "5493515123456"}))

    body = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (400, 139100)
    assert [each["wa_id"] for each in body["block_users"]["added_users"]] == [ANA]
    assert [each["input"] for each in body["block_users"]["failed_users"]] == ["5493515123456"]


def test_a_parent_user_id_can_not_be_blocked(simulator: Simulator) -> None:
    assert code_of(call(simulator, "POST", "block_users", users({"user_id": "AR.ENT.118"}))) == 131009


def test_a_link_is_made_changed_listed_and_deleted(simulator: Simulator) -> None:
    made = call(
        simulator, "POST", "message_qrdls", {"prefilled_message": "Hola", "generate_qr_image": "SVG"}
    ).json()
    changed = call(
        simulator, "POST", "message_qrdls", {"code": made["code"], "prefilled_message": "Chau"}
    ).json()
    listed = call(simulator, "GET", "message_qrdls", fields="code,qr_image_url.format(SVG)").json()["data"]
    picture = simulator.http.get(made["qr_image_url"])
    deleted = call(simulator, "DELETE", f"message_qrdls/{made['code']}")

    assert made["deep_link_url"] == f"https://wa.me/message/{made['code']}"
    assert changed["prefilled_message"] == "Chau"
    assert [(each["code"], each["qr_image_url"]) for each in listed] == [(made["code"], made["qr_image_url"])]
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert deleted.json() == {"success": True}
    assert code_of(call(simulator, "GET", f"message_qrdls/{made['code']}")) == 100
    assert code_of(call(simulator, "POST", "message_qrdls", {"prefilled_message": "x" * 141})) == 100


def test_a_list_comes_in_pages(simulator: Simulator) -> None:
    for number in range(5):
        call(simulator, "POST", "message_qrdls", {"prefilled_message": f"Hola {number}"})

    first = call(simulator, "GET", "message_qrdls", limit="3").json()
    rest = simulator.http.get(first["paging"]["next"], headers=HEADERS).json()

    words = [each["prefilled_message"] for each in (*first["data"], *rest["data"])]
    assert words == [f"Hola {number}" for number in range(5)]
    assert "next" not in rest["paging"]
    assert code_of(call(simulator, "GET", "message_qrdls", after="elsewhere")) == 131059


def test_a_username_is_taken_by_one_number_only(simulator: Simulator) -> None:
    taken = call(simulator, "POST", "username", {"username": "climasur"})
    other = simulator.http.post(
        "/v25.0/100000000000002/username",
        json={"username": "climasur"},
        headers={"Authorization": "Bearer access-token-2"},
    )

    assert taken.json() == {"status": "approved"}
    assert call(simulator, "GET", "username").json() == {"username": "climasur", "status": "approved"}
    assert code_of(other) == 147001
    assert call(simulator, "DELETE", "username").json() == {"success": True}
    assert call(simulator, "GET", "username").json() == {}
    assert code_of(call(simulator, "POST", "username", {"username": "Clima Sur"})) == 131009


def test_settings_are_kept_beside_the_usual_ones(simulator: Simulator) -> None:
    change = {"user_identity_change": {"enable_identity_key_check": True}}

    assert call(simulator, "POST", "settings", change).json() == {"success": True}

    shown = call(simulator, "GET", "settings").json()
    assert shown["user_identity_change"] == {"enable_identity_key_check": True}
    assert shown["calling"]["status"] == "disabled"
    assert code_of(call(simulator, "POST", "settings", {"mood": {}})) == 100


def test_prompts_and_commands_show_on_the_node(simulator: Simulator) -> None:
    automation = {
        "prompts": ["Pedir turno"],
        "commands": [{"command_name": "turno", "command_description": "Pedir un turno"}],
    }

    assert call(simulator, "POST", "conversational_automation", automation).json() == {"success": True}

    query = {"fields": "conversational_automation"}
    told = simulator.http.get(f"/v25.0/{NUMBER}", params=query, headers=HEADERS).json()
    assert told["conversational_automation"] == automation
    assert code_of(call(simulator, "POST", "conversational_automation", {"prompts": ["x"] * 5})) == 131009
