"""A channel's circuit breaker under test: attempts that ended one way or another, and what became of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.domain.panic import Allowance, Notice
from campotech_wa.domain.verdict import Verdict
from campotech_wa.services import panic
from campotech_wa.store.transaction import reading, transaction
from tests.integration.desk import change, hear, one, rows

ORGANIZATION, CHANNEL = OrganizationId(1), ChannelId(1)
_numbers = count(1)


def conversation() -> int:
    """Return the conversation of the only customer, who writes if they have not."""
    known = rows("select id from conversation where channel_id = 1 order by id limit 1")
    return int(known[0]["id"]) if known else hear()


def message(kind: str = "template") -> int:
    """Write a message of ours, which is sent by nobody."""
    change(
        """insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content,
               envelope, state, error_detail, priority, sent_at)
           values (1, 1, :conversation, 'outbound', 'desk', :kind, '{}', '{}', 'queued', '', 1, now())""",
        conversation=conversation(),
        kind=kind,
    )
    return int(one("select max(id) from wa_message"))


def attempt(
    verdict: Verdict, code: int | None = None, *, kind: str = "template", seconds_ago: float = 0
) -> Notice:
    """Let a request for a message have been made, and return what became of it."""
    at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    change(
        """insert into wa_send_attempt (organization_id, channel_id, message_id, number, started_at, finished_at,
               outcome, verdict, error_code)
           values (1, 1, :message, :number, :at, :at, :outcome, :verdict, :code)""",
        message=message(kind),
        number=next(_numbers),
        at=at,
        outcome="accepted" if verdict is Verdict.SUCCESS else "refused",
        verdict=verdict,
        code=code,
    )
    return Notice(verdict, code, at)


def attempts(verdict: Verdict, times: int, code: int | None = None, **more: Any) -> list[Notice]:
    """Let several requests end alike."""
    return [attempt(verdict, code, **more) for _ in range(times)]


def notice(*notices: Notice) -> None:
    """Have outcomes looked at, as the engine does in the transaction that records them."""
    with transaction() as tx:
        panic.noticed(tx, notices, organization_id=ORGANIZATION, channel_id=CHANNEL)


def allowed() -> Allowance:
    """Return what may be claimed now."""
    with reading() as session:
        return panic.allowance(session, CHANNEL, organization_id=ORGANIZATION)


def panics() -> Sequence[dict[str, Any]]:
    """Return every panic there was, oldest first."""
    return rows("select * from wa_panic order by id")


def let_pass(**time: float) -> None:
    """Let everything have happened earlier by so much."""
    shift = timedelta(**time)
    change(
        """update wa_panic set triggered_at = triggered_at - :shift, auto_resolve_at = auto_resolve_at - :shift,
               probe_from = probe_from - :shift, resolved_at = resolved_at - :shift""",
        shift=shift,
    )
    change(
        "update wa_send_attempt set started_at = started_at - :shift, finished_at = finished_at - :shift",
        shift=shift,
    )


def flow(*, paused: str = "", panic_minutes: int = 60, thresholds: str = "{}") -> None:
    """Let a person have set how the channel sends."""
    change(
        """insert into channel_flow
               (organization_id, channel_id, factor, throttles, paused, panic_minutes, thresholds)
           values (1, 1, 1, 0, :paused, :minutes, cast(:thresholds as jsonb))""",
        paused=paused,
        minutes=panic_minutes,
        thresholds=thresholds,
    )
