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
class Address:
    """Where a message goes: to a number, in one of its spellings, or to a user id."""

    wa_id: WaId | None = field(repr=False)
    spellings: tuple[WaId, ...] = field(repr=False)
    """What to try, in order; just one outside of test numbers. Empty without a number."""
    recipient: BusinessScopedUserId | None = field(repr=False)


def address(
    session: Session,
    customer: Customer,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    is_test_number: bool,
) -> Address:
    """Return the address of the link that was seen last; without a link, the customer's number."""
    known = links.of_customer(
        session, CustomerId(customer.id or 0), organization_id=organization_id, channel_id=channel_id
    )
    link = known[0] if known else None
    user_id = BusinessScopedUserId(link.user_id) if link and link.user_id else None
    number = link.wa_id if link and (link.wa_id or user_id) else customer.wa_id
    if number is None:
        return Address(None, (), user_id)
    learnt = (WaId(link.send_to),) if link and link.send_to else ()
    forms = spellings(WaId(number)) if is_test_number else (WaId(number),)
    return Address(WaId(number), tuple(dict.fromkeys((*learnt, *forms))), user_id)


def is_test_number(info: Mapping[str, Any]) -> bool:
    """Tell whether a business number may be one of Meta's test numbers: anything but one that Meta calls live."""
    parts = (info, *map(as_object, info.values()))
    return not any(part.get("account_mode") == "LIVE" for part in parts)
