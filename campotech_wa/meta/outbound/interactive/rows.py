"""A list to pick from (sending.md 1.5)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.interactive.parts import Footer, Label, OnlyText
from campotech_wa.meta.outbound.parts import Part

MOST_ROWS = 10
"""In the whole list, however many sections it has."""


class Row(Part):
    """One thing to pick; its id comes back."""

    id: Annotated[str, limits.at_most(limits.ROW_ID)]
    title: Annotated[str, limits.at_most(limits.ROW_TITLE)]
    description: Annotated[str, limits.at_most(limits.ROW_DESCRIPTION)] | None = None


class Section(Part):
    """Rows under a title."""

    title: Annotated[str, limits.at_most(limits.SECTION)] | None = None
    rows: Annotated[list[Row], Field(min_length=1)]


def _titled(sections: list[Section]) -> list[Section]:
    for position, section in enumerate(sections):
        if len(sections) > 1 and section.title is None:
            raise fault("missing", below=(position, "title"))
    return sections


def _few_rows(sections: list[Section]) -> list[Section]:
    count = sum(len(section.rows) for section in sections)
    if count > MOST_ROWS:
        raise fault("too_many", limit=MOST_ROWS, count=count)
    return sections


def _different_rows(sections: list[Section]) -> list[Section]:
    seen: set[str] = set()
    for where, section in enumerate(sections):
        for position, row in enumerate(section.rows):
            if row.id in seen:
                raise fault("duplicate", below=(where, "rows", position, "id"))
            seen.add(row.id)
    return sections


class ListAction(Part):
    """The button that opens the list, and what is in it."""

    button: Label
    sections: Annotated[
        list[Section],
        Field(min_length=1, max_length=10),
        AfterValidator(_titled),
        AfterValidator(_few_rows),
        AfterValidator(_different_rows),
    ]


class LongBody(Part):
    """The message itself, which may be as long as a text."""

    text: Annotated[str, limits.at_most(limits.BODY)]


class PickList(Part):
    """A message with a list to pick from; its header is text or nothing."""

    type: Literal["list"]
    header: OnlyText | None = None
    body: LongBody
    footer: Footer | None = None
    action: ListAction
