"""What of a channel stands still, for whoever is about to claim from its outbox."""

from sqlalchemy.orm import Session

from campotech_wa.domain import panic
from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.store import panics


def allowance(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> panic.Allowance:
    """Return how many messages of each lane may be claimed now; of a probe, others may be claiming too."""
    return panic.allowance(panics.standing(session, channel_id, organization_id=organization_id))


def share(
    session: Session, seen: panic.Allowance, channel_id: ChannelId, *, organization_id: OrganizationId
) -> panic.Allowance:
    """Return what this transaction may claim of an allowance that it has seen.

    Those who claim for a probe wait for each other: each is to see what the others have spent of its budget. Not
    before the lines of the outbox are settled: whoever records outcomes has settled them, and then changes the panic.
    """
    if not seen.is_probe:
        return seen
    panics.lock_probe(session, channel_id, organization_id=organization_id)
    return allowance(session, channel_id, organization_id=organization_id)
