"""One line that stands for a message in a list."""

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
