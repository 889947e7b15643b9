"""Who is who in a webhook: ``contacts[]`` of a value, and the cards that a customer sends."""

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Content, Shape


class Profile(Shape):
    """What a person shows of themselves; the name may be empty, the username with or without @ (section 2.1)."""

    name: str | None = None
    username: str | None = None
    country_code: str | None = None


class Contact(Shape):
    """An entry of ``value.contacts``: it does not pair with messages by position (section 2.1)."""

    profile: Profile | None = None
    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    identity_key_hash: str | None = None


class CardName(Shape):
    """The name on a card (section 3.2)."""

    formatted_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    middle_name: str | None = None
    prefix: str | None = None
    suffix: str | None = None


class CardPhone(Shape):
    """A number on a card; ``wa_id`` is there only if the number is on WhatsApp (section 3.2)."""

    phone: str | None = None
    wa_id: str | None = None
    user_id: str | None = None
    type: str | None = None


class CardEmail(Shape):
    """An address for mail on a card (section 3.2)."""

    email: str | None = None
    type: str | None = None


class CardAddress(Shape):
    """A postal address on a card (section 3.2)."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    country_code: str | None = None
    type: str | None = None


class CardOrganization(Shape):
    """Where the person of a card works (section 3.2)."""

    company: str | None = None
    department: str | None = None
    title: str | None = None


class CardUrl(Shape):
    """A page on a card (section 3.2)."""

    url: str | None = None
    type: str | None = None


class Card(Shape):
    """A card of the address book: a third party, unless its origin is ``contact_request`` (section 3.2)."""

    name: CardName | None = None
    phones: list[CardPhone] = Field(default_factory=list[CardPhone])
    emails: list[CardEmail] = Field(default_factory=list[CardEmail])
    addresses: list[CardAddress] = Field(default_factory=list[CardAddress])
    org: CardOrganization | None = None
    urls: list[CardUrl] = Field(default_factory=list[CardUrl])
    birthday: str | None = None
    vcard: str | None = None
    origin: str | None = None

    @property
    def is_their_own(self) -> bool:
        """Whether the sender says with it "this is my number", as an answer to our question."""
        return self.origin == "contact_request"


class Contacts(Content):
    """A message of cards (section 3.2)."""

    contacts: list[Card]
