"""Keep the open tabs of this process true: one listener, one task per tab, one read for tabs that show the same.

The listener hears what changed, by ids. Each tab of that organization then reads what it shows from the database,
the same way as when it was opened: there is no second update path, and a lost event costs nothing but time.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.signals import live
from campotech_wa.ui.bridge import Read, Sitting, in_thread

log = logging.getLogger(__name__)

_REST = 0.1
"""Seconds between two refreshes of a tab: a burst is shown ten times a second, not a thousand."""

_AFTER_A_FAULT = 1.0
"""Seconds until a tab tries again, while the database is away."""

_KNOWN_FOR = 5.0
"""Seconds for which refreshes take a session for alive, unless they hear of a log-out."""

_AT_LEAST_EVERY = 600.0
"""Seconds. A quiet tab is refreshed too: today becomes yesterday, a session expires, and Reflex, which forgets the
state of a tab after an hour of silence, keeps this one."""


class Refresh(Protocol):
    """How a tab is refreshed; false when it is gone."""

    async def __call__(self, token: str, read: Read) -> bool:
        """Show the tab what is true now."""
        ...


@dataclass(slots=True)
class _Tab:
    organization_id: OrganizationId
    rest: float = _REST
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


_tabs: dict[str, _Tab] = {}
"""By token: a tab shows one organization, that of whoever entered last."""

_reads: dict[OrganizationId, dict[Hashable, asyncio.Future[Any]]] = {}
"""What the tabs of an organization have read since its last change."""

_people: dict[OrganizationId, dict[Hashable, asyncio.Future[Any]]] = {}
"""Who sits at the tabs of an organization, for ``_KNOWN_FOR`` at most: a log-out is heard of, an expiry is not.
Only refreshes ask here; whoever acts is looked up every time."""

_refreshers: list[Refresh] = []


async def listen(refresh: Refresh) -> None:
    """Hear changes for as long as the process lives."""
    _refreshers[:] = [refresh]
    async for change in live.subscribe():
        if isinstance(change, live.Reconnected):
            _people.clear()
            for organization_id in {tab.organization_id for tab in _tabs.values()}:
                _announce(organization_id)
        else:
            if change.conversation_id is None:
                _people.pop(change.organization_id, None)
            _announce(change.organization_id)


def watch(token: str, organization_id: OrganizationId, *, rest: float = _REST) -> None:
    """Refresh this tab from now on, whenever something of the organization changes, and of no other.

    ``rest`` are the seconds it is given between two refreshes, for as long as it stays on its page.
    """
    tab = _tabs.get(token)
    if tab is not None and tab.organization_id == organization_id:
        tab.rest = rest
        return
    if tab is not None and tab.task is not None:
        tab.task.cancel()
    tab = _tabs[token] = _Tab(organization_id, rest)
    tab.task = asyncio.create_task(_keep_true(token, tab))
    tab.task.add_done_callback(_report)


def sharing(organization_id: OrganizationId) -> Read:
    """Return a way to read in which tabs that show the same share one read.

    Only for refreshes: what it returns is as new as the last change this process heard of.
    """
    reads = _reads.setdefault(organization_id, {})
    people = _people.setdefault(organization_id, {})

    async def read(key: Hashable, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        shelf = people if isinstance(key, Sitting) else reads
        if key not in shelf:
            reading = shelf[key] = asyncio.ensure_future(in_thread(use_case, *args, **kwargs))
            reading.add_done_callback(lambda done: _drop_failed(shelf, key, done))
            if shelf is people:
                asyncio.get_running_loop().call_later(_KNOWN_FOR, people.pop, key, None)
        # One tab that leaves must not cancel what others wait for.
        return await asyncio.shield(shelf[key])

    return read


def _drop_failed(
    reads: dict[Hashable, asyncio.Future[Any]], key: Hashable, done: asyncio.Future[Any]
) -> None:
    """Let the next tab try again what failed."""
    if (done.cancelled() or done.exception() is not None) and reads.get(key) is done:
        del reads[key]


def _announce(organization_id: OrganizationId) -> None:
    _read_anew(organization_id)
    for tab in _tabs.values():
        if tab.organization_id == organization_id:
            tab.changed.set()


def _read_anew(organization_id: OrganizationId) -> None:
    """Forget what was read, and what is being read: it may miss the change."""
    _reads.pop(organization_id, None)


async def _keep_true(token: str, tab: _Tab) -> None:
    try:
        while True:
            await _change_of(tab)
            if not await _refresh(token, tab):
                return
            await asyncio.sleep(tab.rest)
    finally:
        _forget(token, tab)


async def _change_of(tab: _Tab) -> None:
    try:
        await asyncio.wait_for(tab.changed.wait(), _AT_LEAST_EVERY)
    except TimeoutError:
        _read_anew(tab.organization_id)
    tab.changed.clear()


async def _refresh(token: str, tab: _Tab) -> bool:
    try:
        return await _refreshers[0](token, sharing(tab.organization_id))
    except SQLAlchemyError as fault:
        log.warning("tab not refreshed yet", extra={"error_type": type(fault).__name__})
        tab.changed.set()
        await asyncio.sleep(_AFTER_A_FAULT)
        return True


def _forget(token: str, tab: _Tab) -> None:
    if _tabs.get(token) is tab:
        del _tabs[token]
    if all(other.organization_id != tab.organization_id for other in _tabs.values()):
        _read_anew(tab.organization_id)
        _people.pop(tab.organization_id, None)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (fault := task.exception()):
        log.error("tab no longer refreshed", exc_info=fault)
