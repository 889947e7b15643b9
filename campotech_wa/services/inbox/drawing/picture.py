"""What is drawn of one content: its words, and the blocks above and below them."""

from collections.abc import Callable
from dataclasses import dataclass

from campotech_wa.blocks import Block
from campotech_wa.domain.walk import Content


@dataclass(frozen=True, slots=True)
class Picture:
    """One content, ready to be drawn; ``is_line`` when nobody spoke."""

    text: str = ""
    above: tuple[Block, ...] = ()
    below: tuple[Block, ...] = ()
    is_line: bool = False


Draw = Callable[[Content, str], Picture | None]
"""Draws the content of one type in a language; None when it has not the shape of its type."""
