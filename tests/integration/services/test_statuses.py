"""A message ends in the right state, however early, late, often or oddly Meta reports on it."""

from datetime import UTC, datetime

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, MessageId
from campotech_wa.errors import MetaBusy, MetaRefused, MetaUnconfirmed
from campotech_wa.services import archive, compose, inbox, process
from tests.integration.desk import (
    change,
    claimed,
    failed,
    hear,
    history_of,
    let_time_pass,
    one,
    payload,
    post,
    report,
    say,
    settle,
    state_of,
    status,
    value,
)


def accepted(agent: Actor, wamid: str) -> MessageId:
    message_id = say(agent, hear())
    [parcel] = claimed()
    settle(parcel, wamid)
    return message_id


def waiting() -> int:
    return int(one("select count(*) from wa_outbound_queue"))


class TestOrder:
    def test_an_accepted_message_climbs_with_metas_times(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(status("wamid.1", "sent", timestamp="1764000000"), status("wamid.1", "delivered"))
        report(status("wamid.1", "read", timestamp=1764000060))

        assert state_of(message_id) == "read"
        assert history_of(message_id) == ["queued", "sending", "sent", "delivered", "read"]
        read_at = one("select at from wa_message_state where state = 'read'")
        assert read_at == datetime(2025, 11, 24, 16, 1, tzinfo=UTC)

    def test_late_and_repeated_reports_do_not_move_it_back(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(status("wamid.1", "read"))
        report(status("wamid.1", "delivered"), status("wamid.1", "sent"), status("wamid.1", "read"))

        assert state_of(message_id) == "read"
        assert history_of(message_id) == ["queued", "sending", "sent", "read", "delivered"]

    def test_a_word_that_moves_nothing_leaves_no_trace(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(status("wamid.1", "warning"), status("wamid.1", "deleted"), status("wamid.unknown", "pending"))

        assert history_of(message_id) == ["queued", "sending", "sent"]
        assert one("select count(*) from parked_status") == 0

    def test_the_price_that_comes_with_sent_is_kept(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(status("wamid.1", "sent", pricing={"billable": True, "category": "utility"}))

        price = archive.message(agent, message_id)["price"]
        assert isinstance(price, dict)
        assert price["category"] == "utility"

    def test_a_status_without_time_has_ours(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(status("wamid.1", "delivered", timestamp="soon"))

        assert state_of(message_id) == "delivered"


class TestFailed:
    def test_a_failure_is_shown_with_its_reason(self, agent: Actor) -> None:
        conversation_id = hear()
        message_id = say(agent, conversation_id)
        settle(claimed()[0], "wamid.1")

        report(failed("wamid.1", 131047))

        shown = inbox.thread(agent, conversation_id, limit=1).bubbles[0]
        assert (shown.state, shown.error[:28]) == ("failed", "Pasaron más de 24 horas desd")
        assert archive.message(agent, message_id)["error"] == {
            "code": 131047,
            "detail": "It could not be delivered.",
        }

    def test_an_absurd_code_is_a_failure_all_the_same(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(failed("wamid.1", 10**12, title="\x00\ud800"))

        assert state_of(message_id) == "failed"

    def test_a_late_sent_does_not_clear_it(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(failed("wamid.1"), status("wamid.1", "sent"))

        assert state_of(message_id) == "failed"

    def test_a_device_that_shows_it_after_all_undoes_it(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(failed("wamid.1"), status("wamid.1", "delivered"))

        assert state_of(message_id) == "delivered"
        assert archive.message(agent, message_id)["error"] is None


class TestEarly:
    def test_a_status_before_its_message_is_known_waits_for_it(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        [parcel] = claimed()
        report(status("wamid.1", "sent"), status("wamid.1", "delivered"))
        assert state_of(message_id) == "sending"

        settle(parcel, "wamid.1")

        assert state_of(message_id) == "delivered"
        assert one("select count(*) from parked_status") == 0

    def test_one_that_carries_our_id_need_not_wait(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        [parcel] = claimed()

        report(status("wamid.1", "delivered", biz_opaque_callback_data=f"m{message_id}.1"))

        assert (state_of(message_id), waiting()) == ("delivered", 0)
        settle(parcel, "wamid.1")
        assert (state_of(message_id), waiting()) == ("delivered", 0)

    def test_an_answer_that_comes_after_the_failure_does_not_clear_it(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        [parcel] = claimed()
        report(failed("wamid.1", biz_opaque_callback_data=f"m{message_id}.1"))

        settle(parcel, "wamid.1")

        assert (state_of(message_id), waiting()) == ("failed", 0)

    def test_a_message_that_was_unconfirmed_is_confirmed(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        [parcel] = claimed()
        settle(parcel, MetaUnconfirmed("No answer."))

        report(status("wamid.1", "sent", biz_opaque_callback_data=f"m{message_id}.1"))

        assert (state_of(message_id), waiting()) == ("sent", 0)
        assert one("select wamid from wa_message where direction = 'outbound'") == "wamid.1"

    def test_a_fault_that_is_told_after_the_confirmation_changes_nothing(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        [parcel] = claimed()
        report(status("wamid.1", "sent", biz_opaque_callback_data=f"m{message_id}.1"))

        settle(parcel, MetaUnconfirmed("No answer."))

        assert (state_of(message_id), waiting()) == ("sent", 0)


@pytest.mark.usefixtures("desk")
class TestForeign:
    def test_another_channels_status_leaves_the_wamid_alone(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")
        told = status("wamid.1", "read", biz_opaque_callback_data=f"m{message_id}.1")

        post(
            payload(value(statuses=[told], number="100000000000002")),
            key="demo-2",
            secret="demo-app-secret-2",
        )
        process.channel(ChannelId(2))

        assert state_of(message_id) == "sent"
        assert one("select channel_id from parked_status") == 2

    def test_somebody_elses_callback_data_is_not_ours(self, agent: Actor) -> None:
        message_id = accepted(agent, "wamid.1")

        report(status("wamid.1", "read", biz_opaque_callback_data="order-7"))
        report(status("wamid.2", "read", biz_opaque_callback_data="m999999999999999999.999999"))

        assert state_of(message_id) == "read"
        assert one("select wamid from parked_status") == "wamid.2"


class TestAttempts:
    def retried(self, agent: Actor) -> MessageId:
        message_id = accepted(agent, "wamid.1")
        report(failed("wamid.1"))
        compose.retry(agent, message_id)
        return message_id

    def test_an_old_attempts_failure_does_not_touch_the_one_under_way(self, agent: Actor) -> None:
        message_id = self.retried(agent)
        [second] = claimed()

        report(failed("wamid.1"), status("wamid.1", "sent"))
        assert state_of(message_id) == "sending"

        settle(second, "wamid.2")
        assert state_of(message_id) == "sent"

    @pytest.mark.parametrize("late", [failed("wamid.1"), status("wamid.1", "sent")])
    def test_nor_the_one_that_still_waits_to_leave(self, agent: Actor, late: dict[str, object]) -> None:
        message_id = self.retried(agent)

        report(late)

        assert (state_of(message_id), waiting()) == ("queued", 1)
        [second] = claimed()
        settle(second, "wamid.2")
        assert one("select wamid from wa_message where id = :id", id=message_id) == "wamid.2"

    def test_an_old_attempt_that_arrives_after_all_cancels_the_new_one(self, agent: Actor) -> None:
        message_id = self.retried(agent)

        report(status("wamid.1", "delivered"))

        assert (state_of(message_id), waiting()) == ("delivered", 0)
        assert claimed() == []

    def test_a_failure_of_the_last_request_ends_a_message_that_would_be_sent_again(
        self, agent: Actor
    ) -> None:
        message_id = say(agent, hear())
        [parcel] = claimed()
        settle(parcel, MetaBusy("Later.", code=130429))

        report(failed("wamid.1", biz_opaque_callback_data=f"m{message_id}.1"))

        assert (state_of(message_id), waiting()) == ("failed", 0)

    @pytest.mark.parametrize("code", [130429, 131056, 80007, 131048])
    def test_a_limit_reported_after_the_acceptance_ends_the_message_and_is_told_of_the_channel(
        self, agent: Actor, code: int
    ) -> None:
        message_id = accepted(agent, "wamid.1")

        report(failed("wamid.1", code))

        assert (state_of(message_id), waiting()) == ("failed", 0)
        assert one("select error_code from wa_send_attempt") == code

    def test_each_attempt_keeps_its_own_wamid(self, agent: Actor) -> None:
        message_id = self.retried(agent)
        settle(claimed()[0], "wamid.2")

        report(failed("wamid.2", 131049), status("wamid.1", "read"))

        assert state_of(message_id) == "read"
        assert history_of(message_id).count("failed") == 2

    def test_a_refusal_can_be_tried_again(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        settle(claimed()[0], MetaRefused("No such medium.", code=131053))
        assert (state_of(message_id), waiting()) == ("failed", 0)

        compose.retry(agent, message_id)
        let_time_pass()
        settle(claimed()[0], "wamid.2")

        assert state_of(message_id) == "sent"
        assert one("select error_code from wa_message where id = :id", id=message_id) is None
        assert one("select max(number) from wa_send_attempt") == 2


class TestHistory:
    def test_a_deleted_messages_status_is_of_nobody(self, agent: Actor) -> None:
        accepted(agent, "wamid.1")
        change("truncate wa_message, wa_send_attempt, wa_message_state, wa_outbound_queue cascade")

        report(status("wamid.1", "read"))

        assert one("select count(*) from parked_status") == 1
