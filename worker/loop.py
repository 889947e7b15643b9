"""The event loop of a worker process: it lives as long as the process, and with it the open connections."""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from concurrent.futures import Future, wait
from functools import cache
from typing import TypeVar

from campotech_wa import settings
from campotech_wa.domain.ids import ChannelId, ConversationId, OrganizationId
from campotech_wa.meta.client import LONGEST_REQUEST, GraphClient
from campotech_wa.services import attachments, deliver, receipts, sms
from campotech_wa.signals import jobs
from campotech_wa.sms.http import HttpProvider

_TURN = 1.0
"""Seconds a job waits for its drain, which then goes on by itself while the job makes room for the next channel."""

_PATIENCE = 30.0
"""Seconds to look a channel up, at most."""

_LAST_WAIT = LONGEST_REQUEST + 5
"""Seconds a stopping process waits for what is under way: longer than the request of a message can take.

A file may take ten minutes. An upload is given up at once (``deliver.loading``): nothing of its message has left.
A download that has not come by then is cut off: it is due again by itself.
"""

log = logging.getLogger("worker.loop")

T = TypeVar("T")

_stopping = threading.Event()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="drains", daemon=True).start()
    return loop


@cache
def _client() -> GraphClient:
    return GraphClient(settings.get().graph_url, settings.get().graph_version)


@cache
def _provider() -> HttpProvider:
    return HttpProvider()


@cache
def _dispatcher() -> deliver.Dispatcher:
    return deliver.Dispatcher(_client(), _stopping.is_set)


_drains: set[Future[None]] = set()


def drain(channel_id: ChannelId) -> None:
    """Have a channel served beside the others; with the hands full it waits in the queue, before all others."""
    jobs.take_in_hand(channel_id)
    if _ask(_dispatcher().has_hand(channel_id)):
        jobs.started(jobs.DRAIN, channel_id)
        _ask(_dispatcher().serve(channel_id))
    else:
        jobs.put_back(channel_id)


def drain_now(channel_id: ChannelId) -> None:
    """Have a channel served at once, however many others are."""
    jobs.started(jobs.DRAIN_NOW, channel_id)
    _ask(_dispatcher().serve(channel_id, is_urgent=True))


def _ask(question: Coroutine[object, object, T]) -> T:
    return asyncio.run_coroutine_threadsafe(question, _loop()).result(_PATIENCE)


def fetch(channel_id: ChannelId) -> None:
    """Fetch a channel's files, and wait for them for one turn."""
    _take_turn(attachments.channel(channel_id, _client().media, is_stopping=_stopping.is_set))


def send_sms(organization_id: OrganizationId) -> None:
    """Send an organization's SMS, and wait for them for one turn."""
    _take_turn(sms.drain(organization_id, _provider(), is_stopping=_stopping.is_set))


def _take_turn(work: Coroutine[object, object, None]) -> None:
    running = _submit(work)
    _drains.add(running)
    running.add_done_callback(_ended)
    wait([running], _TURN)


def show_presence(conversation_id: ConversationId, organization_id: OrganizationId, *, typing: bool) -> None:
    """Tell a customer that they were read, or that somebody writes, and wait for no answer."""
    shown = _submit(receipts.show(conversation_id, organization_id, _client(), typing=typing))
    _drains.add(shown)
    shown.add_done_callback(_ended)


def finish() -> None:
    """Claim nothing more, wait for what is under way as long as a message may take, then close the connections."""
    _stopping.set()
    wait([*_drains, _submit(_dispatcher().finish())], _LAST_WAIT)
    wait([_submit(_client().close()), _submit(_provider().close())], _LAST_WAIT)


def _ended(running: Future[None]) -> None:
    """Say what stopped a drain: its job may have gone long before."""
    _drains.discard(running)
    if not running.cancelled() and (fault := running.exception()):
        log.error("drain failed", exc_info=fault)


def _submit(work: Coroutine[object, object, None]) -> Future[None]:
    return asyncio.run_coroutine_threadsafe(work, _loop())
