"""A message goes by SMS when its failure allows it and nobody has refused, and not otherwise."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.domain.sms import WhyNot
from campotech_wa.domain.sms_state import SmsReason
from tests.integration.desk import change, hear, one, rows, text
from tests.integration.sms_desk import (
    BODY,
    become_due,
    consider,
    expect,
    said,
    state_of_sms,
    switch_on,
)


@pytest.fixture
def thread(admin: Actor) -> ConversationId:
    """A thread of an organization that has SMS switched on."""
    switch_on(admin)
    return hear(text())


def waiting(message_id: MessageId) -> dict[str, object]:
    found = "select reason, recipient, body, state, due_at > now() as later from sms_message where message_id = :id"
    return rows(found, id=message_id)[0]


def test_an_undeliverable_notice_waits_for_its_sms(thread: ConversationId) -> None:
    message_id = said(thread)

    assert consider(message_id) is None

    assert waiting(message_id) == {
        "reason": "undeliverable",
        "recipient": "+5491131234567",
        "body": BODY,
        "state": "waiting",
        "later": False,
    }


@pytest.mark.parametrize(
    ("reason", "code", "against"),
    [
        (SmsReason.UNDELIVERABLE, 131050, WhyNot.OPTED_OUT),
        (SmsReason.UNDELIVERABLE, 130403, WhyNot.OPTED_OUT),
        (SmsReason.UNDELIVERABLE, 131047, WhyNot.NOT_URGENT),
        (SmsReason.UNDELIVERABLE, 100, WhyNot.FORBIDDEN),
        (SmsReason.PANIC, None, WhyNot.NOT_URGENT),
        (SmsReason.EXPIRED, None, None),
    ],
)
def test_the_class_of_the_failure_decides(
    thread: ConversationId, reason: SmsReason, code: int | None, against: WhyNot | None
) -> None:
    message_id = said(thread)

    assert consider(message_id, reason, code) is against

    assert state_of_sms(message_id) == ("" if against else "waiting")


def test_an_urgent_one_goes_where_others_wait_for_whatsapp(thread: ConversationId) -> None:
    message_id = said(thread, priority=0)

    assert consider(message_id, SmsReason.PANIC, None) is None

    assert state_of_sms(message_id) == "waiting"


def test_marketing_never_goes(thread: ConversationId) -> None:
    message_id = said(thread, template="promo", category="MARKETING", priority=0)

    assert consider(message_id) is WhyNot.MARKETING
    assert state_of_sms(message_id) == ""


def test_free_text_never_goes(thread: ConversationId) -> None:
    message_id = said(thread)
    change(
        "update wa_message set type = 'text', content = '{\"body\": \"Hola\"}' where id = :id", id=message_id
    )

    assert consider(message_id) is WhyNot.NO_TEXT


def test_nothing_goes_where_it_is_switched_off(admin: Actor) -> None:
    switch_on(admin, is_on=False)

    assert consider(said(hear(text()))) is WhyNot.OFF


def test_nothing_goes_where_nobody_has_set_it_up(admin: Actor) -> None:
    assert consider(said(hear(text()))) is WhyNot.OFF


_ANSWERED_STOP = """
    insert into sms_message (organization_id, conversation_id, message_id, recipient, body, reason, state, due_at,
                             attempts, provider_sid, segments, error_code, error_detail)
    select 1, conversation_id, id, '+5491131234567', '', 'expired', 'failed', now(), 1, '', 0, '21610', ''
    from wa_message where id = :earlier
    """


@pytest.mark.parametrize(
    "refusal",
    [
        "update customer set blocked_at = now()",
        "update wa_message set error_code = 131050 where id = :earlier",
        "update wa_message set error_code = 130403 where id = :earlier",
        _ANSWERED_STOP,
    ],
)
def test_nothing_goes_to_who_has_refused(thread: ConversationId, refusal: str) -> None:
    earlier, message_id = said(thread), said(thread)
    change(refusal.replace(":earlier", str(earlier)))

    assert consider(message_id) is WhyNot.OPTED_OUT


def test_who_wants_promotions_again_gets_notices_again(thread: ConversationId) -> None:
    earlier, message_id = said(thread), said(thread)
    change("update wa_message set error_code = 131050 where id = :id", id=earlier)
    change("update customer set marketing_preference = 'resume', marketing_preference_at = now()")

    assert consider(message_id) is None


def test_who_stopped_promotions_only_gets_notices_still(thread: ConversationId) -> None:
    change("update customer set marketing_preference = 'stop', marketing_preference_at = now()")

    assert consider(said(thread)) is None


def test_who_has_no_number_or_a_fixed_line_gets_none(thread: ConversationId) -> None:
    message_id = said(thread)
    change("update customer set wa_id = '541143123456'")

    assert consider(message_id) is WhyNot.NO_NUMBER
    change("update customer set wa_id = null")
    assert consider(message_id) is WhyNot.NO_NUMBER


def test_an_unanswered_one_waits_for_a_sign_first(thread: ConversationId) -> None:
    message_id = said(thread, state="unconfirmed")

    consider(message_id, SmsReason.EXPIRED, None, is_ambiguous=True)

    assert waiting(message_id)["later"] is True


def test_an_accepted_one_is_expected_in_the_minutes_that_an_admin_set(
    admin: Actor, thread: ConversationId
) -> None:
    message_id = said(thread, state="sent")
    expect(message_id)
    assert state_of_sms(message_id) == ""
    switch_on(admin, undelivered_minutes=10)

    expect(message_id)

    assert waiting(message_id)["reason"] == "not_delivered"
    minutes = "select round(extract(epoch from due_at - now()) / 60) from sms_message"
    assert int(one(minutes)) == 10


def test_a_reminder_of_low_priority_is_not_expected(admin: Actor, thread: ConversationId) -> None:
    switch_on(admin, undelivered_minutes=10)
    message_id = said(thread, state="sent", priority=2)

    expect(message_id)

    assert state_of_sms(message_id) == ""


def test_a_definite_failure_overtakes_the_expectation(admin: Actor, thread: ConversationId) -> None:
    switch_on(admin, undelivered_minutes=10)
    message_id = said(thread, state="sent")
    expect(message_id)

    consider(message_id)

    assert (waiting(message_id)["reason"], waiting(message_id)["later"]) == ("undeliverable", False)


def test_a_failure_that_forbids_it_ends_the_expectation(admin: Actor, thread: ConversationId) -> None:
    switch_on(admin, undelivered_minutes=10)
    message_id = said(thread, state="sent")
    expect(message_id)

    consider(message_id, code=131050)

    assert state_of_sms(message_id) == "cancelled"


def test_a_second_failure_changes_nothing_of_an_sms_that_left(thread: ConversationId) -> None:
    message_id = said(thread)
    consider(message_id)
    change("update sms_message set state = 'sent', left_at = now(), provider_sid = 'SM1'")
    become_due()

    consider(message_id)

    assert state_of_sms(message_id) == "sent"
