"""Answers that a customer gave by tapping: buttons, rows, forms, permissions (section 3.3)."""

import json

from campotech_wa.meta.inbound.models.base import Content, Shape
from campotech_wa.meta.shapes import JsonObject, as_object


class ButtonReply(Shape):
    """A tap on a reply button."""

    id: str | None = None
    title: str | None = None


class ListReply(Shape):
    """A tap on a row of a list; the description is there only if the row had one."""

    id: str | None = None
    title: str | None = None
    description: str | None = None


class FormReply(Shape):
    """A form filled in: ``name`` is ``flow`` or ``address_message``; the answers are JSON within a text."""

    name: str | None = None
    body: str | None = None
    response_json: str | JsonObject | None = None

    @property
    def answers(self) -> JsonObject:
        """What was filled in, empty where it can not be read."""
        return answers_in(self.response_json)


class CallPermissionReply(Shape):
    """Whether the business may call: ``accept`` or ``reject``, by the person or by their settings."""

    response: str | None = None
    is_permanent: bool | None = None
    expiration_timestamp: int | None = None
    response_source: str | None = None


class Interactive(Content):
    """An answer by its type; a type nobody knows is kept (section 3.3)."""

    type: str
    button_reply: ButtonReply | None = None
    list_reply: ListReply | None = None
    nfm_reply: FormReply | None = None
    call_permission_reply: CallPermissionReply | None = None


def answers_in(response: object) -> JsonObject:
    """Read the answers of a form, which Meta writes as JSON within a text."""
    if not isinstance(response, str):
        return as_object(response)
    try:
        return as_object(json.loads(response))
    except (ValueError, RecursionError):
        return {}
