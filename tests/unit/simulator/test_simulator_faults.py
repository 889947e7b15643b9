"""The rules by which a test orders misfortune."""

import pytest

from campotech_wa.simulator.fault_orders import FaultError, parse
from campotech_wa.simulator.faults import Effect, Faults, Occasion
from campotech_wa.simulator.shapes import JsonObject

NUMBER = "100000000000001"


def message(text: str = "Hola") -> Occasion:
    return Occasion("messages", NUMBER, to="5491131234567", type="text", text=text)


def faults(*documents: JsonObject) -> Faults:
    book = Faults()
    for document in documents:
        book.add(parse(document))
    return book


def test_without_rules_nothing_unusual_happens() -> None:
    assert faults().take(message()) == Effect()


def test_a_rule_is_spent_after_its_times() -> None:
    book = faults({"error_code": 131016, "times": 2})

    codes = [book.take(message()).error_code for _ in range(3)]

    assert codes == [131016, 131016, None]
    assert book.rules == []


def test_a_rule_without_times_stays() -> None:
    book = faults({"http_status": 503})

    assert [book.take(message()).http_status for _ in range(50)] == [503] * 50


@pytest.mark.parametrize(
    ("match", "covered"),
    [
        ({}, True),
        ({"phone_number_id": NUMBER}, True),
        ({"phone_number_id": "2"}, False),
        ({"to": "+54 9 11 3123-4567"}, True),
        ({"to": "541131234567"}, False),
        ({"type": "text"}, True),
        ({"type": "template"}, False),
        ({"text": "ol"}, True),
        ({"text": "chau"}, False),
        ({"to": "5491131234567", "text": "chau"}, False),
    ],
)
def test_a_rule_is_for_the_messages_it_matches(match: JsonObject, *, covered: bool) -> None:
    effect = faults({"drop_response": True, "match": match}).take(message())

    assert effect.drop_response is covered


def test_a_rule_is_for_messages_unless_it_names_another_route() -> None:
    download = Occasion("media_download", NUMBER, type="image/png", id="7")
    match: JsonObject = {"route": "media_download", "id": "7"}
    book = faults({"error_code": 4}, {"body": "truncated", "match": match})

    assert book.take(message()).error_code == 4
    assert book.take(download) == Effect(body="truncated")
    assert book.rules[1].view()["match"] == match


def test_a_message_that_a_rule_is_not_for_does_not_spend_it() -> None:
    book = faults({"error_code": 4, "times": 1, "match": {"text": "chau"}})

    book.take(message("Hola"))

    assert book.take(message("chau")).error_code == 4


def test_the_oldest_rule_comes_first() -> None:
    book = faults({"error_code": 1, "times": 1}, {"error_code": 2, "times": 1})

    assert [book.take(message()).error_code for _ in range(3)] == [1, 2, None]


def test_a_delay_joins_another_rule_instead_of_hiding_it() -> None:
    book = faults({"latency_ms": 200}, {"error_code": 131000, "latency_ms": 300, "times": 1})

    assert book.take(message()) == Effect(error_code=131000, latency=0.5)
    assert book.take(message()) == Effect(latency=0.2)


def test_metas_code_zero_is_an_error_too() -> None:
    assert faults({"error_code": 0}).take(message()).error_code == 0


def test_a_rule_tells_how_it_stands() -> None:
    rule: JsonObject = {"status_failed_code": 131049, "latency_ms": 250, "match": {"type": "text"}}
    book = faults({**rule, "times": 2, "name": "perdido"})

    book.take(message())

    standing = {"id": 1, "name": "perdido", "share": 1.0, "remaining": 1, "hits": 1}
    assert book.rules[0].view() == {**rule, **standing}


def test_a_rule_for_a_share_strikes_about_so_many() -> None:
    book = faults({"http_status": 500, "share": 0.05, "seed": 4})

    struck = sum(book.take(message()).http_status == 500 for _ in range(4000))

    assert 150 < struck < 250
    assert book.rules[0].hits == struck


def test_a_seed_makes_chance_repeat_itself() -> None:
    def struck(seed: int) -> list[int | None]:
        book = faults({"error_code": 4, "share": 0.5, "seed": seed})
        return [book.take(message()).error_code for _ in range(50)]

    assert struck(1) == struck(1) != struck(2)


def test_a_rule_that_does_not_strike_leaves_the_request_to_the_next() -> None:
    book = faults({"error_code": 1, "share": 0.5, "seed": 1}, {"error_code": 2})

    assert {book.take(message()).error_code for _ in range(50)} == {1, 2}


def test_a_share_spends_its_times_only_where_it_strikes() -> None:
    book = faults({"error_code": 1, "share": 0.1, "seed": 1, "times": 3})

    codes = [book.take(message()).error_code for _ in range(300)]

    assert codes.count(1) == 3


def test_one_rule_is_lifted_and_the_others_stay() -> None:
    book = faults({"error_code": 1}, {"error_code": 2})

    assert (book.lift(1), book.lift(1)) == (True, False)
    assert book.take(message()).error_code == 2


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"match": {}},
        {"error_code": 1, "http_status": 500},
        {"error_code": "1"},
        {"error_code": True},
        {"error_code": -1},
        {"http_status": 200},
        {"drop_response": False},
        {"latency_ms": -1},
        {"error_code": 1, "times": 0},
        {"error_code": 1, "share": 0},
        {"error_code": 1, "share": 1.5},
        {"error_code": 1, "share": True},
        {"error_code": 1, "seed": "x"},
        {"error_code": 1, "name": 5},
        {"error_code": 1, "times": "2"},
        {"error_code": 1, "match": []},
        {"error_code": 1, "match": {"to": 5}},
        {"error_code": 1, "match": {"body": "x"}},
        {"error_code": 1, "count": 3},
        {"error_code": 1, "match": {"route": "moon"}},
        {"body": "wrong"},
        {"body": "pink", "match": {"route": "media_download"}},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_sentence(document: JsonObject) -> None:
    with pytest.raises(FaultError, match=r"\.$"):
        parse(document)
