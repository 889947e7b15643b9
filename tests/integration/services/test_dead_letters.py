"""Admins see what could not be processed, without its content, and may have it tried again."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import EventId
from campotech_wa.errors import NotAllowed, NotFound
from campotech_wa.services import dead_letters
from tests.integration.desk import hear, listening, one, text

BROKEN = {"type": "text", "text": {"body": "de nadie"}}


def dead_letter() -> EventId:
    hear(text(), BROKEN)
    return EventId(one("select id from webhook_event where dead_at is not null"))


class TestListing:
    def test_an_admin_sees_what_stopped_it_and_not_its_words(self, admin: Actor) -> None:
        event_id = dead_letter()

        [letter] = dead_letters.listing(admin)

        assert (letter.id, letter.channel_name, letter.attempts) == (event_id, "Clima Sur Servicios", 1)
        assert letter.error == "message without sender"
        assert letter.received.startswith("Hoy ")
        assert "de nadie" not in repr(letter)

    def test_an_agent_does_not(self, agent: Actor) -> None:
        with pytest.raises(NotAllowed):
            dead_letters.listing(agent)

    def test_another_organizations_admin_does_not(self, stranger: Actor) -> None:
        dead_letter()

        assert dead_letters.listing(stranger) == ()


class TestReplay:
    def test_it_becomes_pending_again_and_pages_are_told(self, admin: Actor) -> None:
        event_id = dead_letter()

        with listening() as told:
            dead_letters.replay(admin, event_id)
            assert told() == {"organization_id": 1, "conversation_id": None}

        assert one("select attempts from webhook_event where dead_at is null and processed_at is null") == 0
        assert dead_letters.listing(admin) == ()

    def test_an_agent_may_not(self, agent: Actor) -> None:
        event_id = dead_letter()

        with pytest.raises(NotAllowed):
            dead_letters.replay(agent, event_id)

        assert one("select count(*) from webhook_event where dead_at is not null") == 1

    def test_another_organizations_letter_is_not_found(self, stranger: Actor) -> None:
        event_id = dead_letter()

        with pytest.raises(NotFound):
            dead_letters.replay(stranger, event_id)

        assert one("select count(*) from webhook_event where dead_at is not null") == 1

    def test_what_is_not_dead_is_not_found(self, admin: Actor) -> None:
        hear()

        for event_id in (1, 999, 0):
            with pytest.raises(NotFound):
                dead_letters.replay(admin, EventId(event_id))
