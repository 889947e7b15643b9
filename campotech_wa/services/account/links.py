"""Short links with their QR codes: list, make, reword, delete."""

from campotech_wa.domain.access import Actor
from campotech_wa.meta.account import links as meta
from campotech_wa.meta.account.links import Link
from campotech_wa.services.account import refresh, snapshot
from campotech_wa.services.account.line import opened

LONGEST_WORDS = meta.LONGEST_WORDS


def listing(actor: Actor, phone_number_id: str) -> tuple[Link, ...]:
    """Return the links of a number, from Meta.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        return meta.listing(line.graph, line.phone_number_id)


def create(actor: Actor, phone_number_id: str, words: str) -> Link:
    """Make a link that opens a chat with words already typed.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: the words are none, or too many.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        made = meta.create(line.graph, line.phone_number_id, words)
        refresh.part(line, snapshot.LINKS)
        return made


def update(actor: Actor, phone_number_id: str, code: str, words: str) -> Link:
    """Give a link other words; what is printed stays valid.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: the code is none, or the words are none or too many.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        changed = meta.update(line.graph, line.phone_number_id, code, words)
        refresh.part(line, snapshot.LINKS)
        return changed


def delete(actor: Actor, phone_number_id: str, code: str) -> None:
    """Delete a link: what is printed opens nothing any more.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: the code is none.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        meta.delete(line.graph, line.phone_number_id, code)
        refresh.part(line, snapshot.LINKS)
