"""Say what a template message says as plain text: header, body, footer, and an address a line for each button."""

from collections.abc import Iterator, Mapping

from campotech_wa.domain.markup import without_marks
from campotech_wa.domain.templates import definition, filling
from campotech_wa.domain.templates.definition import VARIABLE, Definition
from campotech_wa.domain.templates.filling import NOTHING, Filling

AUTHENTICATION = "AUTHENTICATION"
"""The category whose only button copies the code that stands in the body: its address leads nowhere."""


def of(content: object, template: object, *, category: str = "") -> str:
    """Return the text of a message's content with the template as Meta lists it; never raises.

    A value that is missing leaves its ``{{name}}``. Cards follow one another after the message's own parts.
    """
    return _whole(definition.read(template), filling.read(content), has_links=category != AUTHENTICATION)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into the variables of a text."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def _whole(parts: Definition, given: Filling, *, has_links: bool) -> str:
    links = "\n".join(_links(parts, given)) if has_links else ""
    cards = (
        _whole(card, given.cards.get(number, NOTHING), has_links=has_links)
        for number, card in enumerate(parts.cards)
    )
    own = filled(parts.header, given.header), filled(parts.body, given.body), parts.footer
    blocks = (*map(without_marks, own), links, *cards)
    return "\n\n".join(block for block in (block.strip() for block in blocks) if block)


def _links(parts: Definition, given: Filling) -> Iterator[str]:
    for number, button in enumerate(parts.buttons):
        if button.url:
            value = given.buttons[number].value if number in given.buttons else ""
            url = VARIABLE.sub(lambda _, value=value: value, button.url)
            yield f"{button.label}: {url}" if button.label else url
