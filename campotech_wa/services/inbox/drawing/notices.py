"""What is told of rather than said: changes, preferences, what WhatsApp keeps to itself (webhooks.md 3, 6.3).

Reactions, edits and revocations are drawn here only when the message they are about is not ours to show.
"""

from campotech_wa.blocks import Notice
from campotech_wa.domain import kinds, walk
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox.drawing.picture import Picture
from campotech_wa.services.inbox.drawing.words import say


def system(content: Content, locale: str) -> Picture:
    """Draw a notice of WhatsApp's: another number, another identity."""
    return _line(kinds.notice(walk.text(content, "type"), locale=locale))


def preference(content: Content, locale: str) -> Picture:
    """Draw what the customer told Meta about marketing messages."""
    return _line(kinds.preference(walk.text(content, "value"), locale=locale))


def request_welcome(_: Content, locale: str) -> Picture:
    """Draw that somebody opened the chat."""
    return _line(kinds.name("request_welcome", locale=locale))


def unsupported(content: Content, locale: str) -> Picture:
    """Draw that WhatsApp kept a message to itself, and which kind it was where it says so."""
    kind = walk.text(content, "type")
    detail = kinds.name(kind, locale=locale) if kinds.is_known(kind) else kind[:60]
    notice = Notice(
        say("unsupported", locale), " · ".join(filter(None, (detail, say("unsupported_hint", locale))))
    )
    return Picture(above=(notice,))


def media_placeholder(_: Content, locale: str) -> Picture:
    """Draw a file that the history only mentions (webhooks.md 6.4)."""
    return Picture(above=(Notice(say("media_placeholder", locale)),))


def reaction(content: Content, locale: str) -> Picture:
    """Draw a reaction to a message that we do not have."""
    emoji = walk.text(content, "emoji")
    return _line(say("reacted", locale).format(emoji=emoji[:16]) if emoji else say("unreacted", locale))


def edit(_: Content, locale: str) -> Picture:
    """Draw the edit of a message that we do not have."""
    return _line(say("edited", locale))


def revoke(_: Content, locale: str) -> Picture:
    """Draw the deletion of a message that we do not have."""
    return _line(say("revoked", locale))


def _line(text: str) -> Picture:
    return Picture(text=text, is_line=True)
