"""What is due leaves once, within the limits; what is not to leave any more ends in a state that says why."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId, OrganizationId
from campotech_wa.domain.sms_state import SmsReason
from campotech_wa.errors import SmsBusy, SmsUnconfirmed
from campotech_wa.services import sms
from campotech_wa.services.sms import claiming, draining
from campotech_wa.sms import Accepted
from campotech_wa.store.transaction import transaction
from tests.integration.desk import change, one, rows
from tests.integration.sms_desk import (
    BODY,
    SENDER,
    SID,
    TOKEN,
    Scripted,
    become_due,
    drain,
    error_of,
    expect,
    key_of,
    provider,
    said,
    state_of_sms,
    switch_on,
    undeliverable,
)

US = OrganizationId(1)


def test_a_due_one_leaves_as_a_form_with_our_id_in_the_callback(
    scripted: Scripted, thread: ConversationId
) -> None:
    [message_id] = undeliverable(thread)

    drain()

    sms_id = one("select id from sms_message")
    [asked] = scripted.asked
    assert asked.pop("StatusCallback").endswith(f"/webhooks/sms/{key_of()}?sms={sms_id}")
    assert asked == {
        "path": f"/2010-04-01/Accounts/{SID}/Messages.json",
        "To": "+5491131234567",
        "From": SENDER,
        "Body": BODY,
    }
    assert scripted.credentials == [f"{SID}:{TOKEN}"]
    [left] = rows("select provider_sid, segments, left_at is not null as has_left, attempts from sms_message")
    assert left["provider_sid"].startswith("SM")
    assert (left["segments"], left["has_left"], left["attempts"]) == (1, True, 1)
    assert state_of_sms(message_id) == "sent"


def test_a_messaging_service_sends_instead_of_a_number(
    admin: Actor, scripted: Scripted, thread: ConversationId
) -> None:
    switch_on(admin, scripted.url, sender="MG" + "0" * 32)
    undeliverable(thread)

    drain()

    assert scripted.asked[0]["MessagingServiceSid"] == "MG" + "0" * 32
    assert "From" not in scripted.asked[0]


def test_what_is_not_due_stays(admin: Actor, scripted: Scripted, thread: ConversationId) -> None:
    switch_on(admin, scripted.url, undelivered_minutes=10)
    message_id = said(thread, state="sent")
    expect(message_id)

    drain()
    assert scripted.asked == []
    become_due()
    drain()

    assert state_of_sms(message_id) == "sent"


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("delivered", SmsReason.NOT_DELIVERED),
        ("read", SmsReason.UNDELIVERABLE),
        ("queued", SmsReason.UNDELIVERABLE),
        ("sent", SmsReason.PANIC),
        ("sent", SmsReason.EXPIRED),
    ],
)
def test_one_whose_reason_is_gone_is_cancelled(
    scripted: Scripted, thread: ConversationId, state: str, reason: SmsReason
) -> None:
    [message_id] = undeliverable(thread)
    change("update sms_message set reason = :reason", reason=reason)
    change("update wa_message set state = :state where id = :id", state=state, id=message_id)

    drain()

    assert (state_of_sms(message_id), scripted.asked) == ("cancelled", [])


@pytest.mark.parametrize(
    "change_of_mind",
    ["update customer set blocked_at = now()", "update sms_account set is_on = false"],
)
def test_one_that_nobody_wants_any_more_is_cancelled(
    scripted: Scripted, thread: ConversationId, change_of_mind: str
) -> None:
    [message_id] = undeliverable(thread)
    change(change_of_mind)

    drain()

    assert (state_of_sms(message_id), scripted.asked) == ("cancelled", [])


def test_a_refusal_ends_it_with_the_providers_code(scripted: Scripted, thread: ConversationId) -> None:
    scripted.answers = [(400, {"code": 21614, "message": "not a mobile number", "status": 400})]
    [message_id] = undeliverable(thread)

    drain()

    assert (state_of_sms(message_id), error_of(message_id)) == ("failed", "21614")


def test_who_answered_stop_gets_no_other(scripted: Scripted, thread: ConversationId) -> None:
    scripted.answers = [(400, {"code": 21610})]
    first, second = undeliverable(thread, 2)
    change("update sms_message set due_at = now() + interval '1 hour' where message_id = :id", id=second)
    drain()
    become_due()

    drain()

    assert (state_of_sms(first), state_of_sms(second)) == ("failed", "cancelled")
    assert len(scripted.asked) == 1


def test_a_busy_provider_is_asked_again_later(scripted: Scripted, thread: ConversationId) -> None:
    scripted.answers = [(429, {"code": 20429})]
    [message_id] = undeliverable(thread)

    drain()

    assert state_of_sms(message_id) == "waiting"
    assert one("select due_at > now() + interval '2 seconds' from sms_message")
    become_due()
    drain()
    assert state_of_sms(message_id) == "sent"


def test_one_that_is_always_too_busy_is_given_up(scripted: Scripted, thread: ConversationId) -> None:
    scripted.answers = [(429, {"code": 20429})] * 9
    [message_id] = undeliverable(thread)

    for _ in range(6):
        drain()
        change("update sms_message set due_at = now() - interval '1 second' where state = 'waiting'")

    assert (state_of_sms(message_id), error_of(message_id)) == ("failed", "20429")
    assert len(scripted.asked) == 5


def test_a_provider_that_is_not_there_has_taken_nothing(admin: Actor, thread: ConversationId) -> None:
    with provider() as gone:
        switch_on(admin, gone.url)
    [message_id] = undeliverable(thread)

    drain()

    assert state_of_sms(message_id) == "waiting"


def test_an_unanswered_one_waits_for_its_callback_and_only_then_leaves_again(
    scripted: Scripted, thread: ConversationId
) -> None:
    scripted.answers = [None]
    [message_id] = undeliverable(thread)

    drain()
    drain()
    assert (state_of_sms(message_id), len(scripted.asked)) == ("unconfirmed", 1)
    become_due()
    drain()

    assert (state_of_sms(message_id), len(scripted.asked)) == ("sent", 2)


def test_one_that_is_never_answered_is_given_up(scripted: Scripted, thread: ConversationId) -> None:
    scripted.answers = [None] * 9
    [message_id] = undeliverable(thread)

    for _ in range(6):
        drain()
        become_due()

    assert (state_of_sms(message_id), error_of(message_id)) == ("failed", "no_answer")
    assert len(scripted.asked) == 3


def test_what_a_dead_worker_held_is_unconfirmed_when_its_lease_is_over(
    scripted: Scripted, thread: ConversationId
) -> None:
    [message_id] = undeliverable(thread)
    assert claiming.claim(US) is not None
    drain()
    assert (state_of_sms(message_id), scripted.asked) == ("sending", [])
    become_due()

    drain()

    assert (state_of_sms(message_id), scripted.asked) == ("unconfirmed", [])


def test_an_answer_after_the_lease_still_counts(scripted: Scripted, thread: ConversationId) -> None:
    [message_id] = undeliverable(thread)
    claimed = claiming.claim(US)
    assert claimed is not None
    become_due()
    drain()

    draining.record(claimed.letters[0], Accepted("SMlate"))

    assert state_of_sms(message_id) == "sent"


def test_the_outcome_of_an_old_request_says_nothing_of_the_new_one(
    scripted: Scripted, thread: ConversationId
) -> None:
    [message_id] = undeliverable(thread)
    old = claiming.claim(US)
    for _ in range(2):
        become_due()
        claiming.claim(US)
    assert (state_of_sms(message_id), one("select attempts from sms_message")) == ("sending", 2)

    assert old is not None
    draining.record(old.letters[0], SmsUnconfirmed("Too late."))

    assert state_of_sms(message_id) == "sending"


def test_one_that_waited_half_a_day_is_not_sent(scripted: Scripted, thread: ConversationId) -> None:
    [message_id] = undeliverable(thread)
    become_due(minutes=12 * 60)

    drain()

    assert (state_of_sms(message_id), error_of(message_id)) == ("failed", "too_late")


def test_another_organizations_wait_for_their_own_drain(scripted: Scripted, thread: ConversationId) -> None:
    undeliverable(thread)

    drain(organization_id=2)

    assert scripted.asked == []


class TestDeliveredByWhatsapp:
    @staticmethod
    def deliver(message_id: MessageId) -> None:
        with transaction() as tx:
            at = one("select now()")
            sms.cancel_for_delivered(tx.session, [message_id], organization_id=US, at=at)

    def test_before_it_left_it_is_cancelled(self, scripted: Scripted, thread: ConversationId) -> None:
        [message_id] = undeliverable(thread)

        self.deliver(message_id)
        drain()

        assert (state_of_sms(message_id), scripted.asked) == ("cancelled", [])

    @pytest.mark.usefixtures("scripted")
    def test_afterwards_the_customer_has_it_twice(self, thread: ConversationId) -> None:
        [message_id] = undeliverable(thread)
        drain()

        self.deliver(message_id)

        assert one("select also_by_whatsapp_at is not null from sms_message")
        assert state_of_sms(message_id) == "sent"

    @pytest.mark.usefixtures("scripted")
    def test_while_a_worker_has_it_nothing_follows_a_busy_provider(self, thread: ConversationId) -> None:
        [message_id] = undeliverable(thread)
        claimed = claiming.claim(US)
        assert claimed is not None

        self.deliver(message_id)
        draining.record(claimed.letters[0], SmsBusy("Later.", code="20429"))

        assert state_of_sms(message_id) == "cancelled"

    def test_an_unanswered_one_is_not_sent_again(self, scripted: Scripted, thread: ConversationId) -> None:
        scripted.answers = [None]
        [message_id] = undeliverable(thread)
        drain()

        self.deliver(message_id)
        become_due()
        drain()

        assert (state_of_sms(message_id), len(scripted.asked)) == ("cancelled", 1)
