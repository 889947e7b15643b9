"""What a ``value`` has around its lists (section 2)."""

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Shape
from campotech_wa.meta.inbound.models.people import Contact


class Metadata(Shape):
    """Whose number it is about: told apart by the id, never by the number."""

    display_phone_number: str | None = None
    phone_number_id: str | None = None


class MessagingValue(Shape):
    """A value of the message-type fields."""

    messaging_product: str | None = None
    metadata: Metadata | None = None
    contacts: list[Contact] = Field(default_factory=list[Contact])
