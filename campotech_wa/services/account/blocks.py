"""Block customers, and unblock them: at Meta, and in our own list."""

import re
from collections.abc import Callable, Sequence

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import BusinessScopedUserId, PhoneNumberId, WaId
from campotech_wa.domain.phones import read_typed
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.account import blocks as meta
from campotech_wa.meta.account.blocks import Blocked, Outcome, Person
from campotech_wa.meta.account.graph import Graph
from campotech_wa.services.account.line import opened
from campotech_wa.signals import live
from campotech_wa.store import blocks as store
from campotech_wa.store import people
from campotech_wa.store.transaction import reading, transaction

MOST = 100
"""People at once: more is no decision of a person's."""

_USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}", re.ASCII)
"""Without those of a parent portfolio, which can not be blocked (sending.md 5)."""


def listing(actor: Actor, phone_number_id: str) -> tuple[Blocked, ...]:
    """Return who is blocked, from Meta.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        return meta.listing(line.graph, line.phone_number_id)


def block(actor: Actor, phone_number_id: str, users: Sequence[str]) -> Outcome:
    """Block people, named by number in any spelling or by business-scoped id. Some may fail and others not.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: names whoever is nobody.
        MetaError: Meta refused altogether, or failed.
    """
    return _change(actor, phone_number_id, users, meta.block, is_blocked=True)


def unblock(actor: Actor, phone_number_id: str, users: Sequence[str]) -> Outcome:
    """Unblock people.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: names whoever is nobody.
        MetaError: Meta refused altogether, or failed.
    """
    return _change(actor, phone_number_id, users, meta.unblock, is_blocked=False)


def _change(
    actor: Actor,
    phone_number_id: str,
    users: Sequence[str],
    change: Callable[[Graph, PhoneNumberId, Sequence[Person]], Outcome],
    *,
    is_blocked: bool,
) -> Outcome:
    with opened(actor, phone_number_id) as line:
        outcome = change(line.graph, line.phone_number_id, _people(actor, users))
    changed = [name.lstrip("+") for name in outcome.changed]
    with transaction() as tx:
        store.mark(
            tx.session,
            changed,
            organization_id=actor.organization_id,
            blocked_at=clock.now() if is_blocked else None,
        )
        tx.after_commit(live.publish, live.Changed(actor.organization_id))
    return outcome


def _people(actor: Actor, users: Sequence[str]) -> list[Person]:
    if not 1 <= len(users) <= MOST:
        raise InvalidInput(
            "too_many",
            field="users",
            detail=f"users takes 1 to {MOST} people; these are {len(users)}.",
            limit=MOST,
            count=len(users),
        )
    with reading() as session:
        area = people.organization(session, organization_id=actor.organization_id).default_area or None
    return [_person(index, user, area) for index, user in enumerate(users)]


def _person(index: int, user: str, area: str | None) -> Person:
    if _USER_ID.fullmatch(user):
        return BusinessScopedUserId(user)
    read = read_typed(storable.text(user), default_area=area)
    if read.wa_id is None:
        raise InvalidInput(
            "phone",
            field=f"users[{index}]",
            detail=f"users[{index}] is no number of WhatsApp and no user_id.",
        )
    return WaId(read.wa_id)
