"""What a batch changes of its messages: gathered in memory, written in a statement of each kind at the end."""

from collections.abc import Collection
from datetime import datetime

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId, MessageId, OfChannel, OfOrganization, OrganizationId, Wamid
from campotech_wa.domain.message_state import Event, step
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.domain.panic import Notice
from campotech_wa.domain.sms_state import SmsReason
from campotech_wa.services import panic, sms
from campotech_wa.signals import live
from campotech_wa.store import attempts, claims, messages, outbox, outbox_lines, reports
from campotech_wa.store.attempts import Closed
from campotech_wa.store.reports import Line, Standing
from campotech_wa.store.transaction import Transaction


class Ledger:
    """The changes of one batch of one channel; every message is locked from the beginning."""

    def __init__(
        self,
        tx: Transaction,
        message_ids: Collection[MessageId],
        *,
        organization_id: OrganizationId,
        channel_id: ChannelId,
    ) -> None:
        self.now = clock.now()
        self.notices: list[Notice] = []
        self._tx = tx
        self._own: OfOrganization = {"organization_id": organization_id}
        self._whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
        self._standings = reports.lock(tx.session, message_ids, **self._own)
        self._lines: list[Line] = []
        self._closed: list[Closed] = []
        self._gone: list[MessageId] = []
        self._expired: set[MessageId] = set()
        self._accepted: set[MessageId] = set()
        self._waiting: list[tuple[MessageId, OutboxState, datetime, bool]] = []

    def standing(self, message_id: MessageId) -> Standing | None:
        """Return where a message stands; None when it is gone."""
        return self._standings.get(message_id)

    def move(self, standing: Standing, event: Event, *, source: str, code: int | None = None) -> bool:
        """Let something happen to a message; tells whether that changed its state."""
        reached = step(standing.state, event)
        if reached is standing.state:
            return False
        self._lines.append(Line(standing.id, reached, self.now, code, {}, source))
        standing.state = reached
        return True

    def fail(
        self,
        standing: Standing,
        *,
        code: int | None,
        detail: str,
        event: Event = Event.REFUSED,
        has_expired: bool = False,
    ) -> None:
        """End a message, and take it out of the outbox."""
        if self.move(standing, event, source="answer" if event is Event.REFUSED else "engine", code=code):
            standing.blame(code, detail)
            self._expired |= {standing.id} if has_expired else set()
        self.drop(standing)

    def accept(self, standing: Standing, wamid: Wamid, *, is_template: bool) -> None:
        """Keep the wamid, and send no more."""
        standing.wamid = wamid
        self.move(standing, Event.ACCEPTED, source="answer")
        self.drop(standing)
        self._accepted |= {standing.id} if is_template else set()

    def drop(self, standing: Standing) -> None:
        """Take a message out of the outbox."""
        self._gone.append(standing.id)

    def wait(self, standing: Standing, state: OutboxState, until: datetime, *, counts: bool = True) -> None:
        """Let a message wait in the outbox."""
        self._waiting.append((standing.id, state, until, counts))

    def close(self, closed: Closed) -> None:
        """Note what became of a request."""
        self._closed.append(closed)
        self.notices.append(Notice(closed.verdict, closed.error_code, self.now))

    def write(self) -> None:
        """Write everything; the lines come last, since their lock is the last one that anybody takes."""
        session = self._tx.session
        attempts.close(session, self._closed, now=self.now, **self._own)
        reports.write(session, self._standings.values(), self._lines, **self._own)
        if self._waiting:
            claims.postpone(session, self._waiting, **self._own)
        if self._gone:
            outbox.drop(session, self._gone, **self._own)
        for conversation_id in {standing.conversation_id for standing in self._standings.values()}:
            self._tx.after_commit(live.publish, live.Changed(self._own["organization_id"], conversation_id))

    def go_round(self) -> None:
        """Have by SMS what came too late, and, unless it is delivered in time, what Meta has just accepted."""
        session = self._tx.session
        for message in messages.every(session, self._expired, **self._own):
            sms.consider(session, message, reason=SmsReason.EXPIRED, code=message.error_code)
        sms.expect(session, self._accepted, **self._own)

    def close_the_lines(self) -> None:
        """Let whoever waited behind come forward, and look at what all of it says of the channel."""
        outbox_lines.settle(self._tx.session, (each.conversation_id for each in self._standings.values()))
        panic.noticed(self._tx, self.notices, **self._whose)
