"""The REST API about messages: send one, now or later; read what became of it; change, cancel or repeat it."""

import asyncio
from http import HTTPStatus
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Body, Header
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from campotech_wa.domain.ids import MessageId
from campotech_wa.services import archive, compose
from campotech_wa.web.v1 import ApiActor, Id

router = APIRouter(prefix="/api/v1", tags=["messages"])

_Object = dict[str, Any] | None
_TIMING = {"priority", "send_at"}

_TOO_LATE: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "It came too late: the message is on its way, or over.",
        "content": {
            "application/problem+json": {
                "example": {
                    "type": "about:blank",
                    "title": "Conflict",
                    "status": 409,
                    "detail": "The message is already on its way: it can not be taken back.",
                    "code": "already_on_its_way",
                }
            }
        },
    }
}


class _Said(BaseModel):
    """What a message says, as the Cloud API's own object, and when."""

    # What is not understood is refused: to drop a send_at or a quoted message silently would be worse.
    model_config = ConfigDict(extra="forbid")

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
    priority: Literal["high", "normal", "low"] | None = Field(
        default=None,
        description="What it overtakes: high somebody waits for, low may come an hour later. Without: normal.",
    )
    send_at: str | None = Field(
        default=None,
        description="When it leaves: date, time and zone, at most 90 days ahead. Without: at once.",
        examples=["2026-12-01T09:30:00-03:00"],
        json_schema_extra={"format": "date-time"},
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


class MessageIn(_Said):
    """The Cloud API's own message object, with the number in any spelling."""

    messaging_product: Literal["whatsapp"] = "whatsapp"
    recipient_type: Literal["individual"] = "individual"
    to: str | None = Field(default=None, examples=["011 15 3123-4567"])
    recipient: str | None = Field(
        default=None, description="The customer's business-scoped user id, where there is no number."
    )
    type: str = Field(examples=["text"])
    phone_number_id: str | None = Field(
        default=None, description="Which of the organization's numbers sends; the first one by default."
    )


class ChangeIn(_Said):
    """What is to be different: ``type`` with its object replaces all that the message says and quotes."""

    type: str | None = Field(default=None, examples=["text"])

    def message(self) -> dict[str, Any] | None:
        """Return the new message object; None where only its time or its priority is given."""
        said = {name: value for name, value in self.as_given().items() if name not in _TIMING}
        return said or None


class MessageAccepted(BaseModel):
    """The message waits in the outbox."""

    id: int
    state: str
    conversation_id: int
    wa_id: str | None = Field(description="The number it goes to; null when it goes to a user id.")
    priority: str
    send_at: str | None


_SEND: dict[str, Example] = {
    "now": {
        "summary": "Answer a customer",
        "value": {"to": "011 15 3123-4567", "type": "text", "text": {"body": "Ya salimos para allá."}},
    },
    "later": {
        "summary": "Remind a customer tomorrow morning",
        "value": {
            "to": "011 15 3123-4567",
            "type": "template",
            "template": {"name": "recordatorio_turno", "language": {"code": "es_AR"}},
            "priority": "low",
            "send_at": "2026-12-01T09:30:00-03:00",
        },
    },
}

_CHANGE: dict[str, Example] = {
    "words": {
        "summary": "Say something else",
        "value": {"type": "text", "text": {"body": "Vamos a las 10."}},
    },
    "time": {"summary": "Send it later", "value": {"send_at": "2026-12-01T11:00:00-03:00"}},
    "at once": {"summary": "Send it now, before others", "value": {"send_at": None, "priority": "high"}},
}


@router.post("/messages", status_code=HTTPStatus.ACCEPTED)
async def send_message(
    message: Annotated[MessageIn, Body(openapi_examples=_SEND)],
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
        priority=composed.priority.word,
        send_at=composed.send_at and composed.send_at.isoformat(),
    )


@router.get("/messages/{message_id}")
async def get_message(message_id: Id, actor: ApiActor) -> dict[str, Any]:
    """Return a message with its state, every state and every request it has had, its price, and its error if any."""
    return await asyncio.to_thread(archive.message, actor, MessageId(message_id))


@router.patch("/messages/{message_id}", responses=_TOO_LATE)
async def change_message(
    message_id: Id, change: Annotated[ChangeIn, Body(openapi_examples=_CHANGE)], actor: ApiActor
) -> dict[str, Any]:
    """Change what a message says, when it leaves or what it overtakes, while it waits. ``send_at`` null: at once."""
    known = MessageId(message_id)
    send_at = change.send_at if "send_at" in change.model_fields_set else compose.KEEP
    await asyncio.to_thread(
        compose.change, actor, known, change.message(), priority=change.priority, send_at=send_at
    )
    return await asyncio.to_thread(archive.message, actor, known)


@router.post("/messages/{message_id}/cancel", responses=_TOO_LATE)
async def cancel_message(message_id: Id, actor: ApiActor) -> dict[str, Any]:
    """Take a message back while it waits. A second time changes nothing."""
    await asyncio.to_thread(compose.cancel, actor, MessageId(message_id))
    return await asyncio.to_thread(archive.message, actor, MessageId(message_id))


@router.post("/messages/{message_id}/retry", responses=_TOO_LATE)
async def retry_message(message_id: Id, actor: ApiActor) -> dict[str, Any]:
    """Send a failed, unconfirmed or held message again. Of an unconfirmed one the customer may get two."""
    await asyncio.to_thread(compose.retry, actor, MessageId(message_id))
    return await asyncio.to_thread(archive.message, actor, MessageId(message_id))
