"""One person is one customer, however Meta or a typist names them; two people are never made one."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.services import compose
from tests.integration.desk import ANA, BETO, hear, one, rows, text

WITHOUT_NINE = "541131234567"
TEMPLATE = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


def customers() -> list[tuple[object, ...]]:
    found = rows(
        "select wa_id, (select max(user_id) from customer_link where customer_id = customer.id) as user_id,"
        " confirmed, profile_name from customer order by id"
    )
    return [tuple(customer.values()) for customer in found]


def write_to(actor: Actor, number: str) -> compose.Accepted:
    return compose.message_object(actor, {"to": number, **TEMPLATE}, key=None)


@pytest.mark.usefixtures("desk")
class TestNames:
    def test_a_new_profile_name_replaces_the_old_one(self) -> None:
        hear(text(), name="Ana")
        hear(text(), name="Ana Gómez de Paz")

        assert customers() == [(ANA, None, True, "Ana Gómez de Paz")]

    def test_a_message_without_name_keeps_the_old_one(self) -> None:
        hear(text(), name="Ana")
        hear(text(), name=" ")

        assert customers() == [(ANA, None, True, "Ana")]

    def test_an_endless_name_is_cut(self) -> None:
        hear(text(), name="A" * 10_000)

        assert one("select length(profile_name) from customer") == 256


@pytest.mark.usefixtures("desk")
class TestArgentineForms:
    def test_a_typed_customer_is_joined_by_metas_spelling_of_the_number(self, agent: Actor) -> None:
        typed = write_to(agent, "11 3123-4567")

        conversation_id = hear(text(sender=WITHOUT_NINE))

        assert (typed.wa_id, typed.composed.conversation_id) == (ANA, conversation_id)
        assert customers() == [(WITHOUT_NINE, None, True, "Ana Gómez")]

    def test_a_typed_customer_is_confirmed_by_the_same_spelling(self, agent: Actor) -> None:
        typed = write_to(agent, "011 15 3123-4567")

        conversation_id = hear(text(sender=ANA))

        assert typed.composed.conversation_id == conversation_id
        assert customers() == [(ANA, None, True, "Ana Gómez")]

    def test_a_typed_number_finds_the_customer_whom_meta_spells_otherwise(self, agent: Actor) -> None:
        conversation_id = hear(text(sender=WITHOUT_NINE))

        typed = write_to(agent, "11 3123-4567")

        assert (typed.wa_id, typed.composed.conversation_id) == (WITHOUT_NINE, conversation_id)
        assert len(customers()) == 1

    def test_two_ids_that_meta_has_shown_stay_two_people(self) -> None:
        first = hear(text(sender=ANA))
        second = hear(text(sender=WITHOUT_NINE), name="Otra persona")

        assert first != second
        assert customers() == [(ANA, None, True, "Ana Gómez"), (WITHOUT_NINE, None, True, "Otra persona")]

    def test_another_organization_has_its_own_customer(self, stranger: Actor) -> None:
        hear(text())

        other = write_to(stranger, f"+{ANA}")

        assert (
            one("select organization_id from conversation where id = :id", id=other.composed.conversation_id)
            == 2
        )
        assert len(customers()) == 2


@pytest.mark.usefixtures("desk")
class TestBusinessScopedIds:
    def test_a_sender_without_number_is_a_customer(self) -> None:
        first = hear(text(sender=None, from_user_id="AR.1"))
        second = hear(text(sender=None, from_user_id="AR.1"))

        assert first == second
        assert customers() == [(None, "AR.1", True, "Ana Gómez")]

    def test_a_number_that_comes_later_is_added(self) -> None:
        first = hear(text(sender=None, from_user_id="AR.1"))
        second = hear(text(sender=ANA, from_user_id="AR.1"))

        assert first == second
        assert customers() == [(ANA, "AR.1", True, "Ana Gómez")]

    def test_a_user_id_that_comes_later_is_added(self) -> None:
        first = hear(text(sender=ANA))
        second = hear(text(sender=ANA, from_user_id="AR.1"))
        third = hear(text(sender=None, from_user_id="AR.1"))

        assert first == second == third
        assert customers() == [(ANA, "AR.1", True, "Ana Gómez")]

    def test_a_person_known_twice_loses_no_message(self) -> None:
        hidden = hear(text("sin número", sender=None, from_user_id="AR.1"))
        hear(text("con número", sender=ANA))

        joined = hear(text("con los dos", sender=ANA, from_user_id="AR.1"))

        assert joined == hidden
        assert one("select count(*) from wa_message where conversation_id = :id", id=joined) == 3
        assert one("select unread_count from conversation where id = :id", id=joined) == 3
        assert one("select count(*) from webhook_event where processed_at is null") == 0

    def test_two_people_are_two_conversations(self) -> None:
        assert hear(text(sender=ANA)) != hear(text(sender=BETO), name="Beto")
