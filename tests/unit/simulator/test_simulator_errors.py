"""The error objects of the simulated Meta."""

from campotech_wa.simulator.errors import refusal, status_error, unauthorized, unknown_object
from campotech_wa.simulator.shapes import JsonObject, as_object


def error_of(body: JsonObject) -> JsonObject:
    return as_object(body["error"]) or {}


def test_a_refusal_carries_code_words_details_and_trace() -> None:
    error = error_of(refusal(131056).body())

    assert error["code"] == 131056
    assert str(error["message"]).startswith("(#131056) ")
    assert error["type"] == "OAuthException"
    assert error["error_data"] == {
        "messaging_product": "whatsapp",
        "details": "Too many messages to this number.",
    }
    assert error["fbtrace_id"]


def test_throttling_is_http_400_and_a_broken_service_500() -> None:
    assert refusal(130429).http_status == 400
    assert refusal(131016).http_status == 500
    assert refusal(132001).http_status == 404


def test_a_code_that_nobody_knows_is_still_an_error_object() -> None:
    error = refusal(999999)

    assert (error.code, error.http_status) == (999999, 400)


def test_a_bad_token_is_190_with_http_401() -> None:
    error = unauthorized("no")

    assert error.http_status == 401
    assert error_of(error.body())["code"] == 190


def test_a_foreign_object_is_100_with_subcode_33() -> None:
    error = error_of(unknown_object("42", "post").body())

    assert (error["code"], error["error_subcode"], error["type"]) == (100, 33, "GraphMethodException")
    assert "'42'" in str(error["message"])


def test_the_error_of_a_status_repeats_its_title_as_message() -> None:
    error = status_error(131047)

    assert error["title"] == error["message"] == "Re-engagement message"
    assert as_object(error["error_data"])
