"""What is wrong with an input is said in both languages, by the names that the page gives its fields."""

import re
from pathlib import Path

import pytest

from campotech_wa.domain.locale import ENGLISH, LOCALES, SPANISH
from campotech_wa.domain.wording_input import detail, refusal
from campotech_wa.meta.outbound import refusals

SOURCES = Path(refusals.__file__).parent.rglob("*.py")


@pytest.mark.parametrize(
    ("field", "spanish", "english"),
    [
        ("text.body", "Mensaje", "Message"),
        ("interactive.body.text", "Mensaje", "Message"),
        ("image.caption", "Texto del archivo", "Caption"),
        ("document.filename", "Nombre del archivo", "File name"),
        ("video.link", "Archivo", "File"),
        ("interactive.header.image.id", "Archivo", "File"),
        ("interactive.header.text", "Encabezado", "Header"),
        ("interactive.action.buttons[1].reply.title", "Botón 2", "Button 2"),
        ("interactive.action.buttons", "Botones", "Buttons"),
        ("interactive.action.parameters.display_text", "Botón", "Button"),
        ("interactive.action.sections[0].title", "Título de la sección 1", "Title of section 1"),
        ("interactive.action.sections[2].rows[4].title", "Opción 5 de la lista", "Option 5 of the list"),
        ("interactive.action.cards[9].body.text", "Tarjeta 10", "Card 10"),
        ("contacts[0].name.first_name", "Nombre del contacto 1", "Name of contact 1"),
        ("template.components[1].parameters[0].text", "Dato 1 de la plantilla", "Value 1 of the template"),
        ("template.language.code", "template.language.code", "template.language.code"),
        ("{limit}", "{limit}", "{limit}"),
    ],
)
def test_a_field_has_the_name_that_the_page_gives_it(field: str, spanish: str, english: str) -> None:
    assert refusal("missing", field, None, None, SPANISH) == f"{spanish}: falta."
    assert refusal("missing", field, None, None, ENGLISH) == f"{english} is required."


def test_limit_and_count_are_told() -> None:
    told = refusal("too_long", "text.body", 4096, 4100, SPANISH)

    assert told == "Mensaje: tiene 4100 caracteres y el máximo es 4096 (un emoji cuenta como dos o más)."


def test_programs_are_told_the_whole_path() -> None:
    assert detail("too_few", "interactive.action.cards", limit=2, count=1) == (
        "interactive.action.cards has 1 entries; at least 2 are needed."
    )


def test_every_code_of_the_checks_has_its_sentences() -> None:
    source = "".join(path.read_text() for path in SOURCES)
    codes = {*re.findall(r'(?:fault|refusal)\(\s*"(\w+)"', source), *refusals.CODES.values(), "invalid"}

    assert len(codes) > 25
    for code in codes:
        for locale in LOCALES:
            assert "x" in refusal(code, "x", 1, 2, locale)


def test_a_code_of_another_table_has_none_here() -> None:
    assert refusal("window_closed", "type", None, None, SPANISH) == ""
