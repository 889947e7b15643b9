"""What a screen can bear of a text: one line of it in a list, all of it in a thread."""

import re
import unicodedata

PREVIEW_LENGTH = 120
"""Characters; a list row shows fewer, a phone in landscape about this many."""


def one_line(text: str, *, limit: int = PREVIEW_LENGTH) -> str:
    """Fold white space and drop control characters, then cut at ``limit`` characters."""
    folded = " ".join(text.split())
    visible = "".join(char for char in folded if unicodedata.category(char)[0] != "C" or char in _JOINERS)
    return visible if len(visible) <= limit else visible[: limit - 1].rstrip() + "…"


_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners hold emoji families and some scripts together; other format characters can
reorder the line (right-to-left overrides) and stay out."""


_MARK = r"[\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_MARK}{{8}}){_MARK}+")
"""No language piles more than a few marks on a letter; sixty thousand freeze a browser."""


def bearable(text: str) -> str:
    """Return a text with no more than eight marks on a letter."""
    return text if text.isascii() else _PILE.sub(r"\1", text)
