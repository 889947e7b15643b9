"""One message on its way to Meta."""

from dataclasses import dataclass, field
from typing import Any

from campotech_wa.domain.callback import CallbackData
from campotech_wa.domain.ids import (
    BusinessScopedUserId,
    ChannelId,
    ConversationId,
    MessageId,
    OrganizationId,
    WaId,
)
from campotech_wa.errors import MetaError
from campotech_wa.meta import outbound
from campotech_wa.meta.client import Answer

Outcome = Answer | MetaError
"""What became of a parcel: accepted, or the reason why not."""


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
    """Which one since a person last asked for it."""
    type: str
    content: dict[str, Any] = field(repr=False)
    to: WaId | None = field(repr=False)
    recipient: BusinessScopedUserId | None = field(repr=False)
    context: dict[str, Any] | None = field(default=None, repr=False)
    """Which message it quotes."""

    def payload(self) -> dict[str, Any]:
        """Build the body of the request.

        Raises:
            MetaRefused: the content still names a file of ours.
        """
        return outbound.body(
            self.type,
            self.content,
            to=self.to,
            recipient=self.recipient,
            context=self.context,
            callback_data=str(CallbackData(self.message_id, self.attempt)),
        )
