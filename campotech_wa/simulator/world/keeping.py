"""Choose what the world remembers of the messages that a business sends."""

from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """How much."""

    EVERYTHING = "everything"
    COUNTS = "counts"
    """Neither chats nor payloads nor deliveries: a hundred thousand messages leave only their accounting."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is in force until the next reset."""

    keep: Kept = Kept.EVERYTHING
    statuses: bool = True
    """Whether accepted messages are reported on."""

    @property
    def everything(self) -> bool:
        """Tell whether messages are kept."""
        return self.keep is Kept.EVERYTHING
