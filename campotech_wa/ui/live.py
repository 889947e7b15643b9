"""Keep the open tabs of this process true: one listener, one task per tab, one read for tabs that show the same.

The listener hears what changed, by ids. Each tab of that organization then reads what it shows from the database,
the same way as when it was opened: there is no second update path, and a lost event costs nothing but time.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.signals import live
from campotech_wa.ui.bridge import Read, in_thread

log = logging.getLogger(__name__)

_REST = 0.1
"""Seconds between two refreshes of a tab: a burst is shown ten times a second, not a thousand."""


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
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


@dataclass(slots=True)
class _Organization:
    tabs: dict[str, _Tab] = field(default_factory=dict[str, _Tab])
    reads: dict[Hashable, asyncio.Task[Any]] = field(default_factory=dict[Hashable, asyncio.Task[Any]])


_organizations: dict[OrganizationId, _Organization] = {}
_refreshers: list[Refresh] = []


async def listen(refresh: Refresh) -> None:
    """Hear changes for as long as the process lives."""
    _refreshers[:] = [refresh]
    async for change in live.subscribe():
        if isinstance(change, live.Reconnected):
            for organization in list(_organizations.values()):
                _announce(organization)
        elif change.organization_id in _organizations:
            _announce(_organizations[change.organization_id])


def watch(token: str, organization_id: OrganizationId) -> None:
    """Refresh this tab from now on, whenever something of the organization changes."""
    organization = _organizations.setdefault(organization_id, _Organization())
    tab = organization.tabs.get(token)
    if tab is None or tab.task is None or tab.task.done():
        tab = organization.tabs[token] = _Tab()
        tab.task = asyncio.create_task(_keep_true(token, organization_id, tab))


def sharing(organization_id: OrganizationId) -> Read:
    """Return a way to read in which tabs that show the same share one read.

    Only for refreshes: what it returns is as new as the last change this process heard of.
    """

    async def read(key: Hashable, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        reads = _organizations[organization_id].reads
        if key not in reads:
            reads[key] = asyncio.ensure_future(in_thread(use_case, *args, **kwargs))
        # One tab that leaves must not cancel what others wait for.
        return await asyncio.shield(reads[key])

    return read


def _announce(organization: _Organization) -> None:
    # What is being read may miss the change: readers from now on read anew.
    organization.reads.clear()
    for tab in organization.tabs.values():
        tab.changed.set()


async def _keep_true(token: str, organization_id: OrganizationId, tab: _Tab) -> None:
    try:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(tab.changed.wait(), _AT_LEAST_EVERY)
            tab.changed.clear()
            if not await _refresh(token, sharing(organization_id)):
                return
            await asyncio.sleep(_REST)
    finally:
        _forget(token, organization_id, tab)


async def _refresh(token: str, read: Read) -> bool:
    try:
        return await _refreshers[0](token, read)
    except SQLAlchemyError as fault:
        log.warning("tab not refreshed", extra={"error_type": type(fault).__name__})
        return True


def _forget(token: str, organization_id: OrganizationId, tab: _Tab) -> None:
    organization = _organizations[organization_id]
    if organization.tabs.get(token) is tab:
        del organization.tabs[token]
