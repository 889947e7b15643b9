"""Turn one stored message, and what was said about it, into what a page draws of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from campotech_wa.domain import kinds, locale, preview, summary, walk, wording
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import WaId
from campotech_wa.domain.message_state import MessageOrigin, MessageState
from campotech_wa.domain.phones import display
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox import drawing, queueing
from campotech_wa.services.inbox.annotations import NOTHING, OURS, Annotated
from campotech_wa.services.inbox.drawing.words import say
from campotech_wa.tables.messages import WaMessage
from campotech_wa.views import AttachmentView, Bubble, Quote, Reaction, SmsView

Files = Mapping[int, tuple[AttachmentView, ...]]

_ANSWERED = ("button", "interactive")
"""Types that quote what they answer by themselves."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What bubbles of one thread share."""

    actor: Actor
    customer: str
    """The customer's name."""
    annotated: Mapping[str, Annotated] = field(default_factory=dict[str, Annotated])
    quoted: Mapping[str, WaMessage] = field(default_factory=dict[str, WaMessage])
    """Messages that others answer, by wamid."""
    files: Files = field(default_factory=dict[int, tuple[AttachmentView, ...]])
    """By message."""
    queued: queueing.Queued = field(default_factory=queueing.Queued)
    """What of it is in the outbox."""
    sms: Mapping[int, SmsView] = field(default_factory=dict[int, SmsView])
    """By message."""


def build(message: WaMessage, around: Surroundings, *, day: str, now: datetime) -> Bubble:
    """Build the bubble of a message; ``day`` heads it when it is the first of one."""
    words = around.actor.locale
    about = around.annotated.get(message.wamid or "", NOTHING)
    kind, content = _now(message, about)
    envelope = {} if about.is_revoked else message.envelope
    picture = drawing.Picture() if about.is_revoked else drawing.of(kind, content, envelope, locale=words)
    return Bubble(
        id=message.id or 0,
        wamid=message.wamid or "",
        direction=message.direction,
        type=message.type,
        text=preview.bearable(picture.text),
        kind="" if kind == "text" and picture.text else kinds.name(_spoken(kind, content), locale=words),
        state=message.state,
        time=locale.clock_time(message.sent_at, zone=around.actor.timezone),
        day=day,
        error=_error(message, words),
        author=_author(message),
        is_line=picture.is_line,
        is_revoked=about.is_revoked,
        marks=tuple(_marks(message, about)),
        quote=None if about.is_revoked else _quote(message, around),
        files=() if about.is_revoked else _files(message, about, around.files),
        above=picture.above,
        below=picture.below,
        reactions=tuple(_reactions(about, words)),
        waiting=queueing.waiting(message, around.queued, around.actor, now=now),
        sms=around.sms.get(message.id or 0),
    )


def _now(message: WaMessage, about: Annotated) -> tuple[str, Content]:
    """Return type and content as they are after the newest edit; one that can not be read changes nothing."""
    if about.edit:
        kind, content = drawing.edited(about.edit.content)
        if kind and content:
            return kind, content
    return message.type, message.content


def _spoken(kind: str, content: Content) -> str:
    """Return the type as a person names it: a recording is no file, a form is no button."""
    if kind == "audio" and walk.value(content, "voice") is True:
        return "voice"
    inner = walk.text(content, "type") if kind == "interactive" else ""
    return inner if inner and kinds.is_known(inner) else kind


def _error(message: WaMessage, words: str) -> str:
    return wording.reason(message.error_code, locale=words) if message.state == MessageState.FAILED else ""


def _author(message: WaMessage) -> str:
    """Return who of a group wrote."""
    if message.direction == "outbound" or not walk.text(message.envelope, "group_id"):
        return ""
    sender = walk.text(message.envelope, "from")
    return display(WaId(sender)) if sender.isdecimal() else ""


def _marks(message: WaMessage, about: Annotated) -> list[str]:
    context = walk.mapping(message.envelope, "context")
    marks = {
        "forwarded": walk.value(context, "forwarded") is True,
        "often_forwarded": walk.value(context, "frequently_forwarded") is True,
        "edited": about.edit is not None and not about.is_revoked,
        "phone": message.origin == MessageOrigin.PHONE,
        "history": message.origin == MessageOrigin.HISTORY,
        "group": bool(walk.text(message.envelope, "group_id")),
    }
    return [mark for mark, holds in marks.items() if holds]


def _files(message: WaMessage, about: Annotated, files: Files) -> tuple[AttachmentView, ...]:
    """Return the files of the newest edit, which may bring none of its own, else those of the message."""
    newest = files.get(about.edit.id or 0, ()) if about.edit else ()
    return newest or files.get(message.id or 0, ())


def _quote(message: WaMessage, around: Surroundings) -> Quote | None:
    if message.target_wamid is None or message.type in ("reaction", "edit", "revoke"):
        return None
    words = around.actor.locale
    target = around.quoted.get(message.target_wamid)
    if target is None:
        # What was pressed says enough by itself; another answer needs to be seen as one.
        return None if message.type in _ANSWERED else Quote(0, "", say("quote_gone", words))
    about = around.annotated.get(message.target_wamid, NOTHING)
    author = say("you", words) if target.direction == "outbound" else _author(target) or around.customer
    if about.is_revoked:
        return Quote(target.id or 0, author, say("quote_revoked", words))
    thumbnail = next((file.thumbnail_url for file in _files(target, about, around.files)), "")
    return Quote(target.id or 0, author, summary.of(*_now(target, about)), thumbnail)


def _reactions(about: Annotated, words: str) -> list[Reaction]:
    shown = [
        Reaction(reaction.id or 0, walk.text(reaction.content, "emoji")[:16], is_ours=author == OURS)
        for author, reaction in about.reactions.items()
    ]
    if about.refused is None:
        return shown
    emoji = walk.text(about.refused.content, "emoji")[:16] or "✕"
    return [*shown, Reaction(about.refused.id or 0, emoji, is_ours=True, error=_error(about.refused, words))]


def wamids_of(shown: Sequence[WaMessage]) -> tuple[list[str], list[str]]:
    """Return the ids of messages, and of those they answer that are not among them."""
    own = {message.wamid for message in shown if message.wamid}
    answered = {message.target_wamid for message in shown if message.target_wamid}
    return sorted(own), sorted(answered - own)
