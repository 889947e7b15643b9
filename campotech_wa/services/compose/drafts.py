"""Turn what a person or a product wants to say into a checked draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from campotech_wa.domain import storable, summary
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.errors import InvalidInput
from campotech_wa.meta import outbound
from campotech_wa.meta.shapes import as_object
from campotech_wa.services.compose import schedule
from campotech_wa.tables.messages import WaMessage


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be sent, already checked by ``meta.outbound``, and when."""

    type: str
    content: dict[str, Any] = field(repr=False)
    context: dict[str, Any] | None = field(default=None, repr=False)
    priority: Priority = Priority.NORMAL
    send_at: datetime | None = None

    @property
    def envelope(self) -> dict[str, Any]:
        """What stands around the content."""
        return {"context": self.context} if self.context else {}

    @property
    def target_wamid(self) -> str | None:
        """The message that this one quotes or reacts to."""
        source = self.content if self.type == "reaction" else self.context or {}
        return source.get("message_id")

    @property
    def preview(self) -> str:
        """One line that stands for it in the list."""
        return summary.of(self.type, self.content)

    def says_the_same_as(self, other: "Draft") -> bool:
        """Tell whether a customer would see no difference."""
        return replace(self, priority=other.priority, send_at=other.send_at) == other

    def record(self) -> dict[str, Any]:
        """Return the draft as JSON, for the history of a message that is changed."""
        return {
            "type": self.type,
            "content": self.content,
            "context": self.context,
            "priority": self.priority.word,
            "send_at": self.send_at and self.send_at.isoformat(),
        }


def of_object(message: Mapping[str, Any], *, priority: Priority) -> Draft:
    """Check the Cloud API's own message object, without whom it goes to; ``priority`` where it names none.

    Raises:
        InvalidInput: its type is unknown, or something in it can never be accepted; says which.
    """
    kind = message.get("type")
    content = outbound.check(kind, message.get(str(kind)))
    _refuse_other_contents(message, str(kind))
    context = outbound.check_context(message.get("context"), kind=str(kind))
    return Draft(
        str(kind),
        # Afterwards: what was checked is known not to be too deep.
        storable.tree(content),
        storable.tree(context),
        schedule.read_priority(message.get("priority"), priority),
        schedule.read_send_at(message.get("send_at")),
    )


def of_row(message: WaMessage) -> Draft:
    """Return what a stored message says."""
    context = as_object(message.envelope.get("context")) or None
    return Draft(message.type, message.content, context, Priority(message.priority), message.send_at)


def of_record(record: Mapping[str, Any]) -> Draft:
    """Read what ``Draft.record`` wrote."""
    return Draft(
        record["type"],
        record["content"],
        record["context"],
        schedule.read_priority(record["priority"], Priority.NORMAL),
        schedule.read_send_at(record["send_at"]),
    )


def _refuse_other_contents(message: Mapping[str, Any], kind: str) -> None:
    for other in sorted(outbound.TYPES - {kind}):
        if message.get(other) is not None:
            raise InvalidInput(
                "not_allowed", field=other, detail=f"{other} is not allowed in a message of the type {kind}."
            )
