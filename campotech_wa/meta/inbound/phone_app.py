"""Turn what the company's own phone tells into messages and contacts: echoes, history, its address book.

The number is used in the WhatsApp Business app and by us (coexistence, webhooks.md 6.4).
"""

from collections.abc import Iterator
from typing import Any

from campotech_wa.meta.inbound import messages, news
from campotech_wa.meta.inbound.directory import as_user_id, as_username, as_wa_id, as_written_number
from campotech_wa.meta.inbound.items import Author, ContactEntry, Item, Person, Unreadable
from campotech_wa.meta.inbound.scalars import identifier, moment
from campotech_wa.meta.inbound.value import Value
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text


def echo(raw: Any, value: Value) -> Iterator[Item]:
    """Read a message that was written on the phone."""
    yield messages.read(raw, _addressee(as_object(raw), value), Author.BUSINESS)


def late_file(raw: Any, value: Value) -> Iterator[Item]:
    """Read a file of the past: it follows in ``messages[]`` what the history only held a place for."""
    written = as_object(raw)
    if value.is_business(as_wa_id(written.get("from"))):
        yield messages.read(raw, _addressee(written, value), Author.BUSINESS, is_history=True)
    else:
        yield messages.read(raw, value.sender(written), Author.CUSTOMER, is_history=True)


def chunk(raw: Any, value: Value) -> Iterator[Item]:
    """Read a part of the history: its threads, how far the whole has come, or that it was declined."""
    told = as_object(raw)
    if not told:
        yield Unreadable("history is not an object")
        return
    for thread in as_list(told.get("threads")):
        yield from _thread(as_object(thread), value)
    if about := {key: item for key, item in told.items() if key != "threads"}:
        yield news.element("history", about, value)


def contact_entry(raw: Any, value: Value) -> Iterator[Item]:
    """Read an entry of the phone's address book; added may also mean edited, removed may lack names."""
    entry = as_object(raw)
    contact = as_object(entry.get("contact"))
    person = Person(
        wa_id=as_written_number(contact.get("phone_number")), user_id=as_user_id(contact.get("user_id"))
    )
    if not person.is_somebody:
        yield Unreadable("contact without number")
        return
    yield ContactEntry(
        person=person,
        full_name=as_text(contact.get("full_name")) or as_text(contact.get("first_name")),
        is_removed=as_text(entry.get("action")) == "remove",
        at=moment(as_object(entry.get("metadata")).get("timestamp")) or value.at,
    )


def _addressee(raw: JsonObject, value: Value) -> Person:
    """Find the customer in ``to``, save where from and to are swapped, or ``to`` is missing."""
    to, to_user_id = as_wa_id(raw.get("to")), as_user_id(raw.get("to_user_id"))
    if value.is_business(to):
        return value.sender(raw)
    if to or to_user_id:
        return value.directory.person(to, to_user_id, raw.get("to_parent_user_id"))
    sender = as_wa_id(raw.get("from"))
    if value.business_number and not value.is_business(sender):
        return value.sender(raw)
    return value.directory.person(None, None)


def _thread(thread: JsonObject, value: Value) -> Iterator[Item]:
    if not isinstance(thread.get("messages"), list):
        yield Unreadable("thread without messages")
        return
    person = _whose(thread, value)
    for raw in as_list(thread["messages"]):
        yield messages.read(raw, person, _author(as_object(raw), person, value), is_history=True)


def _whose(thread: JsonObject, value: Value) -> Person:
    """Name the customer of a thread, whose id is their number and whose context knows more."""
    context = as_object(thread.get("context"))
    return value.directory.complete(
        Person(
            wa_id=as_wa_id(context.get("wa_id")) or as_wa_id(thread.get("id")),
            user_id=as_user_id(context.get("user_id")),
            parent_user_id=identifier(context.get("parent_user_id")),
            username=as_username(context.get("username")),
        )
    )


def _author(raw: JsonObject, person: Person, value: Value) -> Author:
    to_them = person.wa_id is not None and as_wa_id(raw.get("to")) == person.wa_id
    from_us = value.is_business(as_wa_id(raw.get("from")))
    return Author.BUSINESS if to_them or from_us else Author.CUSTOMER
