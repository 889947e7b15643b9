"""Tell who is meant: the ids of an item together with what ``contacts[]`` says of that person.

Contacts do not pair with messages by position: they are joined on the ids (webhooks.md 2.1).
"""

from dataclasses import replace

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.domain.phones import accept_from_meta
from campotech_wa.meta.inbound.items import Person
from campotech_wa.meta.inbound.scalars import digits, identifier
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text


class Directory:
    """The contacts of one value."""

    def __init__(self, contacts: object) -> None:
        self._entries = [as_object(contact) for contact in as_list(contacts)]
        self._people = [_person(entry) for entry in self._entries]
        self._places: dict[str, int] = {}
        for place, person in enumerate(self._people):
            for name in (person.wa_id, person.user_id):
                if name:
                    self._places.setdefault(name, place)

    def person(
        self, wa_id: object, user_id: object, parent_user_id: object = None, identity_key_hash: object = None
    ) -> Person:
        """Return the person with these ids and whatever the contacts add."""
        return self.complete(
            Person(
                wa_id=as_wa_id(wa_id),
                user_id=as_user_id(user_id),
                parent_user_id=identifier(parent_user_id),
                identity_key_hash=as_text(identity_key_hash),
            )
        )

    def complete(self, named: Person) -> Person:
        """Add what the contacts say; where there is only one, nobody is that one (section 2)."""
        place = self._place(named.wa_id, named.user_id)
        if place is not None:
            return _joined(named, self._people[place])
        if len(self._people) != 1:
            return named
        [only] = self._people
        return _called(named, only) if named.is_somebody else _joined(named, only)

    def entries(self, *names: object) -> list[JsonObject]:
        """Return the contacts, as Meta wrote them, that go by any of these ids."""
        places = {self._places[known] for name in names if (known := identifier(name)) in self._places}
        return [self._entries[place] for place in sorted(places)]

    def _place(self, wa_id: WaId | None, user_id: BusinessScopedUserId | None) -> int | None:
        place = self._places.get(user_id) if user_id else None
        return place if place is not None or not wa_id else self._places.get(wa_id)


EMPTY = Directory(None)


def as_wa_id(value: object) -> WaId | None:
    """Take a number as Meta writes it, byte for byte; a JSON number is one too."""
    return accept_from_meta(identifier(value))


def as_written_number(value: object) -> WaId | None:
    """Take a number of an address book, which may be written with plus and spaces."""
    return accept_from_meta(digits(value))


def as_user_id(value: object) -> BusinessScopedUserId | None:
    """Take a business-scoped id as it is."""
    return BusinessScopedUserId(identifier(value)) if identifier(value) else None


def as_username(value: object) -> str:
    """Return a username without its @, with which some examples write it."""
    return as_text(value).removeprefix("@")


def _person(entry: JsonObject) -> Person:
    profile = as_object(entry.get("profile"))
    return Person(
        wa_id=as_wa_id(entry.get("wa_id")),
        user_id=as_user_id(entry.get("user_id")),
        parent_user_id=identifier(entry.get("parent_user_id")),
        username=as_username(profile.get("username")),
        name=as_text(profile.get("name")),
        identity_key_hash=as_text(entry.get("identity_key_hash")),
    )


def _joined(named: Person, contact: Person) -> Person:
    """Put the item's own ids before those of the contact."""
    return Person(
        wa_id=named.wa_id or contact.wa_id,
        user_id=named.user_id or contact.user_id,
        parent_user_id=named.parent_user_id or contact.parent_user_id,
        username=named.username or contact.username,
        name=named.name or contact.name,
        identity_key_hash=named.identity_key_hash or contact.identity_key_hash,
    )


def _called(named: Person, contact: Person) -> Person:
    """Take from a contact with other ids only what a person is called."""
    return replace(named, name=named.name or contact.name, username=named.username or contact.username)
