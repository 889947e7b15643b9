"""Check and build what ``POST /{phone_number_id}/messages`` takes (reference sending.md, section 1)."""

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.shapes import JsonObject, as_object, as_text

TEXT_LIMIT = 4096
"""Characters of a text body (sending.md, section 1.4)."""


def text(body: object, *, preview_url: object = False) -> JsonObject:
    """Build the object of a text message.

    Raises:
        InvalidInput: the body is empty or too long.
    """
    if not isinstance(body, str) or not body.strip():
        raise InvalidInput("text_empty", field="text.body", detail="text.body must be a text with content.")
    if len(body) > TEXT_LIMIT:
        raise InvalidInput(
            "text_too_long",
            field="text.body",
            detail=f"text.body has {len(body)} characters; at most {TEXT_LIMIT} are allowed.",
        )
    return {"body": body, "preview_url": True} if preview_url is True else {"body": body}


def template(value: object) -> JsonObject:
    """Check the object of a template message: a name, a language, and a list of components if any.

    Raises:
        InvalidInput: a part is missing; says which.
    """
    given = as_object(value)
    if not as_text(given.get("name")):
        raise InvalidInput("template_name", field="template.name", detail="template.name is required.")
    if not as_text(as_object(given.get("language")).get("code")):
        raise InvalidInput(
            "template_language", field="template.language.code", detail="template.language.code is required."
        )
    if not isinstance(given.get("components", []), list):
        raise InvalidInput(
            "template_components", field="template.components", detail="template.components must be a list."
        )
    return given


def message(
    kind: str,
    content: JsonObject,
    *,
    to: WaId | None,
    recipient: BusinessScopedUserId | None = None,
    callback_data: str,
) -> JsonObject:
    """Build the whole body; ``callback_data`` comes back with every status of the message."""
    # Without the plus Meta may put the business number's own country code in front (sending.md 1.1).
    addressee = {"to": f"+{to}"} if to else {"recipient": recipient}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **addressee,
        "type": kind,
        kind: content,
        "biz_opaque_callback_data": callback_data,
    }
