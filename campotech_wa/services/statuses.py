"""Apply a batch of statuses to their messages, or park them until their messages are known."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import policies, storable
from campotech_wa.domain.callback import CallbackData
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OfChannel, OrganizationId, Wamid
from campotech_wa.domain.message_state import REACHED_THE_CUSTOMER, MessageState, advance, parse_reported
from campotech_wa.domain.panic import Notice
from campotech_wa.domain.sms_state import SmsReason
from campotech_wa.meta.inbound import StatusReport
from campotech_wa.services import identity, panic, sms
from campotech_wa.signals import jobs
from campotech_wa.store import events, messages, outbox, outbox_lines, reports
from campotech_wa.store.reports import Judged, Line, Request, Standing
from campotech_wa.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Told:
    """A status that moves something, and the request it is about once that is known."""

    report: StatusReport
    state: MessageState
    callback: CallbackData | None
    request: Request | None = None


@dataclass(slots=True)
class Applied:
    """What statuses have changed, for whatever follows from it at the end of the transaction."""

    touched: set[ConversationId] = field(default_factory=set[ConversationId])
    accepted: dict[MessageId, ConversationId] = field(default_factory=dict[MessageId, ConversationId])
    """Messages of which Meta has a request by now: none of them is to be sent any more."""
    notices: list[Notice] = field(default_factory=list[Notice])
    failed: set[MessageId] = field(default_factory=set[MessageId])
    reached: set[MessageId] = field(default_factory=set[MessageId])
    """Messages that a device has shown by now."""

    def add(self, other: "Applied") -> None:
        """Take in what another batch has changed."""
        self.touched |= other.touched
        self.accepted |= other.accepted
        self.notices += other.notices
        self.failed |= other.failed
        self.reached |= other.reached


def follow_up(
    tx: Transaction, applied: Applied, *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    """Take out of the outbox what Meta has, and look at what the statuses say of the channel.

    The last thing to do in a transaction: see ``store.outbox_lines``.
    """
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    _go_round(tx.session, applied, organization_id)
    if applied.accepted:
        _take_out(tx, applied.accepted.keys(), **whose)
    panic.noticed(tx, applied.notices, **whose)


def _take_out(
    tx: Transaction,
    accepted: Collection[MessageId],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> None:
    """Send these no more; whoever waited behind them comes forward."""
    freed = outbox.drop(tx.session, accepted, organization_id=organization_id)
    if freed:
        outbox_lines.settle(tx.session, freed)
        tx.after_commit(jobs.wake_drain, channel_id)


def _go_round(session: Session, applied: Applied, organization_id: OrganizationId) -> None:
    """Have by SMS what WhatsApp could not deliver, and nothing that it has delivered after all."""
    for message in messages.every(session, applied.failed - applied.reached, organization_id=organization_id):
        sms.consider(session, message, reason=SmsReason.UNDELIVERABLE, code=message.error_code)
    if applied.reached:
        sms.cancel_for_delivered(session, applied.reached, organization_id=organization_id, at=clock.now())


def apply_all(
    session: Session,
    told: Iterable[StatusReport],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> Applied:
    """Move the messages that statuses are about, in order; the caller sees to what follows from it."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    placed = _placed(session, [one for report in told if (one := _read(report))], **whose)
    _learn(session, placed, **whose)
    standings = reports.lock(
        session, {one.request.message_id for one in placed if one.request}, organization_id=organization_id
    )
    batch = _Batch(standings)
    for one in placed:
        batch.apply(one)
    reports.confirm(session, batch.confirmed, organization_id=organization_id, now=clock.now())
    reports.write(session, batch.changed.values(), batch.lines, organization_id=organization_id)
    reports.fill_in(session, batch.repeated, organization_id=organization_id)
    reports.judge(session, batch.judged, organization_id=organization_id)
    return batch.applied


def _read(report: StatusReport) -> _Told | None:
    state = parse_reported(report.status)
    if state is None:
        return None
    named = replace(report, wamid=Wamid(storable.text(report.wamid)))
    return _Told(named, state, CallbackData.parse(report.callback_data))


