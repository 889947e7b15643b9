"""How long a text is for Meta.

How it counts emoji is not documented (sending.md, section 11). We count UTF-16 units, as its phones do: a plain
letter is one, most emoji are two or more. It never counts fewer than code points, so what passes here passes there
whichever of the two Meta means.
"""


def units(text: str) -> int:
    """Count the UTF-16 units of a text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
