"""Find what Meta notices only after it has accepted a message, and reports as `failed`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from campotech_wa.simulator.checks.outgoing import MediaUse, Outgoing
from campotech_wa.simulator.media.library import Media
from campotech_wa.simulator.media.rules import base_type, kind_of
from campotech_wa.simulator.world.state import ChatKey, Message

REACTION_REACHES = timedelta(days=30)
"""Older messages can not be reacted to (sending.md, 1.4)."""
BAD_TARGET = 131009
BAD_MEDIUM = 131053
UNREACHABLE = ".invalid"
"""Links to such hosts can never be fetched (RFC 2606); every other one is taken to work."""

_CARRIERS = {"gif": "video"}


def of_reaction(key: ChatKey, target: Message | None, *, now: datetime) -> int | None:
    """Answer the error of a reaction to a message that is not there, too old, gone, or a reaction itself."""
    if target is None or target.chat != key or target.type in {"reaction", "revoke"} or target.revoked:
        return BAD_TARGET
    return BAD_TARGET if now - target.at > REACTION_REACHES else None


def of_media(uses: Iterable[tuple[MediaUse, Media | None]]) -> int | None:
    """Answer the error of a medium that can not be fetched, or is of another kind than it is sent as."""
    return next((BAD_MEDIUM for use, media in uses if _is_bad(use, media)), None)


def reaction_target(outgoing: Outgoing) -> str:
    """Answer the wamid that a reaction is on."""
    return str(outgoing.content.get("message_id"))


def _is_bad(use: MediaUse, media: Media | None) -> bool:
    if media is None:
        return (urlsplit(use.link).hostname or "").endswith(UNREACHABLE)
    if use.voice and base_type(media.mime_type) != "audio/ogg":
        return True
    kind = _CARRIERS.get(use.kind, use.kind)
    return kind != "document" and kind_of(media.mime_type) != kind
