"""Whatever the gate stops is said in both languages, with what to do."""

import re
from pathlib import Path

import pytest

from campotech_wa.domain import gate, wording_gate
from campotech_wa.domain.gate import Stopped
from campotech_wa.domain.locale import ENGLISH, LOCALES, SPANISH
from campotech_wa.domain.outbox_state import HoldReason
from campotech_wa.domain.templates import problems
from campotech_wa.domain.wording_input import refusal


def source(module: object) -> str:
    return Path(str(getattr(module, "__file__", ""))).read_text()


def test_every_code_of_the_gate_has_its_sentences() -> None:
    text = source(gate)
    codes = {*re.findall(r'HoldReason\.\w+, "(\w+)"', text), *re.findall(r': "(template_\w+)"', text)}

    assert len(codes) == 11
    for code in codes:
        said = {wording_gate.refusal(code, locale) for locale in LOCALES}
        assert len(said) == 2
        assert "" not in said


def test_every_problem_of_a_template_has_its_sentences_and_names_the_value() -> None:
    codes = set(re.findall(r'"(missing|not_allowed|wrong_kind|too_long)"', source(problems)))
    assert len(codes) == 4

    for code in codes:
        assert "template.buttons[0]" in wording_gate.detail(
            Stopped(HoldReason.TEMPLATE, code, "template.buttons[0]")
        )


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("template.body.nombre", "Dato “nombre” de la plantilla"),
        ("template.body.2", "Dato “2” de la plantilla"),
        ("template.body", "Texto de la plantilla"),
        ("template.header", "Encabezado de la plantilla"),
        ("template.header.1", "Encabezado de la plantilla"),
        ("template.buttons[0]", "Botón 1 de la plantilla"),
        ("template.cards[1]", "Tarjeta 2 de la plantilla"),
        ("template.cards[1].body.1", "Dato “1” de la plantilla"),
    ],
)
def test_a_value_has_a_name_on_the_page(field: str, name: str) -> None:
    assert refusal("missing", field, None, None, SPANISH) == f"{name}: falta."


def test_programs_are_told_in_english() -> None:
    stopped = Stopped(HoldReason.TEMPLATE, "template_paused", "template.name")

    assert wording_gate.detail(stopped) == wording_gate.refusal("template_paused", ENGLISH)


def test_a_closed_window_proposes_a_template() -> None:
    assert "elegí una plantilla" in wording_gate.refusal("window_closed", SPANISH)


def test_a_code_of_somebody_else_has_no_sentence_here() -> None:
    assert wording_gate.refusal("missing", SPANISH) == ""
