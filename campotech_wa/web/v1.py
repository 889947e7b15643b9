"""The REST API for other products of the company, under ``/api/v1``."""

import asyncio
from http import HTTPStatus
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Header, Path, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.domain.phones import PhoneKind, read_typed
from campotech_wa.errors import NotAuthenticated
from campotech_wa.services import archive, compose, people, phone_book
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


_Object = dict[str, Any] | None


class MessageIn(BaseModel):
    """The Cloud API's own message object, with the number in any spelling."""

    # What is not understood is refused: to drop a send_at or a quoted message silently would be worse.
    model_config = ConfigDict(extra="forbid")

    messaging_product: Literal["whatsapp"] = "whatsapp"
    recipient_type: Literal["individual"] = "individual"
    to: str | None = Field(default=None, examples=["011 15 3123-4567"])
    recipient: str | None = Field(
        default=None, description="The customer's business-scoped user id, where there is no number."
    )
    type: str = Field(examples=["text"])
    context: dict[str, Any] | None = Field(
        default=None, description='The message that is quoted: {"message_id": "wamid…"}.'
    )
    text: _Object = Field(default=None, examples=[{"body": "Hola, ya salimos para allá."}])
    image: _Object = Field(default=None, examples=[{"link": "https://example.com/1.jpg", "caption": "Listo"}])
    audio: _Object = None
    video: _Object = None
    document: _Object = None
    sticker: _Object = None
    location: _Object = Field(default=None, examples=[{"latitude": "-34.6037", "longitude": "-58.3816"}])
    contacts: list[dict[str, Any]] | None = None
    reaction: _Object = Field(default=None, examples=[{"message_id": "wamid…", "emoji": "👍"}])
    interactive: _Object = None
    template: _Object = Field(
        default=None, examples=[{"name": "tecnico_en_camino", "language": {"code": "es_AR"}}]
    )
    phone_number_id: str | None = Field(
        default=None, description="Which of the organization's numbers sends; the first one by default."
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_us_our_own(cls, given: Any) -> Any:
        if isinstance(given, dict) and "biz_opaque_callback_data" in given:
            sentence = (
                "biz_opaque_callback_data carries our own id of the message. Use Idempotency-Key for yours."
            )
            raise PydanticCustomError("not_allowed", "{sentence}", {"sentence": sentence})
        return cast("object", given)

    def as_given(self) -> dict[str, Any]:
        """Return what was given, as it was given: its checks are not those of this model."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class MessageAccepted(BaseModel):
    """The message waits in the outbox."""

    id: int
    state: str
    conversation_id: int
    wa_id: str | None = Field(description="The number it goes to; null when it goes to a user id.")


class ListOut(BaseModel):
    """One page of a list."""

    data: list[dict[str, Any]]
    next_cursor: str | None


@router.post("/messages", status_code=HTTPStatus.ACCEPTED, tags=["messages"])
async def send_message(
    message: MessageIn,
    actor: ApiActor,
    idempotency_key: Annotated[str | None, Header(max_length=255)] = None,
) -> MessageAccepted:
    """Queue a message. The same ``Idempotency-Key`` again returns the first answer and sends nothing."""
    accepted = await asyncio.to_thread(compose.message_object, actor, message.as_given(), key=idempotency_key)
    composed = accepted.composed
    return MessageAccepted(
        id=composed.message_id,
        state=composed.state,
        conversation_id=composed.conversation_id,
        wa_id=accepted.wa_id,
    )


@router.get("/messages/{message_id}", tags=["messages"])
async def get_message(message_id: Id, actor: ApiActor) -> dict[str, Any]:
    """Return a message with its state, every state it has been in, and its error if it failed."""
    return await asyncio.to_thread(archive.message, actor, MessageId(message_id))


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
