"""Decide under which id a message goes to a customer, and learn from Meta's answer which one was right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import (
    BusinessScopedUserId,
    ChannelId,
    CustomerId,
    OrganizationId,
    WaId,
)
from campotech_wa.domain.phone_spellings import spellings
from campotech_wa.meta.shapes import as_object
from campotech_wa.store import links
from campotech_wa.tables.conversations import Customer


@dataclass(frozen=True, slots=True)
class Reached:
    """How a message that Meta accepted was addressed, and whom Meta says that is."""

    number: WaId | None = field(repr=False)
    """The customer's number as it was when the message left; None when it went to a user id."""
    sent_to: WaId | None = field(repr=False)
    """The spelling of it."""
    wa_id: WaId | None = field(repr=False)
    user_id: BusinessScopedUserId | None = field(repr=False)

    @property
    def shown(self) -> WaId | None:
        """The number that the answer confirms; an answer to a test number's spelling confirms none."""
        return self.wa_id if self.sent_to is not None and self.sent_to == self.number else None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: to a number, in one of its spellings, or to a user id."""

    wa_id: WaId | None = field(repr=False)
    spellings: tuple[WaId, ...] = field(repr=False)
    """What to try, in order; just one outside of test numbers. Empty without a number."""
    recipient: BusinessScopedUserId | None = field(repr=False)
    is_confirmed: bool = True
    """Meta has shown the number, or there is none."""

    def is_taught_by(self, reached: Reached) -> bool:
        """Tell whether Meta's answer says anything new."""
        is_new_id = reached.user_id is not None and self.recipient is None
        is_other_spelling = reached.sent_to is not None and reached.sent_to != self.spellings[0]
        return not self.is_confirmed or is_new_id or is_other_spelling


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer on a channel: the customer's own number, and the link that was seen last."""

    wa_id: str | None = field(repr=False)
    is_confirmed: bool
    link_wa_id: str | None = field(default=None, repr=False)
    link_user_id: str | None = field(default=None, repr=False)
    link_send_to: str = field(default="", repr=False)


def address(
    session: Session,
    customer: Customer,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    is_test_number: bool,
) -> Address:
    """Return the address of the link that was seen last; without a link, the customer's number."""
    found = links.of_customer(
        session, CustomerId(customer.id or 0), organization_id=organization_id, channel_id=channel_id
    )
    known = Known(customer.wa_id, customer.confirmed)
    if found:
        known = Known(customer.wa_id, customer.confirmed, found[0].wa_id, found[0].user_id, found[0].send_to)
    return address_of(known, is_test_number=is_test_number)


def address_of(known: Known, *, is_test_number: bool) -> Address:
    """Return where a message to somebody goes."""
    user_id = BusinessScopedUserId(known.link_user_id) if known.link_user_id else None
    number = known.link_wa_id if known.link_wa_id or user_id else known.wa_id
    if number is None:
        return Address(None, (), user_id)
    if not is_test_number:
        return Address(WaId(number), (WaId(number),), user_id, known.is_confirmed)
    learnt = (WaId(known.link_send_to),) if known.link_send_to else ()
    forms = spellings(WaId(number))
    return Address(WaId(number), tuple(dict.fromkeys((*learnt, *forms))), user_id, known.is_confirmed)


def is_test_number(info: Mapping[str, Any]) -> bool:
    """Tell whether a business number may be one of Meta's test numbers: anything but one that Meta calls live."""
    parts = (info, *map(as_object, info.values()))
    return not any(part.get("account_mode") == "LIVE" for part in parts)
