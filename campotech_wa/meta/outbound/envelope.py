"""The whole body of a request, from a checked content: who gets it, and what it quotes (sending.md 1.1, 1.6)."""

from typing import Annotated

from campotech_wa.domain.ids import BusinessScopedUserId, WaId, Wamid
from campotech_wa.errors import MetaRefused
from campotech_wa.meta.outbound.limits import NOT_EMPTY
from campotech_wa.meta.outbound.local_files import local_media
from campotech_wa.meta.outbound.parts import Part
from campotech_wa.meta.shapes import JsonObject


class Context(Part):
    """The message that is quoted."""

    message_id: Annotated[str, NOT_EMPTY]


def body(
    kind: str,
    content: JsonObject,
    *,
    to: WaId | None,
    recipient: BusinessScopedUserId | None = None,
    context: JsonObject | None = None,
    callback_data: str,
) -> JsonObject:
    """Build the body of a message; ``callback_data`` comes back with every status of it.

    Raises:
        MetaRefused: the content still names a file of ours, which Meta does not know.
    """
    if local_media(content):
        raise MetaRefused("A file of this message was not put up at Meta.")
    # Without the plus Meta may put the business number's own country code in front (sending.md 1.1).
    addressee = {"to": f"+{to}"} if to else {"recipient": recipient}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **addressee,
        "type": kind,
        kind: content["contacts"] if kind == "contacts" else content,
        **({"context": context} if context else {}),
        "biz_opaque_callback_data": callback_data,
    }


def read_receipt(wamid: Wamid, *, typing: bool) -> JsonObject:
    """Build the body that marks a message, and all before it, as read; ``typing`` shows that an answer is coming.

    Typing is shown until the answer, or for 25 seconds.
    """
    receipt: JsonObject = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    return receipt | ({"typing_indicator": {"type": "text"}} if typing else {})
