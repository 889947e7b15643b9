"""Rows of the outbox as the engine would leave them, and what the queue page says of them."""

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.queue_views import ChannelQueue, QueuedMessage
from campotech_wa.services import queue
from tests.integration.desk import change, hear, say


def card(actor: Actor) -> ChannelQueue:
    return queue.picture(actor).channels[0]


def waits(actor: Actor, body: str = "Ya salimos") -> MessageId:
    return say(actor, hear(), body)


def becomes(message_id: MessageId, **values: object) -> None:
    """Have a row of the outbox be as the engine would leave it."""
    given = ", ".join(f"{name} = :{name}" for name in values)
    change(f"update wa_outbound_queue set {given} where message_id = :id", id=message_id, **values)  # noqa: S608


def fails(message_id: MessageId, code: int = 131026) -> None:
    change("delete from wa_outbound_queue where message_id = :id", id=message_id)
    change(
        "update wa_message set state = 'failed', error_code = :code where id = :id", id=message_id, code=code
    )
    change(
        "insert into wa_message_state (organization_id, message_id, state, at, source, report) "
        "values (1, :id, 'failed', now(), 'answer', '{}')",
        id=message_id,
    )


def sends(count: int, *, ago: float, verdict: str = "success") -> None:
    change(
        "insert into wa_send_attempt (organization_id, channel_id, message_id, number, started_at, outcome, verdict) "
        "select 1, 1, (select min(id) from wa_message), "
        "(select coalesce(max(number), 0) from wa_send_attempt) + n, now() - make_interval(secs => :ago), "
        "'accepted', :verdict from generate_series(1, :count) n",
        ago=ago,
        verdict=verdict,
        count=count,
    )


def listed(actor: Actor, shown: str) -> list[QueuedMessage]:
    return list(queue.page(actor, shown).messages)
