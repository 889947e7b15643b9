"""Short links with their QR codes, which open a chat with words already typed (sending.md 5)."""

import re
from typing import Literal

from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.domain.units import units
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.account.fields import Answer, Text
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.outbound.refusals import refusal

LONGEST_WORDS = 140
"""Characters."""

_WORDS = "prefilled_message"
_EDGE = "message_qrdls"
_FIELDS = "code,prefilled_message,deep_link_url,qr_image_url.format({})"
_CODE = re.compile(r"[A-Za-z0-9]{1,40}", re.ASCII)
_LARGEST_PAGE = "25"

Image = Literal["SVG", "PNG"]


class Link(Answer):
    """One short link."""

    code: Text = ""
    prefilled_message: Text = ""
    deep_link_url: Text = ""
    qr_image_url: Text = ""
    """Expires after some days; a new one comes with every reading."""


def listing(graph: Graph, phone_number_id: PhoneNumberId, *, image: Image = "SVG") -> tuple[Link, ...]:
    """Return every link, newest first.

    Raises:
        MetaError: Meta refused or failed.
    """
    found = graph.pages(phone_number_id, _EDGE, fields=_FIELDS.format(image), limit=_LARGEST_PAGE)
    return tuple(Link.model_validate(raw) for raw in found)


def create(graph: Graph, phone_number_id: PhoneNumberId, words: str, *, image: Image = "SVG") -> Link:
    """Make a link.

    Raises:
        InvalidInput: the words are none, or too many.
        MetaError: Meta refused or failed.
    """
    body = {"prefilled_message": _checked(words), "generate_qr_image": image}
    return Link.model_validate(graph.post(phone_number_id, _EDGE, body=body))


def update(graph: Graph, phone_number_id: PhoneNumberId, code: str, words: str) -> Link:
    """Give a link other words; what is printed stays valid.

    Raises:
        InvalidInput: the code is none, or the words are none or too many.
        MetaError: Meta refused or failed.
    """
    body = {"code": _checked_code(code), "prefilled_message": _checked(words)}
    return Link.model_validate(graph.post(phone_number_id, _EDGE, body=body))


def delete(graph: Graph, phone_number_id: PhoneNumberId, code: str) -> None:
    """Delete a link: what is printed opens nothing any more.

    Raises:
        InvalidInput: the code is none.
        MetaError: Meta refused or failed.
    """
    graph.delete(phone_number_id, _EDGE, _checked_code(code))


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise refusal("empty", [_WORDS])
    if units(words) > LONGEST_WORDS:
        raise refusal("too_long", [_WORDS], limit=LONGEST_WORDS, count=units(words))
    return words


def _checked_code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise InvalidInput(
            "invalid", field="code", detail="code must be the code of a link, such as it was given."
        )
    return code
