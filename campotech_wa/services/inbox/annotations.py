"""What was said about messages since: the newest edit, the deletion, one reaction an author, whatever came first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from campotech_wa.domain import walk
from campotech_wa.domain.message_state import MessageState
from campotech_wa.tables.messages import WaMessage

OURS = ""
"""The author of everything that the company says, here or on its phone: to Meta they are one."""


@dataclass(slots=True)
class Annotated:
    """What holds of one message now."""

    edit: WaMessage | None = None
    is_revoked: bool = False
    reactions: dict[str, WaMessage] = field(default_factory=dict[str, WaMessage])
    """The newest reaction of each author; an emptied one takes it back."""
    refused: WaMessage | None = None
    """Our newest reaction, where it did not arrive."""


NOTHING = Annotated()


def by_target(targets: Iterable[WaMessage], about: Sequence[WaMessage]) -> dict[str, Annotated]:
    """Apply edits, deletions and reactions, oldest first, to the messages they are about."""
    sides = {target.wamid: target.direction for target in targets if target.wamid}
    found: dict[str, Annotated] = {}
    for message in sorted(about, key=lambda each: (each.sent_at, each.id or 0)):
        target = message.target_wamid or ""
        if target in sides:
            _apply(found.setdefault(target, Annotated()), message, is_own=message.direction == sides[target])
    return found


def _apply(annotated: Annotated, message: WaMessage, *, is_own: bool) -> None:
    match message.type:
        case "reaction":
            _react(annotated, message)
        # Nobody can change or take back what the other side said.
        case "edit" if is_own:
            annotated.edit = message
        case "revoke" if is_own:
            annotated.is_revoked = True
        case _:
            pass


def _react(annotated: Annotated, message: WaMessage) -> None:
    author = author_of(message)
    if author == OURS:
        annotated.refused = message if message.state == MessageState.FAILED else None
        if annotated.refused:
            return
    if walk.text(message.content, "emoji"):
        annotated.reactions[author] = message
    else:
        annotated.reactions.pop(author, None)


def author_of(message: WaMessage) -> str:
    """Return who wrote: in a group there are several; an id for telling them apart."""
    if message.direction == "outbound":
        return OURS
    return walk.text(message.envelope, "from") or walk.text(message.envelope, "from_user_id") or "customer"
