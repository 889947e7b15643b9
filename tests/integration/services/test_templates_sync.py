"""The registry holds what Meta lists: all of it, also what it refused, and what it lists no more."""

from datetime import timedelta

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.errors import MetaRefused, NotAllowed
from campotech_wa.services.templates import sync
from campotech_wa.services.templates.sync import Synced
from tests.integration.account_card import fault
from tests.integration.desk import change, listening, one
from tests.integration.template_shelf import BODY, known, put, shelf, take_away

WABA, OTHERS = "200000000000001", "200000000000002"


pytestmark = pytest.mark.usefixtures("simulator")


def let_hours_pass(hours: float) -> None:
    """Make the last reading older than it is."""
    seconds = timedelta(hours=hours).total_seconds()
    change(
        """
        update channel set info = jsonb_set(info, '{templates,at}', to_jsonb(
            cast(cast(info -> 'templates' ->> 'at' as timestamptz) - make_interval(secs => :seconds) as text)))
        where info ? 'templates'
        """,
        seconds=seconds,
    )


class TestReading:
    def test_every_page_is_read_and_each_template_kept_as_meta_describes_it(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        for number in range(120):
            put(simulator, f"turno_{number}")
        put(simulator, "rechazada", status="REJECTED", category="MARKETING")

        [done] = sync.sync(admin)

        assert done == Synced(WABA, listed=121, changed=121, gone=0)
        found = shelf()
        assert len(found) == 121
        assert found["turno_119"]["status"] == "APPROVED"
        assert found["turno_7"]["definition"]["components"] == [BODY]
        assert (found["rechazada"]["status"], found["rechazada"]["category"]) == ("REJECTED", "MARKETING")
        assert found["rechazada"]["rejected_reason"] == ""

    def test_what_has_not_changed_keeps_the_time_of_its_last_change(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        known(admin, simulator)
        before = shelf()["turno"]

        assert sync.sync(admin) == (Synced(WABA, listed=1, changed=0, gone=0),)
        after = shelf()["turno"]
        assert after["changed_at"] == before["changed_at"]
        assert after["seen_at"] > before["seen_at"]

    def test_another_status_and_other_words_are_a_change(self, admin: Actor, simulator: httpx.Client) -> None:
        known(admin, simulator)
        put(simulator, status="PAUSED", components=[{"type": "BODY", "text": "Hola"}])

        with listening() as next_event:
            assert sync.sync(admin)[0].changed == 1
            assert next_event() is not None
        assert shelf()["turno"]["status"] == "PAUSED"
        assert shelf()["turno"]["definition"]["components"] == [{"type": "BODY", "text": "Hola"}]

    def test_what_meta_lists_no_more_is_kept_as_deleted_and_comes_back_if_it_does(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        put(simulator, "otra")
        known(admin, simulator)
        take_away(simulator)

        assert sync.sync(admin) == (Synced(WABA, listed=1, changed=0, gone=1),)
        assert shelf()["turno"]["status"] == "DELETED"
        assert shelf()["turno"]["gone_at"] is not None
        assert sync.sync(admin)[0].gone == 0
        put(simulator)
        assert sync.sync(admin)[0].changed == 1
        assert (shelf()["turno"]["status"], shelf()["turno"]["gone_at"]) == ("APPROVED", None)

    def test_each_organization_has_its_own(
        self, admin: Actor, stranger: Actor, simulator: httpx.Client
    ) -> None:
        known(admin, simulator)

        assert sync.sync(stranger) == (Synced(OTHERS, listed=0, changed=0, gone=0),)
        assert shelf(2) == {}
        assert set(shelf(1)) == {"turno"}

    def test_only_admins_may(self, agent: Actor) -> None:
        with pytest.raises(NotAllowed):
            sync.sync(agent)

    def test_what_meta_refuses_is_told_and_nothing_is_taken_for_gone(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        known(admin, simulator)
        fault(simulator, 200, "message_templates")

        with pytest.raises(MetaRefused):
            sync.sync(admin)
        assert shelf()["turno"]["status"] == "APPROVED"


class TestWhenDue:
    def test_every_account_is_read_once_an_hour(self, simulator: httpx.Client) -> None:
        put(simulator)
        sync.sync_due()
        assert set(shelf()) == {"turno"}
        put(simulator, "nueva")

        sync.sync_due()
        assert set(shelf()) == {"turno"}
        let_hours_pass(1.1)
        sync.sync_due()
        assert set(shelf()) == {"turno", "nueva"}

    def test_after_news_it_is_read_within_minutes(self, simulator: httpx.Client) -> None:
        put(simulator)
        sync.sync_due()
        put(simulator, "nueva")
        let_hours_pass(0.1)
        sync.sync_due()
        assert set(shelf()) == {"turno"}

        change(
            "update channel set info = info || jsonb_build_object('templates_changed', cast(now() as text))"
        )
        sync.sync_due()

        assert set(shelf()) == {"turno", "nueva"}

    def test_what_meta_refuses_is_left_alone_for_an_hour(self, simulator: httpx.Client) -> None:
        fault(simulator, 200, "message_templates", times=2)
        sync.sync_due()
        assert one("select info -> 'templates' -> 'fault' ->> 'code' from channel where id = 1") == "200"
        put(simulator)

        sync.sync_due()
        assert shelf() == {}
        let_hours_pass(1.1)
        sync.sync_due()
        assert set(shelf()) == {"turno"}

    def test_a_meta_that_does_not_answer_is_asked_again(self, simulator: httpx.Client) -> None:
        put(simulator)
        order = {
            "drop_response": True,
            "match": {"route": "account", "type": "message_templates"},
            "times": 2,
        }
        simulator.post("/_sim/faults", json=order).raise_for_status()
        sync.sync_due()
        assert shelf() == {}

        sync.sync_due()
        assert set(shelf()) == {"turno"}
