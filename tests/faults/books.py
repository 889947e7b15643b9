"""What the database of a running demo says of one organization: what waits, what failed, where a person is needed."""

from datetime import timedelta
from typing import Any

import psycopg

from campotech_wa.supervision import postgres
from tests.e2e.house import House

_PACE = "update organization set sends_per_minute = %s where id = %s"
_WAITING = "select count(*) from wa_outbound_queue where organization_id = %s"
_UNSETTLED = """
    select id, state, error_code from wa_message
    where organization_id = %s and direction = 'outbound' and state not in ('delivered', 'read', 'played')
"""
_PANICS = "select reason, error_code, numbers from wa_panic where organization_id = %s"
_DEAD = "select id, error from webhook_event where organization_id = %s and dead_at is not null"
_SILENCES = """
    select earlier.outcome, later.started_at - earlier.started_at
    from wa_send_attempt as earlier join wa_send_attempt as later using (message_id)
    where message_id = %s and later.number = earlier.number + 1 and earlier.outcome = any(%s)
    order by earlier.number
"""
_MAY_HAVE_ARRIVED = ["accepted", "unconfirmed"]


class Books:
    """Each look is a connection of its own: PostgreSQL may have died since the last one."""

    def __init__(self, house: House, organization_id: int) -> None:
        self._url = postgres.url(house.data_dir).replace("+psycopg", "")
        self._organization_id = organization_id

    def set_pace(self, sends_per_minute: int) -> None:
        """Let the organization send faster, or slower again."""
        with psycopg.connect(self._url) as connection:
            connection.execute(_PACE, (sends_per_minute, self._organization_id))

    def waiting(self) -> int:
        """Count what is in the outbox."""
        return int(self._all(_WAITING)[0][0])

    def unsettled(self) -> list[tuple[Any, ...]]:
        """List messages that no device has."""
        return self._all(_UNSETTLED)

    def panics(self) -> list[tuple[Any, ...]]:
        """List every panic there was."""
        return self._all(_PANICS)

    def dead_letters(self) -> list[tuple[Any, ...]]:
        """List webhooks that nobody could make sense of."""
        return self._all(_DEAD)

    def silences(self, message_id: int) -> list[tuple[str, timedelta]]:
        """Return how long each request that may have arrived was waited for before it was made again."""
        with psycopg.connect(self._url) as connection:
            found = connection.execute(_SILENCES, (message_id, _MAY_HAVE_ARRIVED)).fetchall()
        return [(str(outcome), silence) for outcome, silence in found]

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._url) as connection:
            return connection.execute(query.encode(), (self._organization_id,)).fetchall()
