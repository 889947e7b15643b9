"""Where a file of a message stands.

pending ──▶ stored ──▶ deleted
   └──────▶ failed | expired      (a person may ask for either again while Meta still has it)
"""

from enum import StrEnum


class MediaState(StrEnum):
    """The state of one attachment."""

    PENDING = "pending"
    """It waits to be fetched from Meta."""
    STORED = "stored"
    FAILED = "failed"
    """It could not be fetched, or is not what it was said to be."""
    EXPIRED = "expired"
    """Meta no longer has it: ids of webhooks live seven days (sending.md section 2)."""
    DELETED = "deleted"
    """It was removed here, by a person or by age."""
