"""A template message has words of its own: what the customer reads, as plain text."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campotech_wa.domain.templates import problems, text

JsonObject = dict[str, Any]

KEYS = st.sampled_from(
    [
        "components", "type", "format", "text", "buttons", "url", "cards", "parameters", "parameter_name", "index",
        "sub_type", "card_index", "limited_time_offer", "has_expiration", "currency", "fallback_value", "name",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "HEADER",
        "body",
        "FOOTER",
        "BUTTONS",
        "button",
        "CAROUSEL",
        "carousel",
        "text",
        "IMAGE",
        "{{1}}",
        "{{a}} {{1}}",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers(-2, 12) | st.floats() | WORDS | st.text(max_size=8)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=40,
)
SHAPES = (
    st.fixed_dictionaries({"components": st.lists(st.dictionaries(KEYS, JSON, max_size=6), max_size=5)})
    | JSON
)

TEMPLATE: JsonObject = {
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Turno de {{1}}"},
        {"type": "BODY", "text": "Hola *{{1}}*, te esperamos el {{2}}. Son {{3}}."},
        {"type": "FOOTER", "text": "Clima Sur"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Confirmar"},
                {"type": "URL", "text": "Ver", "url": "https://x.ar/t/{{1}}"},
                {"type": "URL", "text": "Mapa", "url": "https://x.ar/mapa"},
            ],
        },
    ]
}
CONTENT: JsonObject = {
    "name": "turno",
    "components": [
        {"type": "header", "parameters": [{"type": "text", "text": "Ana"}]},
        {
            "type": "body",
            "parameters": [
                {"type": "text", "text": "Ana"},
                {"type": "date_time", "date_time": {"fallback_value": "lunes"}},
                {
                    "type": "currency",
                    "currency": {"fallback_value": "$ 1.000", "code": "ARS", "amount_1000": 1},
                },
            ],
        },
        {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "abc"}]},
    ],
}


def body(words: str, **more: object) -> JsonObject:
    return {"components": [{"type": "BODY", "text": words}], **more}


def test_header_body_footer_and_addresses_follow_one_another() -> None:
    assert text.of(CONTENT, TEMPLATE) == (
        "Turno de Ana\n\n"
        "Hola Ana, te esperamos el lunes. Son $ 1.000.\n\n"
        "Clima Sur\n\n"
        "Ver: https://x.ar/t/abc\n"
        "Mapa: https://x.ar/mapa"
    )


def test_named_values_are_put_where_their_names_stand_in_any_order() -> None:
    named = [("dia", "lunes"), ("nombre", "Ana")]
    parameters = [{"type": "text", "parameter_name": name, "text": words} for name, words in named]
    content = {"components": [{"type": "BODY", "parameters": parameters}]}

    assert text.of(content, body("{{nombre}}: {{ dia }}, {{dia}}")) == "Ana: lunes, lunes"


def test_what_a_value_says_is_no_variable() -> None:
    parameters = [{"type": "text", "text": "{{2}}"}, {"type": "text", "text": "dos"}]
    content = {"components": [{"type": "body", "parameters": parameters}]}

    assert text.of(content, body("{{1}} {{2}}")) == "{{2}} dos"


def test_a_value_that_is_missing_leaves_its_place() -> None:
    assert text.of({}, body("Hola {{1}}")) == "Hola {{1}}"


def test_a_file_at_the_top_has_no_words() -> None:
    header = {"type": "HEADER", "format": "IMAGE", "text": ""}

    assert text.of({}, {"components": [header, {"type": "BODY", "text": "Hola"}]}) == "Hola"


def test_the_button_of_an_authentication_template_leads_nowhere() -> None:
    button = {"type": "URL", "text": "Copiar", "url": "https://www.whatsapp.com/otp/code/?code=otp{{1}}"}
    template = {
        "components": [{"type": "BODY", "text": "Código 1"}, {"type": "BUTTONS", "buttons": [button]}]
    }

    assert text.of({}, template, category="AUTHENTICATION") == "Código 1"
    assert "https" in text.of({}, template, category="UTILITY")


def test_cards_follow_with_their_own_values() -> None:
    card = {"components": [{"type": "BODY", "text": "Oferta {{1}}"}]}
    template = {"components": [{"type": "BODY", "text": "Mirá"}, {"type": "CAROUSEL", "cards": [card, card]}]}
    given_cards = [
        {
            "card_index": number,
            "components": [{"type": "body", "parameters": [{"type": "text", "text": words}]}],
        }
        for number, words in ((1, "dos"), (0, "uno"))
    ]
    content = {"components": [{"type": "carousel", "cards": given_cards}]}

    assert text.of(content, template) == "Mirá\n\nOferta uno\n\nOferta dos"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(SHAPES, SHAPES)
def test_whatever_comes_nothing_raises(content: object, template: object) -> None:
    assert isinstance(text.of(content, template), str)
    assert isinstance(problems.find(content, template), tuple)


def test_cards_within_cards_end() -> None:
    nested: JsonObject = {}
    for _ in range(3000):
        nested = {"components": [{"type": "CAROUSEL", "cards": [nested]}]}

    assert text.of(nested, nested) == ""
