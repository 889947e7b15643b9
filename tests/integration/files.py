"""Let customers send files and staff fetch them: what the tests of media share."""

import asyncio
import base64
import hashlib
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import httpx

from campotech_wa import settings, storage
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import AttachmentId, ChannelId, MessageId
from campotech_wa.meta.media import MediaClient
from campotech_wa.services import attachments
from campotech_wa.services.attachments import Incoming, Wish
from campotech_wa.services.attachments.receiving import Received
from campotech_wa.store.transaction import reading
from campotech_wa.views import AttachmentView
from tests.integration.desk import ANA, NUMBER, PATIENCE, hear, one, rows, text

JsonObject = dict[str, Any]


def at_meta(simulator: httpx.Client, content: bytes, mime_type: str) -> JsonObject:
    """Have Meta hold a customer's file; returns the object of it that a webhook holds."""
    answer = simulator.post(
        "/_sim/media",
        params={"phone_number_id": NUMBER},
        content=content,
        headers={"Content-Type": mime_type},
    )
    told = answer.raise_for_status().json()
    promised = base64.b64encode(hashlib.sha256(content).digest()).decode()
    return {"id": told["id"], "mime_type": mime_type, "sha256": promised}


def written(kind: str, file: JsonObject, *, sender: str = ANA) -> AttachmentId:
    """Receive a customer's message with a file, which then waits to be fetched."""
    message = text(sender=sender, type=kind) | {kind: file}
    del message["text"]
    hear(message)
    return AttachmentId(one("select max(id) from wa_attachment"))


def fetch(channel_id: int = 1, *, url: str = "") -> None:
    """Fetch a channel's files as a worker does, from the simulator or another server."""
    client = _client(url or settings.get().graph_url)
    work = attachments.channel(ChannelId(channel_id), client)
    asyncio.run_coroutine_threadsafe(work, _loop()).result(PATIENCE)


def customer_sends(
    simulator: httpx.Client, kind: str, content: bytes, mime_type: str, **more: object
) -> AttachmentId:
    """Receive a customer's file and fetch it."""
    attachment_id = written(kind, at_meta(simulator, content, mime_type) | more)
    fetch()
    return attachment_id


def upload(actor: Actor, content: bytes, wish: Wish | None = None) -> Received:
    """Hand in a file to send."""
    with Incoming() as incoming:
        incoming.write(content)
        return attachments.receive(actor, incoming, wish or Wish())


def view(actor: Actor, attachment_id: AttachmentId) -> AttachmentView:
    """Return what a page is told of a file."""
    message_id = MessageId(one("select message_id from wa_attachment where id = :id", id=attachment_id))
    with reading() as session:
        shown = attachments.of_messages(session, [message_id], organization_id=actor.organization_id)
    return next(each for each in shown[message_id] if each.id == attachment_id)


def row(attachment_id: AttachmentId) -> JsonObject:
    """Return the row of an attachment."""
    [found] = rows("select * from wa_attachment where id = :id", id=attachment_id)
    return found


def stored() -> set[str]:
    """Return the keys that the media folder holds."""
    root = Path(settings.get().data_dir) / "media"
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def empty() -> None:
    """Forget every stored file."""
    for each in stored():
        storage.get().delete(storage.Key(each))


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="fetches", daemon=True).start()
    return loop


@cache
def _client(url: str) -> MediaClient:
    return MediaClient(url, settings.get().graph_version)
