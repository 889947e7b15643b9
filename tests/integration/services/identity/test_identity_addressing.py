"""A message goes to the id its customer was last seen under, and Meta's answer teaches which one that is."""

import json
from typing import Any

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.services import compose
from tests.integration.desk import (
    ANA,
    BETO,
    change,
    claimed,
    drain,
    failed,
    graph_answering,
    hear,
    one,
    report,
    rows,
    say,
    state_of,
    text,
)
from tests.integration.services.identity.acquaintance import (
    customers,
    links,
    merged,
    met,
    numbers,
    person,
    spelt,
    undone,
    writes,
)

pytestmark = pytest.mark.usefixtures("desk")

LANDLINE, WITH_15 = "541131234567", "54111531234567"
TEMPLATE = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}
SANDBOX, LIVE = '{"number": {"account_mode": "SANDBOX"}}', '{"number": {"account_mode": "LIVE"}}'


def write_to(actor: Actor, number: str) -> MessageId:
    return compose.message_object(actor, {"to": number, **TEMPLATE}, key=None).composed.message_id


def answered(wa_id: str | None = None, user_id: str | None = None) -> None:
    """Drain the outbox; Meta answers with these ids."""
    contact = {"input": "?", "wa_id": wa_id, "user_id": user_id}
    body = {"contacts": [contact], "messages": [{"id": f"wamid.{wa_id}.{user_id}"}]}
    with graph_answering(200, json.dumps(body)) as url:
        drain(url=url)


def mode(info: str) -> None:
    change("update channel set info = cast(:info as jsonb) where id = 1", info=info)


class TestTheAddress:
    def payload(self) -> dict[str, Any]:
        [parcel] = claimed()
        return parcel.payload()

    def test_is_the_number_with_a_plus(self, agent: Actor) -> None:
        say(agent, hear(text(sender=ANA, from_user_id="AR.1")))

        payload = self.payload()

        assert (payload["to"], payload.get("recipient")) == (f"+{ANA}", None)

    def test_is_the_user_id_of_who_has_no_number(self, agent: Actor) -> None:
        say(agent, hear(text(sender=None, from_user_id="AR.1")))

        payload = self.payload()

        assert (payload.get("to"), payload["recipient"]) == (None, "AR.1")

    @pytest.mark.parametrize(("first", "last"), [(ANA, BETO), (BETO, ANA)])
    def test_of_a_merged_customer_is_the_number_they_wrote_from_last(
        self, agent: Actor, first: str, last: str
    ) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        merged(ana, beto)
        hear(text(sender=first))

        say(agent, hear(text(sender=last)))

        assert self.payload()["to"] == f"+{last}"

    def test_of_a_merged_customer_whose_last_sign_had_no_number_is_their_user_id(self, agent: Actor) -> None:
        ana, hidden = met(person(ANA)), met(person(None, "AR.1"))
        merged(ana, hidden)

        say(agent, hear(text(sender=None, from_user_id="AR.1")))

        assert self.payload()["recipient"] == "AR.1"

    def test_after_a_new_number_is_the_new_one(self, agent: Actor) -> None:
        hear(text(sender=ANA, from_user_id="AR.1"))
        say(agent, hear(text(sender=BETO, from_user_id="AR.1")))

        assert self.payload()["to"] == f"+{BETO}"


class TestLearning:
    def test_the_answer_confirms_what_was_typed(self, agent: Actor) -> None:
        write_to(agent, "11 3123 4567")

        answered(ANA)

        assert [(row["wa_id"], row["confirmed"]) for row in customers()] == [(ANA, True)]
        assert met(person(LANDLINE)) != 1

    def test_the_answer_corrects_what_was_typed(self, agent: Actor) -> None:
        write_to(agent, "+52 55 1234 5678")

        answered("5215512345678")

        assert [(row["wa_id"], row["confirmed"]) for row in customers()] == [("5215512345678", True)]
        assert rows("select * from former_number") == []

    def test_a_typed_number_that_is_somebodys_joins_them(self, agent: Actor) -> None:
        here = writes(met(person(LANDLINE)))
        write_to(agent, "+54 9 11 3123 4567")

        answered(LANDLINE)

        assert numbers() == [LANDLINE]
        assert one("select reason from customer_merge") == "same_number"
        assert one("select conversation_id from wa_message where direction = 'outbound'") == here
        assert rows("select * from former_number") == []

    def test_what_a_webhook_has_shown_is_not_overwritten(self, agent: Actor) -> None:
        say(agent, hear(text(sender=ANA, from_user_id="AR.1")))

        answered(LANDLINE, "AR.2")

        assert numbers() == [ANA]
        assert links() == [(1, ANA, "AR.1")]

    def test_a_user_id_is_kept(self, agent: Actor) -> None:
        say(agent, hear(text(sender=ANA)))

        answered(ANA, "AR.1")

        assert links() == [(1, ANA, "AR.1")]
        assert met(person(None, "AR.1")) == 1

    def test_a_user_id_that_is_anothers_is_left_to_them(self, agent: Actor) -> None:
        other = met(person(BETO, "AR.1"))
        say(agent, hear(text(sender=ANA)))

        answered(ANA, "AR.1")

        assert met(person(None, "AR.1")) == other

    def test_an_answer_is_no_sign_of_life(self, agent: Actor) -> None:
        say(agent, hear(text(sender=ANA)))
        change("update customer_link set seen_at = '2026-01-01Z'")

        answered(ANA, "AR.1")

        assert one("select extract(month from seen_at) from customer_link") == 1

    def test_an_answer_that_names_nobody_is_fine(self, agent: Actor) -> None:
        message_id = say(agent, hear(text(sender=ANA)))

        answered()

        assert state_of(message_id) == "sent"

    def test_whom_somebody_has_parted_stays_parted(self, agent: Actor) -> None:
        known, typed = met(person("5215512345678")), spelt("+54 9 351 512 3456")
        undone(merged(known, typed))
        write_to(agent, f"+{BETO}")

        answered("5215512345678")

        assert numbers() == ["5215512345678", BETO]

    def test_a_fault_while_learning_leaves_the_message_sent(self, agent: Actor) -> None:
        message_id = write_to(agent, "11 3123 4567")
        change("alter table customer add constraint test_fault check (not confirmed) not valid")

        try:
            answered(ANA)
        finally:
            change("alter table customer drop constraint test_fault")

        assert state_of(message_id) == "sent"
        assert [row["confirmed"] for row in customers()] == [False]


