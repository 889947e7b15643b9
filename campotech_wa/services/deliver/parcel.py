"""One message on its way to Meta."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from campotech_wa.domain.callback import CallbackData
from campotech_wa.domain.ids import (
    ChannelId,
    ConversationId,
    MessageId,
    OfChannel,
    OrganizationId,
    WaId,
)
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.errors import MetaBusy, MetaError
from campotech_wa.meta import outbound
from campotech_wa.meta.client import Answer
from campotech_wa.services.identity import Address
from campotech_wa.signals.pace import Window

NOT_ALLOWED = 131030
"""The recipient is not on the list of a test number, or is there in another spelling (phones-ar.md section 2)."""

Outcome = Answer | MetaError
"""What became of a parcel: accepted, or the reason why not."""


def never_left(outcome: Outcome) -> bool:
    """Tell whether no request was made at all: a refusal of Meta's, also for being too fast, has a code."""
    return isinstance(outcome, MetaBusy) and outcome.code is None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What to send, to whom, and where its outcome belongs."""

    organization_id: OrganizationId
    channel_id: ChannelId
    conversation_id: ConversationId
    message_id: MessageId
    attempt: int
    """Which request for the message this is, over its whole life."""
    tries: int
    """Which one since a person last asked for it, of those that count."""
    uncounted: int
    """How many requests since then did not count."""
    lane: Lane
    priority: Priority
    enters_at: datetime
    type: str
    content: dict[str, Any] = field(repr=False)
    address: Address = field(repr=False)
    window: Window
    """Whose slots it takes."""
    claimed_at: datetime
    spelling: int = 0
    """Which spelling of the number this one tries."""
    context: dict[str, Any] | None = field(default=None, repr=False)
    """Which message it quotes."""

    @property
    def whose(self) -> OfChannel:
        """The keywords every query of the store takes."""
        return {"organization_id": self.organization_id, "channel_id": self.channel_id}

    @property
    def slot(self) -> str:
        """The name of the request, also of its slot in the pace."""
        return str(CallbackData(self.message_id, self.attempt))

    @property
    def has_files(self) -> bool:
        """Whether files of ours must be put up before it leaves."""
        return bool(outbound.local_media(self.content))

    @property
    def to(self) -> WaId | None:
        """The number it goes to; None when it goes to a user id."""
        return self.address.spellings[self.spelling] if self.address.spellings else None

    @property
    def has_other_spellings(self) -> bool:
        """Whether another spelling of the number may still be tried."""
        return self.spelling + 1 < len(self.address.spellings)

    def payload(self) -> dict[str, Any]:
        """Build the body of the request.

        Raises:
            MetaRefused: the content still names a file of ours.
        """
        return outbound.body(
            self.type,
            self.content,
            to=self.to,
            recipient=None if self.to else self.address.recipient,
            context=self.context,
            callback_data=self.slot,
        )


Landed = tuple[Parcel, Outcome]
"""A parcel, and what became of it."""
