"""WhatsApp's marks around words: ``*bold*``, ``_italic_``, ``~struck~``, ````mono````."""

import re

_MARKED = re.compile(r"(?<![\w*_~`])(```|[*_~`])(?!\1)(?=\S)([^\n]{0,499}?\S)\1(?![\w*_~`])")


def without_marks(text: str) -> str:
    """Show words as they are meant; marks within marks are two deep at most in what people write."""
    return _MARKED.sub(r"\2", _MARKED.sub(r"\2", text))
