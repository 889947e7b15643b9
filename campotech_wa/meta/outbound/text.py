"""The object of a text message (sending.md 1.4)."""

from typing import Annotated

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.parts import Part


class Text(Part):
    """Words, with a preview of their first link if wished."""

    body: Annotated[str, limits.at_most(limits.BODY)]
    preview_url: bool | None = None
