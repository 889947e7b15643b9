"""Apply the items of a batch: alike ones together, and a faulty one never at its neighbours' cost."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import EventId
from campotech_wa.errors import CampotechError
from campotech_wa.meta.inbound import (
    ContactEntry,
    Item,
    Message,
    News,
    Preference,
    Renumbered,
    StatusReport,
    Unreadable,
)
from campotech_wa.services import identity, statuses
from campotech_wa.services.process import messages, news
from campotech_wa.services.process.scope import Scope
from campotech_wa.store.database import is_too_large

Numbered = tuple[EventId, Item]
"""An item, and the event it came with."""


class UnreadableItems(CampotechError):
    """Some items of an event could not be placed; the others are in the store."""


ITEM_FAULTS = (
    DBAPIError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
    UnreadableItems,
)
"""What odd content can cause. Anything else is a fault of the program and stops the job."""

Apply = Callable[[Session, Scope, Sequence[Any]], None]


def apply(session: Session, scope: Scope, work: Sequence[Numbered]) -> Iterator[tuple[EventId, Exception]]:
    """Apply everything in order, statuses last: they may be about messages of the same batch. Yields the faults."""
    in_order = sorted(work, key=lambda numbered: isinstance(numbered[1], StatusReport))
    for kind, run in groupby(in_order, key=lambda numbered: type(numbered[1])):
        yield from _together(session, scope, list(run), _APPLY[kind])


def _together(
    session: Session, scope: Scope, run: Sequence[Numbered], apply_all: Apply
) -> Iterator[tuple[EventId, Exception]]:
    """Apply a run in one savepoint; if that fails, in halves, until whatever is at fault stands alone."""
    try:
        with session.begin_nested():
            apply_all(session, scope, [item for _, item in run])
    except ITEM_FAULTS as fault:
        if isinstance(fault, OperationalError) and not is_too_large(fault):
            # The database is gone or asks for a retry: no fault of these items.
            raise
        if len(run) == 1:
            yield run[0][0], fault
            return
        middle = len(run) // 2
        yield from _together(session, scope, run[:middle], apply_all)
        yield from _together(session, scope, run[middle:], apply_all)


def _statuses(session: Session, scope: Scope, reports: Sequence[StatusReport]) -> None:
    scope.applied.add(statuses.apply_all(session, reports, **scope.whose))


def _renumbered(session: Session, scope: Scope, changes: Sequence[Renumbered]) -> None:
    for change in changes:
        identity.renumber(session, change, **scope.whose)
    scope.news = True


def _contacts(session: Session, scope: Scope, entries: Sequence[ContactEntry]) -> None:
    for entry in entries:
        identity.note_contact(session, entry, **scope.whose)
    scope.news = True


def _unreadable(session: Session, scope: Scope, found: Sequence[Unreadable]) -> None:  # noqa: ARG001
    raise UnreadableItems(found[0].reason)


_APPLY: dict[type[Any], Apply] = {
    Message: messages.store_all,
    StatusReport: _statuses,
    Renumbered: _renumbered,
    ContactEntry: _contacts,
    Preference: news.preferences,
    News: news.store_all,
    Unreadable: _unreadable,
}
