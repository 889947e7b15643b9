"""The field ``messages`` and what is around it: clicks, preferences, and who has the conversation."""

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Fault, Shape
from campotech_wa.meta.inbound.models.chat import Envelope
from campotech_wa.meta.inbound.models.statuses import Status
from campotech_wa.meta.inbound.models.value import MessagingValue, Metadata
from campotech_wa.meta.shapes import JsonObject


class Summary(Shape):
    """A conversation so far, in words (section 6.5)."""

    text: str | None = None


class ConversationContext(Shape):
    """What another application, or Meta's, tells of the conversation (section 6.5)."""

    type: str | None = None
    summary: Summary | None = None


class LinkClick(Shape):
    """A tap on a link of a marketing message (section 3.8)."""

    click_id: str | None = None
    tracking_token: str | None = None
    click_component: str | None = None
    product_id: str | None = None


class UserAction(Shape):
    """What a person did with a marketing message (section 3.8)."""

    action_type: str | None = None
    marketing_messages_link_click_data: LinkClick | None = None
    timestamp: int | None = None


class MessagesValue(MessagingValue):
    """``messages``: messages, statuses, errors and clicks, each list or none (sections 3 and 4).

    Messages are read here as far as their envelope; the object of the type is read by ``contents``.
    """

    messages: list[Envelope] = Field(default_factory=list[Envelope])
    statuses: list[Status] = Field(default_factory=list[Status])
    errors: list[Fault] = Field(default_factory=list[Fault])
    user_actions: list[UserAction] = Field(default_factory=list[UserAction])
    conversation_context: ConversationContext | None = None


class UserPreference(Shape):
    """``stop``, ``resume`` or ``signup``; a word of the future counts as stop (section 6.3)."""

    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    category: str | None = None
    value: str | None = None
    detail: str | None = None
    signup_id: str | None = None
    timestamp: int | None = None


class UserPreferencesValue(MessagingValue):
    """``user_preferences``: what customers want of marketing (section 6.3)."""

    user_preferences: list[UserPreference] = Field(default_factory=list[UserPreference])


class ChangedId(Shape):
    """An id before and after (section 5)."""

    previous: str | None = None
    current: str | None = None


class UserIdChange(Shape):
    """A person whose business-scoped id changed (section 5)."""

    wa_id: str | None = None
    detail: str | None = None
    user_id: ChangedId | None = None
    parent_user_id: ChangedId | None = None
    timestamp: int | None = None


class UserIdUpdateValue(MessagingValue):
    """``user_id_update``: documented, then withdrawn (section 5)."""

    user_id_update: list[UserIdChange] = Field(default_factory=list[UserIdChange])


class HandoverPerson(Shape):
    """The customer of a conversation that changes hands (section 6.5)."""

    phone_number: str | None = None
    user_id: str | None = None


class ControlPassed(Shape):
    """From which role to which (section 6.5)."""

    previous_owner_role: str | None = None
    new_owner_role: str | None = None
    metadata: str | None = None
    conversation_context: ConversationContext | None = None


class MessagingHandoversValue(Shape):
    """``messaging_handovers``: control of a conversation was passed or taken (section 6.5)."""

    messaging_product: str | None = None
    sender: HandoverPerson | None = None
    recipient: Metadata | None = None
    type: str | None = None
    timestamp: int | None = None
    control_passed: ControlPassed | None = None
    control_taken: ControlPassed | None = None


class StandbyEcho(Shape):
    """What another application sent: the body of its request to the send API (section 6.5)."""

    id: str | None = None
    timestamp: int | None = None
    message: JsonObject | None = None
    template: JsonObject | None = None
    flow: JsonObject | None = None


class StandbyValue(MessagesValue):
    """``standby``: what is said while another application has the conversation (section 6.5)."""

    message_echoes: list[StandbyEcho] = Field(default_factory=list[StandbyEcho])
