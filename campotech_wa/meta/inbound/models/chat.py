"""What a person says, points at, or does to an earlier message, and what stands around it."""

from typing import ClassVar

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Content, Fault, Shape, Told


class Text(Content):
    """Plain words (section 3)."""

    body: str


class Location(Content):
    """A place (section 3)."""

    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None
    url: str | None = None


class Button(Told):
    """A tap on a quick reply of a template; the payload is ours, or the label (section 3)."""

    ANY_OF: ClassVar[tuple[str, ...]] = ("text", "payload")

    text: str | None = None
    payload: str | None = None


class Reaction(Content):
    """An emoji on a message (section 3)."""

    message_id: str
    emoji: str | None = None

    @property
    def is_removal(self) -> bool:
        """Whether it takes an earlier one back: the emoji is missing or empty."""
        return not self.emoji


class Unsupported(Content):
    """What Meta does not hand on; why is in the message's errors (section 3)."""

    type: str | None = None


class Revoke(Content):
    """A message that was deleted for everyone (section 3)."""

    original_message_id: str


class MediaPlaceholder(Content):
    """A file of the past that follows in another webhook, or never does (section 6.4)."""


class RequestWelcome(Content):
    """Somebody opened the chat; a feature of the past (section 3)."""


class ReferredProduct(Shape):
    """The product a question is about (section 3.5)."""

    catalog_id: str | None = None
    product_retailer_id: str | None = None


class Context(Shape):
    """What a message answers, or that it was forwarded; then there is no id (section 3.5)."""

    sender: str | None = Field(default=None, alias="from")
    id: str | None = None
    forwarded: bool | None = None
    frequently_forwarded: bool | None = None
    referred_product: ReferredProduct | None = None


class Edit(Content):
    """New words or another caption for a message of the last 15 minutes (section 3)."""

    original_message_id: str
    message: "EditedMessage | None" = None


class EditedMessage(Shape):
    """What an edited message says now; the object of its type is kept beside ``type`` (section 3)."""

    type: str | None = None
    context: Context | None = None


class WelcomeMessage(Shape):
    """The greeting that an advertisement showed (section 3.6)."""

    text: str | None = None


class Referral(Shape):
    """The advertisement or post that led here; any key may be missing (section 3.6)."""

    source_url: str | None = None
    source_id: str | None = None
    source_type: str | None = None
    headline: str | None = None
    body: str | None = None
    media_type: str | None = None
    image_url: str | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    ctwa_clid: str | None = None
    welcome_message: WelcomeMessage | None = None
    ref: str | None = None


class IdentityCheck(Shape):
    """The key of a customer's account, where the identity check is on (section 3.4)."""

    acknowledged: bool | None = None
    created_timestamp: int | None = None
    hash: str | None = None


class System(Content):
    """News of the customer's account, such as a changed number; ``new_wa_id`` is the older spelling (section 3.4)."""

    body: str | None = None
    type: str | None = None
    wa_id: str | None = None
    new_wa_id: str | None = None
    identity: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    previous_user_id: str | None = None
    previous_parent_user_id: str | None = None


class HistoryContext(Shape):
    """How far a message of the past had come (section 6.4)."""

    status: str | None = None


class Envelope(Shape):
    """The keys around a content: every other key of a message (section 3)."""

    id: str | None = None
    type: str | None = None
    timestamp: str | None = None
    sender: str | None = Field(default=None, alias="from")
    from_user_id: str | None = None
    from_parent_user_id: str | None = None
    from_logical_id: str | None = None
    to: str | None = None
    to_user_id: str | None = None
    to_parent_user_id: str | None = None
    group_id: str | None = None
    context: Context | None = None
    referral: Referral | None = None
    errors: list[Fault] = Field(default_factory=list[Fault])
    identity: IdentityCheck | None = None
    history_context: HistoryContext | None = None
