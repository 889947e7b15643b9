"""Turn messages of customers, and news of who they are, into items: chats, preferences, changed ids."""

from collections.abc import Iterator
from typing import Any

from campotech_wa.meta.inbound import messages
from campotech_wa.meta.inbound.directory import as_user_id, as_wa_id
from campotech_wa.meta.inbound.items import Author, Item, Message, Person, Preference, Renumbered, Unreadable
from campotech_wa.meta.inbound.scalars import identifier, moment
from campotech_wa.meta.inbound.value import Value
from campotech_wa.meta.shapes import JsonObject, as_object, as_text


def message(raw: Any, value: Value) -> Iterator[Item]:
    """Read a message of a customer; one about their own account may also say that their ids changed."""
    read = messages.read(raw, value.sender(as_object(raw)), Author.CUSTOMER)
    yield read
    if isinstance(read, Message) and read.type == "system":
        yield from _changed_ids(read)


def preference(raw: Any, value: Value) -> Iterator[Item]:
    """Read what a customer told Meta about marketing messages (webhooks.md 6.3)."""
    told = as_object(raw)
    person = value.directory.person(told.get("wa_id"), told.get("user_id"), told.get("parent_user_id"))
    if not told or not person.is_somebody:
        yield Unreadable("preference of nobody")
        return
    yield Preference(
        person=person,
        value=as_text(told.get("value")),
        at=moment(told.get("timestamp")) or value.at,
        raw=told,
    )


def user_id_update(raw: Any, value: Value) -> Iterator[Item]:
    """Read the field of changed business-scoped ids, documented and then withdrawn (webhooks.md section 5)."""
    told = as_object(raw)
    users, parents = as_object(told.get("user_id")), as_object(told.get("parent_user_id"))
    before, after = (
        Person(
            wa_id=as_wa_id(told.get("wa_id")),
            user_id=as_user_id(users.get(when)),
            parent_user_id=identifier(parents.get(when)),
        )
        for when in ("previous", "current")
    )
    if not (before.is_somebody and after.is_somebody):
        yield Unreadable("changed id of nobody")
        return
    yield Renumbered(before=before, after=after, at=moment(told.get("timestamp")) or value.at)


_RENUMBERING = frozenset({"user_changed_number", "user_changed_user_id"})


def _changed_ids(read: Message) -> Iterator[Renumbered]:
    """Read who somebody was and is (webhooks.md 3.4); ``new_wa_id`` is the older spelling."""
    system = read.content
    after = Person(
        wa_id=as_wa_id(system.get("wa_id")) or as_wa_id(system.get("new_wa_id")),
        user_id=as_user_id(system.get("user_id")),
        parent_user_id=identifier(system.get("parent_user_id")),
    )
    before = _before(read.person, system, after)
    is_change = (before.wa_id, before.user_id) != (after.wa_id, after.user_id)
    if as_text(system.get("type")) in _RENUMBERING and before.is_somebody and after.is_somebody and is_change:
        yield Renumbered(before=before, after=after, at=read.sent_at)


def _before(sender: Person, system: JsonObject, after: Person) -> Person:
    """Take the old number from the sender, whose user id may be the new one already."""
    own = sender.user_id if sender.user_id != after.user_id else None
    return Person(
        wa_id=sender.wa_id,
        user_id=as_user_id(system.get("previous_user_id")) or own,
        parent_user_id=identifier(system.get("previous_parent_user_id")),
        username=sender.username,
        name=sender.name,
    )
