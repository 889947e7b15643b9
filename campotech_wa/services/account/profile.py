"""Read and write the business profile of a number."""

from collections.abc import Mapping

from campotech_wa.domain.access import Actor
from campotech_wa.meta.account import profile as meta
from campotech_wa.meta.account.profile import Profile
from campotech_wa.services.account import refresh, snapshot
from campotech_wa.services.account.line import opened

LONGEST, VERTICALS = meta.LONGEST, meta.VERTICALS
LONGEST_WEBSITE = meta.LONGEST_WEBSITE


def read(actor: Actor, phone_number_id: str) -> Profile:
    """Return the profile, from Meta.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        return meta.read(line.graph, line.phone_number_id)


def write(actor: Actor, phone_number_id: str, changes: Mapping[str, object]) -> None:
    """Change what ``changes`` names, and leave the rest.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: names the field and its limit.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        meta.write(line.graph, line.phone_number_id, changes)
        refresh.part(line, snapshot.PROFILE)
