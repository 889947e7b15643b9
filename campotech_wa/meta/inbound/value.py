"""One ``value`` of a change, with what its items have in common: whose number, whose contacts, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phones import match_key
from campotech_wa.meta.inbound.directory import Directory
from campotech_wa.meta.inbound.items import Person
from campotech_wa.meta.inbound.scalars import digits, moment
from campotech_wa.meta.shapes import JsonObject, as_object


@dataclass(frozen=True, slots=True)
class Value:
    """A change of one field. ``at`` is the time of its entry, which the field ``messages`` does not have."""

    field: str
    raw: JsonObject
    directory: Directory
    business_number: str
    at: datetime | None

    @classmethod
    def of(cls, field: str, raw: JsonObject, time: object) -> Self:
        """Look a value over once, for all its items."""
        return cls(
            field=field,
            raw=raw,
            directory=Directory(raw.get("contacts")),
            business_number=digits(as_object(raw.get("metadata")).get("display_phone_number")),
            at=moment(time),
        )

    def sender(self, raw: JsonObject) -> Person:
        """Return who a message is from (webhooks.md section 3)."""
        return self.directory.person(raw.get("from"), raw.get("from_user_id"), raw.get("from_parent_user_id"))

    def is_business(self, wa_id: WaId | None) -> bool:
        """Tell whether a number is the company's own: it may be written with or without Argentina's 9."""
        if wa_id is None or not self.business_number:
            return False
        return wa_id == self.business_number or match_key(wa_id) == match_key(WaId(self.business_number))
