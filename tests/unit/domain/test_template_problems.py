"""Everything that a message puts wrong into a template is found and named; what is complete has no problem."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campotech_wa.domain.templates import problems
from campotech_wa.domain.templates.problems import Problem

JsonObject = dict[str, Any]


def template(*components: JsonObject) -> JsonObject:
    return {"components": list(components)}


def message(*components: JsonObject) -> JsonObject:
    return {"name": "turno", "components": list(components)}


def texts(*words: str, kind: str = "body") -> JsonObject:
    return {"type": kind, "parameters": [{"type": "text", "text": each} for each in words]}


def named(**values: str) -> JsonObject:
    parameters = [{"type": "text", "parameter_name": name, "text": each} for name, each in values.items()]
    return {"type": "body", "parameters": parameters}


def header(kind: str) -> JsonObject:
    return {"type": "header", "parameters": [{"type": kind, kind: {"id": "1"}}]}


def button(sub_type: str, index: object = "0") -> JsonObject:
    key = "coupon_code" if sub_type == "copy_code" else "text"
    return {"type": "button", "sub_type": sub_type, "index": index, "parameters": [{"type": key, key: "x"}]}


def buttons(*defined: JsonObject) -> JsonObject:
    return {"type": "BUTTONS", "buttons": list(defined)}


def found(content: JsonObject, definition: JsonObject) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in problems.find(content, definition)]


BODY = {"type": "BODY", "text": "Hola {{1}}, el {{2}}."}
NAMED = {"type": "BODY", "text": "Hola {{nombre}}, el {{dia}}."}
VARIABLE_URL = {"type": "URL", "text": "Ver", "url": "https://x.ar/{{1}}"}
FIXED_URL = {"type": "URL", "text": "Ver", "url": "https://x.ar/"}
OFFER = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ya", "has_expiration": True}}
CARD = template({"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "{{1}}"})


class TestValues:
    def test_one_too_few_is_missing_and_one_too_many_not_allowed(self) -> None:
        assert found(message(texts("Ana")), template(BODY)) == [("missing", "template.body.2")]
        assert found(message(), template(BODY)) == [
            ("missing", "template.body.1"),
            ("missing", "template.body.2"),
        ]
        assert found(message(texts("a", "b", "c")), template(BODY)) == [("not_allowed", "template.body.3")]

    def test_a_name_that_is_not_in_the_template_is_told_beside_the_one_that_is_missing(self) -> None:
        assert found(message(named(nombre="Ana", día="lunes")), template(NAMED)) == [
            ("missing", "template.body.dia"),
            ("not_allowed", "template.body.día"),
        ]

    def test_values_by_position_do_not_fill_names_nor_the_other_way_round(self) -> None:
        assert ("missing", "template.body.nombre") in found(message(texts("a", "b")), template(NAMED))
        assert ("missing", "template.body.1") in found(message(named(a="a", b="b")), template(BODY))

    def test_a_variable_that_stands_twice_is_one_value(self) -> None:
        assert found(message(texts("a")), template({"type": "BODY", "text": "{{1}} {{1}}"})) == []

    def test_a_long_name_is_cut(self) -> None:
        [problem] = problems.find(
            message(named(**{"9" * 5000: "x"})), template({"type": "BODY", "text": "Hola"})
        )

        assert len(problem.field) < 100

    def test_the_body_is_measured_with_its_values_in_it(self) -> None:
        definition = template({"type": "BODY", "text": "x" * 1000 + "{{1}}"})

        assert found(message(texts("ñ" * 24)), definition) == []
        assert problems.find(message(texts("👍" * 13)), definition) == (
            Problem("too_long", "template.body", 1024, 1026),
        )

    def test_a_body_whose_words_meta_does_not_list_is_not_counted(self) -> None:
        definition = template({"type": "BODY", "add_security_recommendation": True})

        assert found(message(texts("1234")), definition) == []


class TestHeader:
    @pytest.mark.parametrize("kind", ["image", "video", "document", "location", "product"])
    def test_a_file_or_a_place_is_told_with_every_message(self, kind: str) -> None:
        definition = template({"type": "HEADER", "format": kind.upper()})

        assert found(message(header(kind)), definition) == []
        assert found(message(), definition) == [("missing", "template.header")]
        assert found(message(header("gif")), definition) == [("wrong_kind", "template.header")]

    def test_words_take_words(self) -> None:
        definition = template({"type": "HEADER", "format": "TEXT", "text": "Hola {{1}}"})

        assert found(message(texts("Ana", kind="header")), definition) == []
        assert found(message(), definition) == [("missing", "template.header.1")]
        assert ("wrong_kind", "template.header") in found(message(header("image")), definition)

    def test_words_without_a_variable_and_no_header_at_all_take_nothing(self) -> None:
        fixed = template({"type": "HEADER", "format": "TEXT", "text": "Hola"})

        assert found(message(texts("x", kind="header")), fixed) == [("not_allowed", "template.header.1")]
        assert found(message(header("image")), template(BODY))[0] == ("not_allowed", "template.header")

    def test_a_format_that_nobody_knows_is_metas_to_judge(self) -> None:
        definition = template({"type": "HEADER", "format": "HOLOGRAM"})

        assert found(message(), definition) == found(message(header("gif")), definition) == []


class TestButtons:
    @pytest.mark.parametrize(
        ("defined", "sub_type"),
        [
            (VARIABLE_URL, "url"),
            ({"type": "OTP", "text": "Copiar"}, "url"),
            ({"type": "COPY_CODE", "text": "Copiar"}, "copy_code"),
            ({"type": "MPM", "text": "Ver"}, "mpm"),
        ],
    )
    def test_some_need_a_value_of_their_kind(self, defined: JsonObject, sub_type: str) -> None:
        definition = template(buttons(defined))

        assert found(message(button(sub_type)), definition) == []
        assert found(message(button(sub_type, 0)), definition) == []
        assert found(message(), definition) == [("missing", "template.buttons[0]")]
        assert found(message(button("flow")), definition) == [("wrong_kind", "template.buttons[0]")]

    @pytest.mark.parametrize("kind", ["QUICK_REPLY", "FLOW", "CATALOG", "VOICE_CALL"])
    def test_some_may_do_without(self, kind: str) -> None:
        definition = template(buttons({"type": kind, "text": "x"}))

        assert found(message(), definition) == found(message(button(kind.lower())), definition) == []

    @pytest.mark.parametrize(
        "defined", [FIXED_URL, {"type": "PHONE_NUMBER"}, {"type": "REQUEST_CONTACT_INFO"}, {"type": "SPM"}]
    )
    def test_some_take_nothing(self, defined: JsonObject) -> None:
        definition = template(buttons(defined))

        assert found(message(), definition) == []
        assert found(message(button("url")), definition) == [("not_allowed", "template.buttons[0]")]

    def test_a_button_that_the_template_does_not_have_takes_nothing(self) -> None:
        assert found(message(button("url", "1")), template(buttons(VARIABLE_URL))) == [
            ("missing", "template.buttons[0]"),
            ("not_allowed", "template.buttons[1]"),
        ]


class TestElse:
    def test_an_offer_that_ends_says_when(self) -> None:
        assert found(message(), template(OFFER)) == [("missing", "template.limited_time_offer")]
        assert found(message({"type": "limited_time_offer", "parameters": []}), template(OFFER)) == []

    def test_every_card_is_told_and_filled(self) -> None:
        definition = template({"type": "CAROUSEL", "cards": [CARD, CARD]})
        first = {"card_index": 0, "components": [header("image")]}

        assert found(message({"type": "carousel", "cards": [first, {"card_index": 2}]}), definition) == [
            ("missing", "template.cards[0].body.1"),
            ("missing", "template.cards[1]"),
            ("not_allowed", "template.cards[2]"),
        ]

    def test_of_a_template_known_by_its_name_alone_nothing_is_a_problem(self) -> None:
        assert found(message(texts("a"), header("image")), {}) == []


NAMES = st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), unique=True, max_size=4)
FORMATS = st.sampled_from(["", "TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"])
BUTTONS = st.lists(
    st.sampled_from(
        [VARIABLE_URL, FIXED_URL, {"type": "QUICK_REPLY"}, {"type": "COPY_CODE"}, {"type": "OTP"}]
    ),
    max_size=4,
)
SUB_TYPES = {"COPY_CODE": "copy_code", "OTP": "url", "URL": "url"}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(NAMES, st.integers(0, 4), FORMATS, BUTTONS, st.sampled_from(["names", "positions"]))
def test_a_message_that_fills_its_template_has_no_problem(
    names: list[str], positions: int, form: str, defined: list[JsonObject], keys: str
) -> None:
    is_named = keys == "names"
    variables = names if is_named else [str(number + 1) for number in range(positions)]
    words = " ".join(f"a {{{{{name}}}}} b" for name in variables)
    definition = template(
        {"type": "BODY", "text": words or "Hola"},
        *([{"type": "HEADER", "format": form, "text": "Hola {{1}}"}] if form else []),
        buttons(*defined),
    )
    content = message(
        *([named(**dict.fromkeys(names, "x")) if is_named else texts(*variables)] if variables else []),
        *([texts("x", kind="header") if form == "TEXT" else header(form.lower())] if form else []),
        *(
            button(SUB_TYPES[each["type"]], number)
            for number, each in enumerate(defined)
            if each is VARIABLE_URL or each["type"] in {"COPY_CODE", "OTP"}
        ),
    )

    assert problems.find(content, definition) == ()
