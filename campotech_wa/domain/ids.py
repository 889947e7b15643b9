"""Ids as types, so that one kind can not be passed for another."""

from typing import NewType, TypedDict

OrganizationId = NewType("OrganizationId", int)
UserId = NewType("UserId", int)
ChannelId = NewType("ChannelId", int)
CustomerId = NewType("CustomerId", int)
ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
EventId = NewType("EventId", int)
MediaId = NewType("MediaId", int)
"""A stored file; inside a message it is written ``local:7``."""

AttachmentId = NewType("AttachmentId", int)
"""A file of a message."""

PhoneNumberId = NewType("PhoneNumberId", str)
"""Meta's id of a business number; never the number itself."""

WaId = NewType("WaId", str)
"""A customer's WhatsApp number, digits only, as Meta writes it."""

BusinessScopedUserId = NewType("BusinessScopedUserId", str)
"""Meta's id of a person within one business portfolio; may come without any number (webhooks.md section 5)."""

Wamid = NewType("Wamid", str)
"""Meta's message id. Its base64 holds the customer's number: personal data, never logged."""


class OfOrganization(TypedDict):
    """Whose rows are meant, as the keyword every query of the store takes."""

    organization_id: OrganizationId


class OfChannel(OfOrganization):
    """Which channel's rows are meant."""

    channel_id: ChannelId
