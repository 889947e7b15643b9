"""What a batch of statuses needs to know of its messages, and what it writes about them, in a statement each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from campotech_wa.domain import storable
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.store.recordset import as_rows

_LONGEST_DETAIL = 1000
"""Characters of Meta's words that are kept with a message."""


@dataclass(slots=True)
class Request:
    """A request to Meta that a status is about; number 0 is a message that left the company's own phone."""

    message_id: MessageId
    number: int
    wamid: str | None


@dataclass(slots=True)
class Standing:
    """Where a message stands. Locked, and changed in memory until it is written back."""

    id: MessageId
    conversation_id: ConversationId
    state: MessageState
    wamid: str | None
    error_code: int | None
    error_detail: str
    last_attempt: int = 0
    is_untried: bool = False
    """It waits for its first request since a person last asked for it."""
    known: set[str] = field(default_factory=set[str])
    """Every state it has been in."""

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet that Meta has accepted it."""
        return self.state in (MessageState.QUEUED, MessageState.SENDING, MessageState.UNCONFIRMED)

    def blame(self, code: int | None, detail: str) -> None:
        """Keep why the message has failed."""
        self.error_code, self.error_detail = code, storable.text(detail)[:_LONGEST_DETAIL]


@dataclass(frozen=True, slots=True)
class Line:
    """A line for a message's history."""

    message_id: MessageId
    state: str
    at: datetime
    error_code: int | None
    report: dict[str, Any]
    source: str = "webhook"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a request turned out to say of the channel, after Meta had taken it."""

    message_id: MessageId
    number: int
    verdict: str
    error_code: int | None


_BY_NUMBER = text(
    """
    select a.message_id, a.number, a.wamid from wa_send_attempt a
    join unnest(cast(:messages as bigint[]), cast(:numbers as int[])) as asked(message_id, number)
      on asked.message_id = a.message_id and asked.number = a.number
    where a.organization_id = :organization and a.channel_id = :channel
    """
)

_BY_WAMID = text(
    """
    select message_id, number, wamid from wa_send_attempt
    where organization_id = :organization and channel_id = :channel and wamid = any(:wamids)
    union all
    select id, 0, wamid from wa_message
    where organization_id = :organization and channel_id = :channel and wamid = any(:wamids)
      and origin in ('phone', 'history') and direction = 'outbound'
    """
)

_LOCK = text(
    """
    select id, conversation_id, state, wamid, error_code, error_detail from wa_message
    where organization_id = :organization and id = any(:messages)
    order by id for no key update
    """
)

_FACTS = text(
    """
    select m.id, last.number,
           exists (select from wa_outbound_queue o where o.message_id = m.id and o.asked_after >= last.number),
           array(select s.state from wa_message_state s where s.message_id = m.id)
    from wa_message m
    cross join lateral (
        select coalesce(max(a.number), 0) as number from wa_send_attempt a where a.message_id = m.id) as last
    where m.organization_id = :organization and m.id = any(:messages)
    """
)

_WRITE = text(
    """
    update wa_message set state = new.state, wamid = new.wamid, error_code = new.error_code,
                          error_detail = new.error_detail
    from jsonb_to_recordset(cast(:rows as jsonb)) as new(
        id bigint, state text, wamid text, error_code int, error_detail text)
    where wa_message.id = new.id and wa_message.organization_id = :organization
    """
)

_ADD_LINES = text(
    """
    insert into wa_message_state (organization_id, message_id, state, at, source, error_code, report)
    select :organization, message_id, state, at, source, error_code, report
    from jsonb_to_recordset(cast(:rows as jsonb)) as new(
        message_id bigint, state text, at timestamptz, source text, error_code int, report jsonb)
    """
)

_CONFIRM = text(
    """
    update wa_send_attempt
    set outcome = 'accepted', verdict = 'success', finished_at = coalesce(finished_at, :now), wamid = new.wamid
    from jsonb_to_recordset(cast(:rows as jsonb)) as new(message_id bigint, number int, wamid text)
    where wa_send_attempt.message_id = new.message_id and wa_send_attempt.number = new.number
      and wa_send_attempt.organization_id = :organization and wa_send_attempt.wamid is null
    """
)


_JUDGE = text(
    """
    update wa_send_attempt set verdict = new.verdict, error_code = new.error_code
    from jsonb_to_recordset(cast(:rows as jsonb)) as new(
        message_id bigint, number int, verdict text, error_code int)
    where wa_send_attempt.message_id = new.message_id and wa_send_attempt.number = new.number
      and wa_send_attempt.organization_id = :organization
    """
)


_FILL_IN = text(
    """
    update wa_message_state line set report = new.report
    from jsonb_to_recordset(cast(:rows as jsonb)) as new(message_id bigint, state text, report jsonb)
    where line.message_id = new.message_id and line.state = new.state and line.source = 'answer'
      and line.organization_id = :organization and line.report = '{}'
    """
)


def by_number(
    session: Session,
    asked: Collection[tuple[MessageId, int]],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> dict[tuple[MessageId, int], Request]:
    """Find requests by our own ids, which work before their answers are stored."""
    if not asked:
        return {}
    messages, numbers = zip(*asked, strict=True)
    whose = {"organization": organization_id, "channel": channel_id}
    found = session.execute(_BY_NUMBER, {**whose, "messages": list(messages), "numbers": list(numbers)})
    return {(request.message_id, request.number): request for request in _requests(found)}


def by_wamid(
    session: Session, wamids: Collection[str], *, organization_id: OrganizationId, channel_id: ChannelId
) -> dict[str, Request]:
    """Find requests by the wamid that Meta answered, and messages that left the company's own phone."""
    if not wamids:
        return {}
    whose = {"organization": organization_id, "channel": channel_id}
    found = session.execute(_BY_WAMID, {**whose, "wamids": list(wamids)})
    return {request.wamid or "": request for request in _requests(found)}


