"""News of a template change what they tell, and nothing else."""

from typing import Any

import pytest

from campotech_wa.domain.templates.news import reworded, status_after

TEMPLATE: dict[str, Any] = {
    "parameter_format": "POSITIONAL",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Antes"},
        {"type": "BODY", "text": "Antes"},
        {"type": "FOOTER", "text": "Antes"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Antes"}]},
    ],
}
TOLD = {
    "message_template_title": "Título",
    "message_template_element": "Cuerpo",
    "message_template_footer": "Pie",
}


def words(template: dict[str, Any]) -> list[str]:
    return [part.get("text", "") for part in template["components"]]


def test_words_take_the_place_of_words_and_buttons_stay() -> None:
    after = reworded(TEMPLATE, TOLD)

    assert words(after) == ["Título", "Cuerpo", "Pie", ""]
    assert after["components"][3] == TEMPLATE["components"][3]
    assert after["parameter_format"] == "POSITIONAL"
    assert words(TEMPLATE)[1] == "Antes"


def test_what_is_not_told_stays() -> None:
    assert words(reworded(TEMPLATE, {"message_template_element": "Cuerpo"})) == [
        "Antes",
        "Cuerpo",
        "Antes",
        "",
    ]


def test_a_file_at_the_top_gets_no_words() -> None:
    template = {"components": [{"type": "HEADER", "format": "IMAGE"}]}

    assert reworded(template, TOLD) == template


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("APPROVED", "APPROVED"),
        ("REINSTATED", "APPROVED"),
        ("PAUSED", "PAUSED"),
        ("FLAGGED", None),
        ("", None),
    ],
)
def test_an_event_leads_to_a_state_or_tells_nothing_of_it(event: str, status: str | None) -> None:
    assert status_after(event) == status
