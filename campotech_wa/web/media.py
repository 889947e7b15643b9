"""Files over HTTP: taken from people and products, handed out to those of the organization, deleted on request.

The same for both doors: a page of ours with its session cookie under ``/media``, another product with its API key
under ``/api/v1/media``.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, ParamSpec, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.cookies import SESSION
from campotech_wa.domain.ids import AttachmentId
from campotech_wa.domain.media_types import LARGEST, Kind
from campotech_wa.errors import NotAllowed
from campotech_wa.services import attachments, people
from campotech_wa.services.attachments import Form, Incoming, TooMuch, Wish
from campotech_wa.web import auth, bodies, files
from campotech_wa.web.v1 import ApiActor, Id

P = ParamSpec("P")
R = TypeVar("R")

pages = APIRouter(prefix="/media", include_in_schema=False)
products = APIRouter(prefix="/api/v1/media", tags=["media"])

_workbench = ThreadPoolExecutor(4, thread_name_prefix="media-work")
"""Where files are received: a video may take a minute to convert, and the same file may be waited for."""

_gangway = ThreadPoolExecutor(8, thread_name_prefix="media-way")
"""Where bytes come in and go out: no page waits for its photos because somebody uploads videos."""

_AT_ONCE = 1024 * 1024
"""Bytes that are gathered before they are written: a hop to a thread for every packet would cost more than it."""


async def _person(request: Request) -> Actor:
    return await asyncio.to_thread(people.actor_of_session, request.cookies.get(SESSION, ""))


async def _person_on_our_page(request: Request) -> Actor:
    """Return who uploads or deletes; another site could have the browser send the cookie along."""
    if not auth.is_own_page(request):
        raise NotAllowed("Files are taken from our own pages only.")
    return await _person(request)


Person = Annotated[Actor, Depends(_person)]
PersonOnOurPage = Annotated[Actor, Depends(_person_on_our_page)]
Filename = Annotated[str, Query(max_length=1000, description="Shown to the customer of a document.")]
WishedKind = Annotated[Kind | None, Query(description="By default the content decides.")]
Voice = Annotated[bool, Query(description="Make it a voice note: Ogg with one channel of Opus.")]


@pages.post("", status_code=HTTPStatus.CREATED)
async def take_from_person(
    request: Request,
    actor: PersonOnOurPage,
    filename: Filename = "",
    kind: WishedKind = None,
    voice: Voice = False,  # noqa: FBT002  (a query parameter)
) -> dict[str, Any]:
    """Take the raw body as a file to send."""
    return await _take(request, actor, Wish(filename, kind, voice))


@products.post("", status_code=HTTPStatus.CREATED)
async def upload_media(
    request: Request,
    actor: ApiActor,
    filename: Filename = "",
    kind: WishedKind = None,
    voice: Voice = False,  # noqa: FBT002  (a query parameter)
) -> dict[str, Any]:
    """Take the raw body as a file to send; name the ``id`` of the answer in a message."""
    return await _take(request, actor, Wish(filename, kind, voice))


@pages.get("/{attachment_id}")
async def show(request: Request, actor: Person, attachment_id: Id) -> Response:
    """Hand out a file of a message."""
    return await _hand_out(request, actor, attachment_id, Form.ORIGINAL)


@pages.get("/{attachment_id}/{form}")
async def show_form(request: Request, actor: Person, attachment_id: Id, form: Form) -> Response:
    """Hand out what was made of a file: its thumbnail, or what every browser plays."""
    return await _hand_out(request, actor, attachment_id, form)


@products.get("/{attachment_id}", response_class=Response)
async def download_media(request: Request, actor: ApiActor, attachment_id: Id) -> Response:
    """Return a file of a message."""
    return await _hand_out(request, actor, attachment_id, Form.ORIGINAL)


@products.get("/{attachment_id}/{form}", response_class=Response)
async def download_media_form(request: Request, actor: ApiActor, attachment_id: Id, form: Form) -> Response:
    """Return the ``thumbnail`` of a file, or what every browser can ``play``."""
    return await _hand_out(request, actor, attachment_id, form)


@products.delete("/{attachment_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_media(actor: ApiActor, attachment_id: Id) -> None:
    """Delete a file of a message, and all that was made of it."""
    await asyncio.to_thread(attachments.delete, actor, AttachmentId(attachment_id))


@products.post("/{attachment_id}/retry", status_code=HTTPStatus.ACCEPTED)
async def retry_media(actor: ApiActor, attachment_id: Id) -> None:
    """Fetch a file again that could not be fetched, in case Meta still has it."""
    await asyncio.to_thread(attachments.ask_again, actor, AttachmentId(attachment_id))


async def _take(request: Request, actor: Actor, wish: Wish) -> dict[str, Any]:
    actor.require(Permission.REPLY)
    bodies.refuse_announced(request, limit=LARGEST)
    with Incoming() as incoming:
        await _drink(request, incoming)
        received = await _in(_workbench, attachments.receive, actor, incoming, wish)
    return asdict(received)


async def _drink(request: Request, incoming: Incoming) -> None:
    """Write the body to disk as it comes."""
    gathered = bytearray()
    try:
        async for piece in request.stream():
            gathered += piece
            if len(gathered) >= _AT_ONCE:
                await _in(_gangway, incoming.write, bytes(gathered))
                gathered.clear()
        await _in(_gangway, incoming.write, bytes(gathered))
    except TooMuch:
        raise bodies.TooLarge(LARGEST) from None
    except ClientDisconnect:
        # Nobody reads the answer; what came is thrown away.
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None


async def _hand_out(request: Request, actor: Actor, attachment_id: int, form: Form) -> Response:
    served = await _in(_gangway, attachments.serve, actor, AttachmentId(attachment_id), form)
    return await _in(_gangway, files.response, served, request.headers)


async def _in(threads: ThreadPoolExecutor, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return await asyncio.get_running_loop().run_in_executor(threads, partial(work, *args, **kwargs))
