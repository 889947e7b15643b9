"""Buttons that open a page or ask for something: a location, a number, an address (sending.md 1.5)."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.interactive.parts import Body, Interactive, OpenPage
from campotech_wa.meta.outbound.parts import Part
from campotech_wa.meta.outbound.values import Free, Identifier

_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


class PageButton(Interactive):
    """A message with a button that opens a page."""

    type: Literal["cta_url"]
    action: OpenPage


class SendLocation(Part):
    """The button that shares where the customer is."""

    name: Literal["send_location"]


class LocationRequest(Part):
    """Ask where the customer is; only a body."""

    type: Literal["location_request_message"]
    body: Body
    action: SendLocation


class SendContact(Part):
    """The button that shares the customer's number."""

    name: Literal["request_contact_info"]


class ContactRequest(Interactive):
    """Ask for the number of a customer who has shown none."""

    type: Literal["request_contact_info"]
    action: SendContact


def _country(text: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise fault("not_a_country")
    return text


class SavedAddress(Part):
    """An address that the business knows already."""

    id: Identifier
    value: Free


class AddressParameters(Part):
    """What is known of the address; which fields there are depends on the country."""

    country: Annotated[str, AfterValidator(_country)]
    values: Free | None = None
    saved_addresses: list[SavedAddress] | None = None
    validation_errors: Free | None = None


class AddressAction(Part):
    """The form."""

    name: Literal["address_message"]
    parameters: AddressParameters


class AddressRequest(Interactive):
    """Ask for a postal address; Meta offers it in few countries, Argentina not among them."""

    type: Literal["address_message"]
    action: AddressAction
