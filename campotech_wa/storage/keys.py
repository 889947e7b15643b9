"""Names of stored files: the organization, the digest of the original, and which form of it."""

from enum import StrEnum
from typing import NewType

from campotech_wa.domain.ids import OrganizationId

Key = NewType("Key", str)
"""Made by ``key`` and nowhere else: it holds nothing that anybody typed."""


class Part(StrEnum):
    """The forms of one file."""

    ORIGINAL = ""
    THUMBNAIL = ".thumb"
    PLAYABLE = ".play"


def key(organization_id: OrganizationId, sha256: bytes, part: Part = Part.ORIGINAL) -> Key:
    """Return the key of a file."""
    return Key(f"{int(organization_id)}/{sha256.hex()}{part}")
