"""A template is a name, a language, and what is put into its components."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

TEMPLATE: dict[str, Any] = {"name": "turno_2", "language": {"code": "es_AR"}}


def test_a_template_without_variables_has_no_components() -> None:
    none: dict[str, Any] = TEMPLATE | {"components": []}

    assert outbound.check("template", TEMPLATE) == TEMPLATE
    assert outbound.check("template", none) == none


@pytest.mark.parametrize("field", ["name", "language", "language.code"])
def test_name_and_language_are_needed(field: str) -> None:
    assert_refused("template", take(TEMPLATE, field), "missing", field)


def test_a_name_has_at_most_512_units() -> None:
    assert outbound.check("template", TEMPLATE | {"name": "x" * 512})
    refused = refusal("template", TEMPLATE | {"name": "x" * 513})
    assert (refused.code, refused.limit, refused.count) == ("too_long", 512, 513)
    assert_needs_words("template", TEMPLATE, "name")


@pytest.mark.parametrize("name", ["Turno", "turno-2", "mañana", "turno 2"])
def test_a_name_has_plain_lowercase_letters_digits_and_underscores(name: str) -> None:
    assert_refused("template", TEMPLATE | {"name": name}, "bad_name", "name")


def test_a_language_may_say_its_only_policy() -> None:
    policy = put(TEMPLATE, "language.policy", "deterministic")

    assert outbound.check("template", policy) == policy
    assert_refused("template", put(TEMPLATE, "language.policy", "x"), "unknown_value", "language.policy")
    assert_needs_words("template", TEMPLATE, "language.code")


@pytest.mark.parametrize("components", [{}, "x", 7])
def test_components_are_a_list(components: object) -> None:
    assert_refused("template", TEMPLATE | {"components": components}, "not_a_list", "components")


def test_a_texts_limit_is_not_the_templates() -> None:
    body = {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}

    assert_longest("template", TEMPLATE | {"components": [body]}, "components[0].parameters[0].text", 1024)
