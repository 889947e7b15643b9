"""Find or create the customer behind the ids that Meta shows, and bring what is known of them up to date."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.ids import (
    BusinessScopedUserId,
    ChannelId,
    CustomerId,
    OfOrganization,
    OrganizationId,
    WaId,
)
from campotech_wa.domain.phones import Identity, Match, confirmed, match_key, same_person
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services.identity import linking, numbers
from campotech_wa.services.identity.merging import Reason, merge
from campotech_wa.store import customers, links, merges
from campotech_wa.tables.conversations import Customer

_LONGEST_NAME = 256
_TRIES = 5
"""Rounds until a person stays the same between two looks: each loss means that somebody else just wrote them down."""


class _Overtaken(Exception):
    """Another transaction wrote the same person down first: look again."""


def recognise(
    session: Session,
    person: Person,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    at: datetime | None = None,
) -> CustomerId:
    """Return the customer whom Meta names, created at the first contact.

    Who they are is decided in the order of phones-ar.md section 5: the user id, the number, a typed spelling of the
    number that nobody has confirmed. Where user id and number lead to two customers, these are one, unless each has
    a user id of its own or somebody has parted them. A known number with a new user id is recycled if the channel
    knows it with another: it moves to a new customer.

    Raises:
        ValueError: the person has no id at all.
    """
    person = tidy(person)
    if not person.is_somebody:
        raise ValueError("A person without any id can not be recognised.")
    for _ in range(_TRIES):
        try:
            with session.begin_nested():
                return _Look(session, person, organization_id, channel_id, at or clock.now()).settle()
        except (_Overtaken, IntegrityError):
            continue
    raise ValueError("The person kept changing while being written down.")


def tidy(person: Person) -> Person:
    """Make the texts of a person fit for the store."""
    return replace(
        person,
        user_id=BusinessScopedUserId(storable.text(person.user_id)) if person.user_id else None,
        parent_user_id=storable.text(person.parent_user_id),
        username=storable.text(person.username).strip()[:_LONGEST_NAME],
        name=storable.text(person.name).strip()[:_LONGEST_NAME],
        identity_key_hash=storable.text(person.identity_key_hash),
    )


class _Look:
    """One attempt to settle who a person is, under the locks of everybody they may be."""

    def __init__(
        self,
        session: Session,
        person: Person,
        organization_id: OrganizationId,
        channel_id: ChannelId,
        at: datetime,
    ) -> None:
        self._session, self._person, self._channel_id, self._at = session, person, channel_id, at
        self._whose: OfOrganization = {"organization_id": organization_id}

    def settle(self) -> CustomerId:
        linked, numbered = self._found()
        held = {CustomerId(one.id or 0) for one in (linked, numbered) if one}
        if held:
            customers.hold(self._session, held, **self._whose)
            linked, numbered = again = self._found()
            if {one.id for one in again if one} != held:
                raise _Overtaken
        if linked is None and numbered and self._is_recycled(numbered):
            numbered = None
        customer = self._one_of(linked, numbered) or self._typed()
        if customer is None:
            return self._add()
        if self._person.wa_id and not self._is_an_absorbed_ones(self._person.wa_id):
            numbers.give(self._session, customer, self._person.wa_id, at=self._at, **self._whose)
        return self._update(customer)

    def _found(self) -> tuple[Customer | None, Customer | None]:
        """Return who is known by the user id, and who by the number."""
        person, linked, numbered = self._person, None, None
        if person.user_id:
            linked = customers.by_user_id(
                self._session, person.user_id, channel_id=self._channel_id, **self._whose
            )
        if person.wa_id:
            numbered = customers.by_wa_id(self._session, person.wa_id, **self._whose)
        return linked, numbered

    def _is_recycled(self, numbered: Customer) -> bool:
        """Take the number from whom the channel knows with it by another user id; tells whether it did.

        One person has one user id, and a new one is announced (webhooks.md section 5): who comes unannounced is a
        stranger, and must not read on in the thread of whoever had the number.
        """
        person, customer_id = self._person, CustomerId(numbered.id or 0)
        known = links.of_customer(self._session, customer_id, channel_id=self._channel_id, **self._whose)
        others = [link for link in known if link.user_id and link.wa_id == person.wa_id]
        row = customers.exactly(self._session, person.wa_id, **self._whose) if person.wa_id else None
        if row is None or person.user_id is None or not others:
            return False
        numbers.take(self._session, row, at=self._at, **self._whose)
        return True

    def _is_an_absorbed_ones(self, number: WaId) -> bool:
        """Tell whether a number is on the row of somebody who was merged: it leads on from there, and stays."""
        row = customers.exactly(self._session, number, **self._whose)
        return row is not None and row.merged_into_id is not None

    def _one_of(self, linked: Customer | None, numbered: Customer | None) -> Customer | None:
        if linked is None or numbered is None or linked.id == numbered.id:
            return linked or numbered
        linked_id, numbered_id = CustomerId(linked.id or 0), CustomerId(numbered.id or 0)
        if numbered_id in merges.parted(self._session, linked_id, **self._whose):
            # Somebody has said that these are two: the number stays where it is.
            self._person = replace(self._person, wa_id=None)
            return linked
        if links.share_a_channel(self._session, linked_id, numbered_id, **self._whose):
            numbers.take(self._session, numbered, at=self._at, **self._whose)
            return linked
        return self._merged(linked_id, numbered_id, WaId(self._person.wa_id or ""))

    def _merged(self, linked: CustomerId, numbered: CustomerId, number: WaId) -> Customer | None:
        """Merge into whom the desk has known longer: other products have kept that id."""
        survivor, absorbed = min(linked, numbered), max(linked, numbered)
        merge(
            self._session,
            survivor,
            absorbed,
            reason=Reason.SAME_USER_ID,
            number=None if self._is_an_absorbed_ones(number) else number,
            at=self._at,
            **self._whose,
        )
        [merged] = customers.hold(self._session, [survivor], **self._whose)
        return merged

    def _typed(self) -> Customer | None:
        """Return whoever was typed in a spelling that may mean this number, if only they can be meant."""
        if self._person.wa_id is None:
            return None
        shown = confirmed(self._person.wa_id)
        alike = customers.alike(self._session, match_key(self._person.wa_id), **self._whose)
        holders = 1 + sum(one.confirmed for one in alike)
        meant = [
            one
            for one in alike
            if not one.confirmed
            and same_person(_as_typed(one), shown, confirmed_holders=holders) is Match.SAME
        ]
        if len(meant) != 1:
            return None
        [customer] = customers.hold(self._session, [CustomerId(meant[0].id or 0)], **self._whose)
        if customer.confirmed or customer.merged_into_id is not None:
            raise _Overtaken
        return customer

    def _update(self, customer: Customer) -> CustomerId:
        customer_id = CustomerId(customer.id or 0)
        if self._person.name and self._person.name != customer.profile_name:
            self._name(customer)
        self._meet(customer_id)
        return customer_id

    def _name(self, customer: Customer) -> None:
        """Write down what somebody calls themselves, on the row of the account that says so.

        Of two accounts that were merged each has a name: the survivor's does not change with every message.
        """
        number = self._person.wa_id
        row = customers.exactly(self._session, number, **self._whose) if number else None
        if row is None and customer.profile_name and self._has_absorbed(customer):
            return
        named = CustomerId((row or customer).id or 0)
        customers.describe(self._session, named, profile_name=self._person.name, **self._whose)

    def _has_absorbed(self, customer: Customer) -> bool:
        return customers.has_absorbed(self._session, CustomerId(customer.id or 0), **self._whose)

    def _add(self) -> CustomerId:
        person = self._person
        added = customers.add(
            self._session,
            wa_id=person.wa_id,
            match_key=match_key(person.wa_id) if person.wa_id else "",
            confirmed=True,
            profile_name=person.name,
            **self._whose,
        )
        if added is None:
            raise _Overtaken
        self._meet(added, is_new=True)
        return added

    def _meet(self, customer_id: CustomerId, *, is_new: bool = False) -> None:
        note = linking.introduce if is_new else linking.meet
        is_noted = note(
            self._session,
            customer_id,
            self._person,
            channel_id=self._channel_id,
            now=clock.now(),
            **self._whose,
        )
        if not is_noted:
            raise _Overtaken


def _as_typed(customer: Customer) -> Identity:
    other = (WaId(customer.other_wa_id),) if customer.other_wa_id else ()
    return Identity(WaId(customer.wa_id) if customer.wa_id else None, other)