def _placed(
    session: Session, told: Sequence[_Told], *, organization_id: OrganizationId, channel_id: ChannelId
) -> list[_Told]:
    """Find the request of each status by our own id, else by its wamid; park what is nobody's yet."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    asked = {(one.callback.message_id, one.callback.attempt) for one in told if one.callback}
    ours = reports.by_number(session, asked, **whose)
    named = [replace(one, request=_by_callback(one, ours)) for one in told]
    strange = {one.report.wamid for one in named if one.request is None}
    # The answer that brings such a wamid may be about to be recorded: one of the two waits for the other.
    events.lock_wamids(session, channel_id, strange)
    by_wamid = reports.by_wamid(session, strange, **whose)
    placed = [replace(one, request=one.request or by_wamid.get(one.report.wamid)) for one in named]
    for one in placed:
        if one.request is None:
            events.park(session, one.report.wamid, storable.tree(one.report.raw), **whose)
    return [one for one in placed if one.request]


def _by_callback(one: _Told, ours: dict[tuple[MessageId, int], Request]) -> Request | None:
    return ours.get((one.callback.message_id, one.callback.attempt)) if one.callback else None


def _learn(
    session: Session, placed: Collection[_Told], *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    """Take in the business-scoped ids that statuses bring with the number (webhooks.md section 5)."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    people = {one.report.recipient for one in placed}
    both = {person for person in people if person.wa_id and person.user_id}
    known = identity.known(session, both, **whose) if both else {}
    for person in both - known.keys():
        identity.recognise(session, person, **whose)


class _Batch:
    """What a batch changes, gathered in memory and written at its end."""

    def __init__(self, standings: dict[MessageId, Standing]) -> None:
        self._standings = standings
        self.changed: dict[MessageId, Standing] = {}
        self.lines: list[Line] = []
        self.confirmed: list[Request] = []
        self.repeated: list[Line] = []
        """Reports of states that were known already, perhaps from Meta's answer, which says less."""
        self.judged: list[Judged] = []
        self.applied = Applied()

    def apply(self, one: _Told) -> None:
        """Apply one status to its message."""
        standing = self._standings.get(one.request.message_id) if one.request else None
        if standing is None or one.request is None:
            return
        if not _is_current(standing, one.request) and one.state not in REACHED_THE_CUSTOMER:
            # An earlier try's "failed" or "sent" says nothing of the one under way.
            return
        self._confirm(standing, one.request, one.report)
        self._move(standing, one)

    def _confirm(self, standing: Standing, request: Request, report: StatusReport) -> None:
        """Keep the wamid and send no more: a status proves that the request was accepted."""
        if request.number == 0:
            return
        if request.wamid is None:
            request.wamid = standing.wamid = report.wamid
            self.changed[standing.id] = standing
        self.confirmed.append(request)
        self.applied.accepted[standing.id] = standing.conversation_id
        standing.is_untried = False

    def _move(self, standing: Standing, one: _Told) -> None:
        reached = advance(standing.state, one.state)
        if one.state not in standing.known or reached is not standing.state:
            self.lines.append(_line(standing, one))
            standing.known.add(one.state)
        else:
            self.repeated.append(_line(standing, one))
        if reached is MessageState.FAILED and standing.state is not MessageState.FAILED:
            standing.blame(one.report.error_code, one.report.error_detail)
            self._judge(standing, one)
        elif reached is not MessageState.FAILED:
            standing.error_code, standing.error_detail = None, ""
        if reached is not standing.state:
            standing.state = reached
            self.changed[standing.id] = standing
            self.applied.touched.add(standing.conversation_id)
            if reached in REACHED_THE_CUSTOMER:
                self.applied.reached.add(standing.id)

    def _judge(self, standing: Standing, one: _Told) -> None:
        """Count a request that Meta took and then could not deliver as what it turned out to be.

        The message has ended, whatever the code: `failed` is final for what Meta once took (webhooks.md 4.2), and a
        device may show it all the same. Also a limit's code, which as an answer only delays (errors.md 2, T), and
        which is not among those that come this way (errors.md 1): to send it again by ourselves might repeat it, so
        a person decides. The channel still hears of it.
        """
        code = one.report.error_code
        verdict = policies.of_code(code).verdict
        self.applied.failed.add(standing.id)
        self.applied.notices.append(Notice(verdict, code, one.report.at or clock.now()))
        if one.request and one.request.number:
            self.judged.append(Judged(standing.id, one.request.number, verdict, code))


def _is_current(standing: Standing, request: Request) -> bool:
    """Tell whether no other request followed or is about to: a person may have asked for a new one."""
    return not standing.is_untried and request.number == standing.last_attempt


def _line(standing: Standing, one: _Told) -> Line:
    report: dict[str, Any] = storable.tree(one.report.raw)
    return Line(standing.id, one.state, one.report.at or clock.now(), one.report.error_code, report)
