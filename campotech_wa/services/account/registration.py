"""Register a number with the Cloud API, take it off, and set its two-step PIN."""

from campotech_wa.domain.access import Actor
from campotech_wa.meta.account import number
from campotech_wa.services.account import refresh, snapshot
from campotech_wa.services.account.line import opened


def register(actor: Actor, phone_number_id: str, pin: str) -> None:
    """Register a number; ``pin`` becomes its PIN, or has to be the one that it has.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: a PIN is six digits.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        number.register(line.graph, line.phone_number_id, pin)
        refresh.part(line, snapshot.NUMBER)


def deregister(actor: Actor, phone_number_id: str) -> None:
    """Take a number off the Cloud API: it sends and receives no more.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        number.deregister(line.graph, line.phone_number_id)
        refresh.part(line, snapshot.NUMBER)


def set_pin(actor: Actor, phone_number_id: str, pin: str) -> None:
    """Set the two-step PIN.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: a PIN is six digits.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        number.set_pin(line.graph, line.phone_number_id, pin)
        refresh.part(line, snapshot.NUMBER)
