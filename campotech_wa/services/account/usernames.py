"""The username of a number: read, claim, give up."""

from campotech_wa.domain.access import Actor
from campotech_wa.meta.account import usernames as meta
from campotech_wa.meta.account.usernames import Transfer, Username
from campotech_wa.services.account.line import opened


def read(actor: Actor, phone_number_id: str) -> Username:
    """Return the name.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        return meta.read(line.graph, line.phone_number_id)


def claim(actor: Actor, phone_number_id: str, username: str, *, transfer: Transfer = "none") -> Username:
    """Claim a name, and return what came of it.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused (147001 to 147005) or failed.
    """
    with opened(actor, phone_number_id) as line:
        meta.claim(line.graph, line.phone_number_id, username, transfer=transfer)
        return meta.read(line.graph, line.phone_number_id)


def release(actor: Actor, phone_number_id: str) -> None:
    """Give the name up.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        meta.release(line.graph, line.phone_number_id)
