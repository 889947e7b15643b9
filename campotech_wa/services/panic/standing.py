"""What of a channel stands still, for whoever is about to claim from its outbox."""

from sqlalchemy.orm import Session

from campotech_wa.domain import panic
from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.domain.panic import Phase
from campotech_wa.store import panics


def allowance(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> panic.Allowance:
    """Return how many messages of each lane may be claimed by this transaction.

    Those who claim for a probe wait for each other: each is to see what the others have spent of its budget.
    """
    standing = panics.standing(session, channel_id, organization_id=organization_id)
    if standing.phase is Phase.PROBING:
        panics.lock_probe(session, channel_id, organization_id=organization_id)
        standing = panics.standing(session, channel_id, organization_id=organization_id)
    return panic.allowance(standing)
