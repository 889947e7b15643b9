"""Each second somebody looks for SMS whose time has come, and for what is urgent and held up by a panic."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.services import sms
from campotech_wa.signals import jobs
from tests.integration.desk import change, hear, one, rows, text, woken
from tests.integration.sms_desk import (
    Scripted,
    consider,
    drain,
    enqueue,
    reword,
    said,
    state_of_sms,
    switch_on,
)


@pytest.fixture
def thread(admin: Actor) -> ConversationId:
    """A thread of an organization that has SMS switched on."""
    switch_on(admin)
    return hear(text())


def queued(thread: ConversationId, **how: object) -> MessageId:
    message_id = said(thread, **({"state": "queued", "priority": 0} | how))  # pyright: ignore[reportArgumentType]
    enqueue(message_id)
    return message_id


def panic() -> None:
    change(
        "insert into wa_panic (organization_id, channel_id, reason, lanes, numbers, note, triggered_at,"
        " auto_resolve_at, phase, probe_size, resolve_note) values (1, 1, 'manual', 'business', '{}', '', now(),"
        " now() + interval '1 hour', 'halted', 0, '')"
    )


def sms_jobs() -> list[tuple[str, int]]:
    return [job for job in woken(jobs.OUTBOUND) if job[0] == jobs.SMS]


def test_an_organization_with_something_due_is_woken_once(thread: ConversationId) -> None:
    consider(said(thread))

    sms.due()
    sms.due()

    assert sms_jobs() == [(jobs.SMS, 1)]


def test_nobody_is_woken_for_what_is_not_due_or_over(thread: ConversationId) -> None:
    consider(said(thread))
    consider(said(thread))
    change("update sms_message set due_at = now() + interval '1 hour' where id = 1")
    change("update sms_message set state = 'sent' where id = 2")

    sms.due()

    assert sms_jobs() == []


def test_in_a_panic_what_is_urgent_goes_by_sms(thread: ConversationId) -> None:
    urgent, usual = queued(thread), queued(thread, priority=1)
    panic()

    sms.due()

    assert (state_of_sms(urgent), state_of_sms(usual)) == ("waiting", "")
    assert one("select reason from sms_message") == "panic"
    assert sms_jobs() == [(jobs.SMS, 1)]


def test_one_that_is_corrected_before_it_leaves_says_the_new_words(
    admin: Actor, thread: ConversationId, scripted: Scripted
) -> None:
    switch_on(admin, scripted.url)
    urgent = queued(thread)
    panic()
    sms.due()
    reword(urgent, "hoy a las 15")

    drain()

    assert [asked["Body"] for asked in scripted.asked] == ["Hola Ana, la visita es hoy a las 15."]


def test_without_a_panic_it_waits_for_whatsapp(thread: ConversationId) -> None:
    urgent = queued(thread)
    panic()
    change("update wa_panic set resolved_at = now()")

    sms.due()

    assert state_of_sms(urgent) == ""


def test_what_is_scheduled_for_later_is_not_urgent_yet(thread: ConversationId) -> None:
    urgent = queued(thread)
    change("update wa_outbound_queue set enters_at = now() + interval '1 hour'")
    panic()

    sms.due()

    assert state_of_sms(urgent) == ""


def test_what_may_not_go_is_judged_once(thread: ConversationId) -> None:
    promotion = queued(thread, template="promo", category="MARKETING")
    panic()

    sms.due()
    sms.due()

    assert rows("select message_id, state from sms_message") == [
        {"message_id": promotion, "state": "cancelled"}
    ]
    assert sms_jobs() == []


def test_what_a_panic_could_not_send_may_go_for_another_reason(thread: ConversationId) -> None:
    message_id = queued(thread)
    change("update customer set wa_id = '541143123456'")
    panic()
    sms.due()
    assert state_of_sms(message_id) == "cancelled"
    change("update customer set wa_id = '5491131234567'")

    consider(message_id)

    assert state_of_sms(message_id) == "waiting"
    assert one("select recipient from sms_message") == "+5491131234567"


def test_an_organization_without_sms_is_left_alone(thread: ConversationId) -> None:
    change("update sms_account set is_on = false")
    urgent = queued(thread)
    panic()

    sms.due()

    assert state_of_sms(urgent) == ""
