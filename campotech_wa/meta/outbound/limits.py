"""How long a text of a message may be (sending.md 1.4, 1.5, 3.1), counted in ``domain.units``."""

from pydantic import AfterValidator

from campotech_wa.domain.units import units
from campotech_wa.meta.outbound.faults import fault

BODY = 4096
"""Of a text message, and of a list."""
CAPTION = 1024
FILENAME = 240
INTERACTIVE_BODY = 1024
HEADER = 60
FOOTER = 60
BUTTON = 20
"""Of a label that can be tapped, everywhere but in flows."""
BUTTON_ID = 256
FLOW_BUTTON = 30
SECTION = 24
ROW_ID = 200
ROW_TITLE = 24
ROW_DESCRIPTION = 72
CARD_BODY = 160
CARD_BUTTON_ID = 20
TEMPLATE_NAME = 512
TEMPLATE_BODY = 1024
"""Of a template's body once its parameters stand in it: so of all of them together."""
PAYLOAD = 128
COUPON_CODE = 15


def at_most(limit: int) -> AfterValidator:
    """Take a text that says something, in at most ``limit`` units."""

    def check(text: str) -> str:
        if not text or text.isspace():
            raise fault("empty")
        if len(text) * 2 > limit and (count := units(text)) > limit:
            raise fault("too_long", limit=limit, count=count)
        return text

    return AfterValidator(check)


def _something(text: str) -> str:
    if not text or text.isspace():
        raise fault("empty")
    return text


NOT_EMPTY = AfterValidator(_something)
"""Take a text that says something, where no limit of Meta's is known."""
