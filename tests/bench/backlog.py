"""Fill an outbox by SQL, as if products had asked for everything: organizations, numbers, customers, messages."""

import json
from dataclasses import dataclass

import psycopg

from campotech_wa.demo import ORGANIZATIONS, simulator_config
from tests.bench.stage import Stage

FIRST_NUMBER = 300_000_000_000_000
"""The phone_number_id of the first number; that of the demo's are smaller."""

TOKEN = ORGANIZATIONS[0].channel["access_token"]

_TABLES = "organization, channel, customer, conversation, wa_message, wa_outbound_queue, wa_send_attempt"


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and how fast it may leave."""

    organizations: int
    customers: int
    """Of each organization."""
    messages: int
    """To each customer."""
    sends_per_minute: int
    throughput: str = "HIGH"
    """Of each number, in Meta's words: 1,000 messages a second, so that nothing but our own pace binds."""

    @property
    def numbers(self) -> list[str]:
        """The phone_number_id of every organization's number."""
        return [str(FIRST_NUMBER + turn) for turn in range(1, self.organizations + 1)]

    @property
    def size(self) -> int:
        """How many messages wait in all."""
        return self.organizations * self.customers * self.messages

    def configuration(self) -> str:
        """Return what the simulator has to know of the numbers, as JSON; nothing listens at their webhooks."""
        channel = simulator_config("http://127.0.0.1:1")["channels"][0]
        channels = [channel | {"phone_number_id": number} for number in self.numbers]
        return json.dumps({"channels": channels})

    def add(self, stage: Stage) -> list[int]:
        """Put it into the database; returns the channels."""
        with psycopg.connect(stage.database) as connection:
            for statement in (_ORGANIZATIONS, _CHANNELS, _CUSTOMERS, _CONVERSATIONS, _MESSAGES, _ENTRIES):
                connection.execute(statement, self._values())
        with psycopg.connect(stage.database, autocommit=True) as connection:
            connection.execute(f"vacuum analyze {_TABLES}".encode())
            found = connection.execute("select id from channel where id > 2 order by id").fetchall()
        with psycopg.connect(stage.servers.admin_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("checkpoint")
        return [int(row[0]) for row in found]

    def _values(self) -> dict[str, object]:
        number = {"number": {"throughput": {"level": self.throughput}}}
        return {
            "organizations": self.organizations,
            "customers": self.customers,
            "messages": self.messages,
            "pace": self.sends_per_minute,
            "first": FIRST_NUMBER,
            "info": json.dumps(number),
        }


def clear(stage: Stage) -> None:
    """Take every organization but the demo's out again."""
    with psycopg.connect(stage.database, autocommit=True) as connection:
        connection.execute(
            "truncate wa_outbound_queue, wa_send_attempt, wa_message_state, wa_message, conversation, "
            "customer_link, customer restart identity cascade"
        )
        connection.execute("truncate alert, alert_delivery restart identity")
        connection.execute("delete from channel_flow where channel_id > 2")
        connection.execute("delete from channel where id > 2")
        connection.execute("delete from organization where id > 2")
        connection.execute("select setval('organization_id_seq', 2), setval('channel_id_seq', 2)")


def lengthen(stage: Stage, messages: int) -> None:
    """Let much more wait for the first customer, whose line is also the first that is due."""
    with psycopg.connect(stage.database, autocommit=True) as connection:
        connection.execute(_LONGER, {"messages": messages})
        connection.execute(_FIRST)
        connection.execute(f"vacuum analyze {_TABLES}".encode())


_ORGANIZATIONS = """
insert into organization (name, timezone, default_area, sends_per_minute)
select 'Empresa ' || turn, 'America/Argentina/Buenos_Aires', '11', %(pace)s
from generate_series(1, %(organizations)s) as turn
"""
_CHANNELS = """
insert into channel (organization_id, name, display_phone_number, phone_number_id, waba_id, webhook_key,
                     verify_token, app_secret, access_token, app_id, info, info_at)
select id, organization.name, display_phone_number, (%(first)s + id - 2)::text, waba_id, (%(first)s + id - 2)::text,
       verify_token, app_secret, access_token, app_id, %(info)s::jsonb, now()
from organization cross join (select * from channel where id = 1) as known(known_id, known_organization)
where organization.id > 2
"""
_CUSTOMERS = """
insert into customer (organization_id, wa_id, match_key, confirmed, profile_name, contact_name, marketing_preference)
select id, '54911' || (10000000 + turn * 10 + 1), '', true, 'Cliente ' || turn, '', ''
from organization cross join generate_series(1, %(customers)s) as turn
where id > 2
"""
_CONVERSATIONS = """
insert into conversation (organization_id, channel_id, customer_id, last_inbound_at, last_preview, last_direction,
                          unread_count)
select customer.organization_id, channel.id, customer.id, now(), '', '', 0
from customer join channel using (organization_id) where channel.id > 2
"""
_MESSAGES = """
insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content, envelope,
                        state, error_detail, sent_at)
select organization_id, channel_id, id, 'outbound', 'desk', 'text',
       jsonb_build_object('body', 'Aviso ' || turn), '{}', 'queued', '', now()
from conversation cross join generate_series(1, %(messages)s) as turn where channel_id > 2 order by turn, id
"""
_ENTRIES = """
insert into wa_outbound_queue (organization_id, channel_id, conversation_id, message_id, lane, priority, state,
                               is_head, attempts, asked_after, enters_at, due_at, hold_reason, queued_at)
select organization_id, channel_id, conversation_id, id, 'reply', 1, 'queued',
       row_number() over (partition by conversation_id order by id) = 1, 0, 0, now(), now(), '', now()
from wa_message where channel_id > 2 order by id
"""
_LONGER = """
with added as (
    insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content, envelope,
                            state, error_detail, sent_at)
    select organization_id, channel_id, id, 'outbound', 'desk', 'text', '{"body": "Aviso"}', '{}', 'queued', '',
           now()
    from conversation cross join generate_series(1, %(messages)s)
    where id = (select min(id) from conversation where channel_id > 2)
    returning id, organization_id, channel_id, conversation_id
)
insert into wa_outbound_queue (organization_id, channel_id, conversation_id, message_id, lane, priority, state,
                               is_head, attempts, asked_after, enters_at, due_at, hold_reason, queued_at)
select organization_id, channel_id, conversation_id, id, 'reply', 1, 'queued', false, 0, 0, now(),
       now() - interval '1 hour', '', now()
from added order by id
"""
_FIRST = """
update wa_outbound_queue set due_at = now() - interval '1 hour'
where conversation_id = (select min(id) from conversation where channel_id > 2)
"""
