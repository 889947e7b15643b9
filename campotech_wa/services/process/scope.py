"""Whose events are being processed, and what is to be announced once they are stored."""

from dataclasses import dataclass, field

from campotech_wa.domain.ids import ChannelId, ConversationId, OfChannel, OrganizationId
from campotech_wa.services.statuses import Applied
from campotech_wa.signals import jobs, live
from campotech_wa.store.transaction import Transaction

_MANY = 20
"""Conversations; beyond that one announcement for the whole list is cheaper than one for each."""


@dataclass(slots=True)
class Scope:
    """One batch of one channel."""

    organization_id: OrganizationId
    channel_id: ChannelId
    touched: set[ConversationId] = field(default_factory=set[ConversationId])
    heard: set[ConversationId] = field(default_factory=set[ConversationId])
    """Where a customer has just opened the window."""
    applied: Applied = field(default_factory=Applied)
    """What statuses have changed."""
    news: bool = False
    """Something changed that belongs to no conversation."""
    files: bool = False
    """There are files to fetch from Meta."""

    @property
    def whose(self) -> OfChannel:
        """The keywords every query of the store takes."""
        return {"organization_id": self.organization_id, "channel_id": self.channel_id}

    def announce(self, tx: Transaction) -> None:
        """Tell the pages and the workers after the commit."""
        self.touched |= self.applied.touched
        if self.news or len(self.touched) > _MANY:
            tx.after_commit(live.publish, live.Changed(self.organization_id))
        else:
            for conversation_id in self.touched:
                tx.after_commit(live.publish, live.Changed(self.organization_id, conversation_id))
        if self.files:
            tx.after_commit(jobs.wake_fetch, self.channel_id)
