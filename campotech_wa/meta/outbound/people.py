"""The object of shared contacts (sending.md 1.4).

Texts may be empty here, as on the cards that customers share, so that such a card can be passed on.
"""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.limits import NOT_EMPTY
from campotech_wa.meta.outbound.parts import Part
from campotech_wa.meta.outbound.values import Day, number_as_text

MOST = 257
"""Contacts in one message."""

_NAME_PARTS = ("first_name", "last_name", "middle_name", "prefix", "suffix")


class Name(Part):
    """A whole name and at least one part of it."""

    formatted_name: Annotated[str, NOT_EMPTY]
    first_name: str | None = None
    last_name: str | None = None
    middle_name: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    @model_validator(mode="after")
    def _has_a_part(self) -> Self:
        if not any(getattr(self, part) for part in _NAME_PARTS):
            raise fault("missing", below=(_NAME_PARTS[0],), choices=_NAME_PARTS)
        return self


class Phone(Part):
    """A number; with its ``wa_id`` the card gets a button to write to it."""

    phone: Annotated[str, BeforeValidator(number_as_text), NOT_EMPTY]
    wa_id: Annotated[str, BeforeValidator(number_as_text), NOT_EMPTY] | None = None
    type: str | None = None


class Email(Part):
    """An e-mail address."""

    email: Annotated[str, NOT_EMPTY]
    type: str | None = None


class Url(Part):
    """A web address."""

    url: Annotated[str, NOT_EMPTY]
    type: str | None = None


class Address(Part):
    """A postal address."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: Annotated[str, BeforeValidator(number_as_text)] | None = None
    country: str | None = None
    country_code: str | None = None
    type: str | None = None


class Organization(Part):
    """Where somebody works."""

    company: str | None = None
    department: str | None = None
    title: str | None = None


class Contact(Part):
    """One card."""

    name: Name
    phones: list[Phone] | None = None
    emails: list[Email] | None = None
    urls: list[Url] | None = None
    addresses: list[Address] | None = None
    org: Organization | None = None
    birthday: Day | None = None


class Contacts(Part):
    """The cards of one message.

    Of all types only this one's object is a list. It is kept in an object, like every other content.
    """

    contacts: Annotated[list[Contact], Field(min_length=1, max_length=MOST)]