def lock(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> dict[MessageId, Standing]:
    """Return where messages stand and keep others from changing them until the transaction ends."""
    whose = {"organization": organization_id, "messages": list(message_ids)}
    standings = {
        MessageId(row.id): Standing(
            MessageId(row.id),
            ConversationId(row.conversation_id),
            MessageState(row.state),
            row.wamid,
            row.error_code,
            row.error_detail,
        )
        for row in session.execute(_LOCK, whose)
    }
    # Asked after the lock is held: what its holder before us wrote is to be seen.
    for message_id, last_attempt, is_untried, known in session.execute(_FACTS, whose):
        standing = standings[MessageId(message_id)]
        standing.last_attempt, standing.is_untried, standing.known = last_attempt, is_untried, set(known)
    return standings


def write(
    session: Session,
    standings: Collection[Standing],
    lines: Collection[Line],
    *,
    organization_id: OrganizationId,
) -> None:
    """Write back where messages stand now, and the lines of their histories."""
    if standings:
        rows = as_rows(
            {
                "id": standing.id,
                "state": standing.state,
                "wamid": standing.wamid,
                "error_code": standing.error_code,
                "error_detail": standing.error_detail,
            }
            for standing in standings
        )
        session.execute(_WRITE, {"organization": organization_id, "rows": rows})
    if lines:
        session.execute(_ADD_LINES, {"organization": organization_id, "rows": as_rows(lines)})


def confirm(
    session: Session, requests: Collection[Request], *, organization_id: OrganizationId, now: datetime
) -> None:
    """Note that requests were accepted."""
    if requests:
        named = {"organization": organization_id, "now": now, "rows": as_rows(requests)}
        session.execute(_CONFIRM, named)


def fill_in(session: Session, lines: Collection[Line], *, organization_id: OrganizationId) -> None:
    """Keep what statuses say, such as the price, with lines that Meta's answer had made before they came."""
    if lines:
        session.execute(_FILL_IN, {"organization": organization_id, "rows": as_rows(lines)})


def judge(session: Session, judged: Collection[Judged], *, organization_id: OrganizationId) -> None:
    """Count requests as what they turned out to be."""
    if judged:
        session.execute(_JUDGE, {"organization": organization_id, "rows": as_rows(judged)})


def _requests(rows: Iterable[Any]) -> Iterable[Request]:
    return (Request(MessageId(message_id), number, wamid) for message_id, number, wamid in rows)
