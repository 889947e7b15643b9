"""Tell emoji from other characters, without a table of all that exist (sending.md 1.4 and 1.5).

The blocks below hold every emoji and some plain symbols too: what is no emoji after all, Meta refuses.
"""

import re

_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_REGION = "[\U0001f1e6-\U0001f1ff]"
_TONE = "[\U0001f3fb-\U0001f3ff]"
_KEYCAP = "[0-9#*]\ufe0f?\u20e3"
_TAGS = "[\U000e0020-\U000e007f]+"
_DRAWN = f"{_PICTURE}\ufe0f?{_TONE}?(?:{_TAGS})?"

_ONE = re.compile(f"{_REGION}{{2}}|{_KEYCAP}|{_DRAWN}(?:\u200d{_DRAWN})*")
_ANY = re.compile(f"{_PICTURE}|{_REGION}|{_KEYCAP}")


def is_one(text: str) -> bool:
    """Tell whether a text is a single emoji, however many code points draw it."""
    return _ONE.fullmatch(text) is not None


def is_in(text: str) -> bool:
    """Tell whether a text has an emoji somewhere."""
    return not text.isascii() and _ANY.search(text) is not None
