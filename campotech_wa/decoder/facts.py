"""What the decoding process tells of a file; whoever reads it checks it like anything that comes from outside."""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen

Pixels = Annotated[int, Ge(1), Le(65535)]
Milliseconds = Annotated[int, Ge(0), Le(2**31 - 1)]
Loudness = Annotated[int, Ge(0), Le(100)]


@dataclass(frozen=True, slots=True)
class Facts:
    """One line of its output; a later line knows more. Plain, since pydantic takes longer to load than to decode."""

    width: Pixels | None = None
    height: Pixels | None = None
    duration_ms: Milliseconds | None = None
    waveform: Annotated[tuple[Loudness, ...], MaxLen(100)] = ()
    has_thumbnail: bool = False
    playable_type: Literal["", "audio/mp4", "video/mp4"] = ""
    is_converted: bool = False
