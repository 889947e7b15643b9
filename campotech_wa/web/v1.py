"""The REST API for other products of the company, under ``/api/v1``: who asks, conversations, and phone numbers."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId
from campotech_wa.domain.phones import PhoneKind, read_typed
from campotech_wa.errors import NotAuthenticated
from campotech_wa.services import archive, people, phone_book
from campotech_wa.services.archive import LARGEST_PAGE

router = APIRouter(prefix="/api/v1")

_bearer = HTTPBearer(auto_error=False, description="The organization's API key.")

_LARGEST_ID = 2**63 - 1


async def _actor(given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Actor:
    if given is None:
        raise NotAuthenticated("Send the API key as Authorization: Bearer KEY.")
    return await asyncio.to_thread(people.actor_of_key, given.credentials)


ApiActor = Annotated[Actor, Depends(_actor)]
Id = Annotated[int, Path(ge=1, le=_LARGEST_ID)]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=200)]


class ListOut(BaseModel):
    """One page of a list."""

    data: list[dict[str, Any]]
    next_cursor: str | None


@router.get("/conversations", tags=["conversations"])
async def list_conversations(
    actor: ApiActor,
    limit: Limit = 50,
    cursor: Cursor = None,
    q: Annotated[str, Query(max_length=100)] = "",
    unread: bool | None = None,  # noqa: FBT001  (a query parameter)
) -> ListOut:
    """Return conversations, newest first; ``q`` searches names and numbers."""
    page = await asyncio.to_thread(
        archive.conversation_list, actor, limit=limit, cursor=cursor, q=q, unread=unread
    )
    return ListOut(data=page.data, next_cursor=page.next_cursor)


@router.get("/conversations/{conversation_id}/messages", tags=["conversations"])
async def list_messages(
    conversation_id: Id, actor: ApiActor, limit: Limit = 50, cursor: Cursor = None
) -> ListOut:
    """Return a conversation's messages, newest first."""
    page = await asyncio.to_thread(
        archive.conversation_messages, actor, ConversationId(conversation_id), limit=limit, cursor=cursor
    )
    return ListOut(data=page.data, next_cursor=page.next_cursor)


@router.get("/phone", tags=["phone"])
async def read_phone(
    actor: ApiActor,
    number: Annotated[str, Query(max_length=200)],
    area: Annotated[str | None, Query(max_length=6)] = None,
) -> dict[str, Any]:
    """Return what a spelling of a number means; ``area`` overrides the organization's, empty means none."""
    default = await asyncio.to_thread(phone_book.default_area, actor) if area is None else area
    reading = read_typed(number, default_area=default or None)
    return {
        "kind": PhoneKind(reading.kind),
        "wa_id": reading.wa_id,
        "alternatives": list(reading.alternatives),
        "reason": reading.reason,
    }