class TestTestNumbers:
    def refuse(self, simulator: httpx.Client, *spellings: str) -> None:
        for spelling in spellings:
            rule = {"error_code": 131030, "match": {"to": spelling}, "times": 9}
            simulator.post("/_sim/faults", json=rule).raise_for_status()

    def sent_to(self, simulator: httpx.Client) -> list[str]:
        return [message["to"] for message in simulator.get("/_sim/messages").json()]

    @pytest.mark.parametrize("info", ["{}", SANDBOX])
    @pytest.mark.parametrize(("refused", "taken"), [([ANA], LANDLINE), ([ANA, LANDLINE], WITH_15), ([], ANA)])
    def test_take_the_next_spelling_when_one_is_refused_and_remember_it(
        self, agent: Actor, simulator: httpx.Client, refused: list[str], taken: str, info: str
    ) -> None:
        mode(info)
        conversation_id = hear(text(sender=ANA))
        self.refuse(simulator, *refused)
        message_id = say(agent, conversation_id)

        drain()

        assert self.sent_to(simulator) == [taken]
        assert state_of(message_id) == "sent"
        assert (numbers(), one("select send_to from customer_link")) == ([ANA], taken if refused else "")
        outcomes = rows("select outcome, error_code from wa_send_attempt order by number")
        assert [row["error_code"] for row in outcomes] == [131030] * len(refused) + [None]

    def test_begin_with_the_remembered_spelling(self, agent: Actor, simulator: httpx.Client) -> None:
        conversation_id = hear(text(sender=ANA))
        self.refuse(simulator, ANA)
        say(agent, conversation_id)
        drain()

        say(agent, conversation_id)
        drain()

        assert self.sent_to(simulator) == [LANDLINE, LANDLINE]
        assert one("select count(*) from wa_send_attempt") == 3

    def test_forget_the_remembered_spelling_when_the_number_itself_is_taken_again(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        conversation_id = hear(text(sender=ANA))
        change("update customer_link set send_to = :spelling", spelling=WITH_15)
        self.refuse(simulator, WITH_15)

        say(agent, conversation_id)
        drain()

        assert self.sent_to(simulator) == [ANA]
        assert one("select send_to from customer_link") == ""

    def test_fail_with_the_reason_when_every_spelling_is_refused(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        conversation_id = hear(text(sender=ANA))
        self.refuse(simulator, ANA, LANDLINE, WITH_15)
        message_id = say(agent, conversation_id)

        drain()

        assert (state_of(message_id), one("select count(*) from wa_send_attempt")) == ("failed", 3)
        assert one("select error_code from wa_message where id = :id", id=message_id) == 131030
        assert one("select send_to from customer_link") == ""

    def test_asked_again_by_a_person_try_every_spelling_again(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        conversation_id = hear(text(sender=ANA))
        self.refuse(simulator, ANA, LANDLINE, WITH_15)
        message_id = say(agent, conversation_id)
        drain()
        simulator.request("DELETE", "/_sim/faults").raise_for_status()
        self.refuse(simulator, ANA)

        compose.retry(agent, message_id)
        drain()

        assert self.sent_to(simulator) == [LANDLINE]

    def test_of_a_typed_customer_confirm_no_number_by_another_spelling(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        self.refuse(simulator, ANA)
        write_to(agent, "011 15 3123 4567")

        drain()

        assert self.sent_to(simulator) == [LANDLINE]
        assert [(row["wa_id"], row["confirmed"]) for row in customers()] == [(ANA, False)]
        assert one("select send_to from customer_link") == LANDLINE

    def test_in_production_nothing_else_is_tried(self, agent: Actor, simulator: httpx.Client) -> None:
        mode(LIVE)
        conversation_id = hear(text(sender=ANA))
        change("update customer_link set send_to = :spelling", spelling=LANDLINE)
        self.refuse(simulator, ANA)
        message_id = say(agent, conversation_id)

        drain()

        assert (state_of(message_id), self.sent_to(simulator)) == ("failed", [])
        assert one("select count(*) from wa_send_attempt") == 1


class TestUndeliverable:
    @pytest.mark.parametrize("how", ["refused", "reported"])
    def test_marks_and_tries_nothing_by_itself(self, agent: Actor, simulator: httpx.Client, how: str) -> None:
        """A fixed line of the same digits may be a stranger's: a paid template is not tried there."""
        kind = "error_code" if how == "refused" else "status_failed_code"
        simulator.post("/_sim/faults", json={kind: 131026, "times": 1}).raise_for_status()
        message_id = write_to(agent, "11 3123 4567")
        drain()
        if how == "reported":
            report(failed(one("select wamid from wa_message"), 131026))

        drain()

        assert state_of(message_id) == "failed"
        assert one("select count(*) from wa_send_attempt") == 1
        assert numbers() == [ANA]
