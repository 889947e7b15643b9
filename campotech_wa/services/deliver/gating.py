"""Look once more, at the moment of sending, whether a message may still leave; hold back what would only be burnt."""

from collections.abc import Sequence
from datetime import datetime

from campotech_wa.domain.ids import ChannelId, OfChannel, OrganizationId
from campotech_wa.services import gate
from campotech_wa.signals import live
from campotech_wa.store import claims, outbox_lines
from campotech_wa.store.claims import Head
from campotech_wa.store.transaction import Transaction


def pass_on(
    tx: Transaction,
    heads: Sequence[Head],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    sender: gate.Sender,
) -> list[Head]:
    """Return the heads that may leave; the others are held, and those behind them come forward."""
    if not heads:
        return []
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    stopped = gate.check(tx.session, heads, now=now, sender=sender, **whose)
    if stopped:
        held = [head for head in heads if head.message_id in stopped]
        reasons = [(head.message_id, stopped[head.message_id].reason) for head in held]
        claims.hold(tx.session, reasons, organization_id=organization_id)
        outbox_lines.settle(tx.session, [head.conversation_id for head in held])
        for head in held:
            tx.after_commit(live.publish, live.Changed(organization_id, head.conversation_id))
    return [head for head in heads if head.message_id not in stopped]
