"""The files of a message that waits are those of what it says now."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.errors import InvalidInput
from campotech_wa.services import compose
from tests import samples
from tests.integration.desk import drain, hear, rows
from tests.integration.files import empty, upload


@pytest.fixture(autouse=True)
def _empty_storage(desk: None) -> Iterator[None]:
    """Nothing is stored."""
    empty()
    yield
    empty()


def picture(actor: Actor, width: int = 80) -> str:
    return upload(actor, samples.picture("JPEG", (width, 80))).id


def say_with(actor: Actor, file: str) -> MessageId:
    message = {"type": "image", "image": {"id": file}}
    return compose.answer(actor, hear(), message, key=str(uuid4())).message_id


def attached() -> list[tuple[int, str, int]]:
    """Return the id, the file and the position of each attachment."""
    found = rows("select id, media_id, position from wa_attachment order by id")
    return [(row["id"], f"local:{row['media_id']}", row["position"]) for row in found]


class TestChange:
    def test_another_file_takes_the_place_of_the_first_and_leaves(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        first, second = picture(agent), picture(agent, 90)
        message_id = say_with(agent, first)

        compose.change(agent, message_id, {"type": "image", "image": {"id": second, "caption": "Ésta"}})
        drain()

        assert [(file, position) for _, file, position in attached()] == [(second, 0)]
        [message] = simulator.get("/_sim/messages").json()
        assert message["payload"]["image"]["caption"] == "Ésta"

    def test_words_in_the_place_of_a_file_leave_the_message_without_one(self, agent: Actor) -> None:
        message_id = say_with(agent, picture(agent))

        compose.change(agent, message_id, {"type": "text", "text": {"body": "Sin foto"}})

        assert attached() == []

    def test_only_another_priority_leaves_its_file_as_it_is(self, agent: Actor) -> None:
        message_id = say_with(agent, picture(agent))
        before = attached()

        compose.change(agent, message_id, priority="low")

        assert attached() == before

    def test_a_file_that_is_not_there_is_refused_and_the_first_stays(self, agent: Actor) -> None:
        message_id = say_with(agent, picture(agent))
        before = attached()

        with pytest.raises(InvalidInput):
            compose.change(agent, message_id, {"type": "image", "image": {"id": "local:999"}})

        assert attached() == before

    def test_another_organizations_file_is_refused(self, agent: Actor, stranger: Actor) -> None:
        message_id = say_with(agent, picture(agent))
        foreign = picture(stranger, 90)

        with pytest.raises(InvalidInput):
            compose.change(agent, message_id, {"type": "image", "image": {"id": foreign}})
