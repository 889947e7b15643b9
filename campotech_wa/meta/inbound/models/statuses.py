"""What became of messages of ours (section 4)."""

from pydantic import AliasChoices, Field

from campotech_wa.meta.inbound.models.base import Fault, Shape


class Origin(Shape):
    """What opened a conversation (section 4.3)."""

    type: str | None = None


class Pricing(Shape):
    """What a message costs; ``billable`` is to be retired: type and category say it (section 4.3)."""

    billable: bool | None = None
    pricing_model: str | None = None
    type: str | None = None
    category: str | None = None


class Conversation(Shape):
    """What a message was charged with before July 2025, and a free entry point since; never the 24 h window (4.3)."""

    id: str | None = None
    expiration_timestamp: int | None = None
    origin: Origin | None = None
    pricing: Pricing | None = None
    """In some examples of groups it stands here."""


class Status(Shape):
    """One status of one message, in groups for one participant (sections 4.1 and 4.5)."""

    id: str
    status: str | None = None
    type: str | None = None
    timestamp: int | None = None
    recipient_id: str | None = None
    recipient_user_id: str | None = None
    recipient_parent_user_id: str | None = Field(
        default=None,
        validation_alias=AliasChoices(
            "recipient_parent_user_id", "parent_recipient_user_id", "parent_user_id"
        ),
    )
    recipient_type: str | None = None
    recipient_participant_id: str | None = Field(
        default=None, validation_alias=AliasChoices("recipient_participant_id", "participant_recipient_id")
    )
    recipient_participant_user_id: str | None = None
    recipient_participant_parent_user_id: str | None = None
    recipient_identity_key_hash: str | None = None
    biz_opaque_callback_data: str | None = None
    template_id: str | None = None
    conversation: Conversation | None = None
    pricing: Pricing | None = None
    errors: list[Fault] = Field(default_factory=list[Fault])

    @property
    def price(self) -> Pricing | None:
        """What it costs, wherever it stands."""
        return self.pricing or (self.conversation.pricing if self.conversation else None)
