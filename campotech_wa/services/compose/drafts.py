"""Turn what a person or a product wants to say into a checked draft."""

from dataclasses import dataclass, field
from typing import Any

from campotech_wa.domain import storable, summary
from campotech_wa.errors import InvalidInput
from campotech_wa.meta import outbound


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be sent, already checked by ``meta.outbound``."""

    type: str
    content: dict[str, Any] = field(repr=False)
    context: dict[str, Any] | None = field(default=None, repr=False)

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


def of_object(message: dict[str, Any]) -> Draft:
    """Check the Cloud API's own message object, without whom it goes to.

    Raises:
        InvalidInput: its type is unknown, or something in it can never be accepted; says which.
    """
    kind = message.get("type")
    content = outbound.check(kind, message.get(str(kind)))
    _refuse_other_contents(message, str(kind))
    context = outbound.check_context(message.get("context"), kind=str(kind))
    # Afterwards: what was checked is known not to be too deep.
    return Draft(str(kind), storable.tree(content), storable.tree(context))


def _refuse_other_contents(message: dict[str, Any], kind: str) -> None:
    for other in sorted(outbound.TYPES - {kind}):
        if message.get(other) is not None:
            raise InvalidInput(
                "not_allowed", field=other, detail=f"{other} is not allowed in a message of the type {kind}."
            )
