"""What of a channel stands still, for whoever is about to claim from its outbox."""

from sqlalchemy.orm import Session

from campotech_wa.domain import panic
from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.store import panics


def allowance(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> panic.Allowance:
    """Return how many messages of each lane may be claimed; only the holder of the channel's lock may rely on it."""
    return panic.allowance(panics.standing(session, channel_id, organization_id=organization_id))
