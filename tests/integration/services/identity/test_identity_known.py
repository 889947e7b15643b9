"""Whom the store knows well is recognised in two statements, however many they are."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services import identity
from campotech_wa.store.transaction import transaction
from tests.integration.desk import ANA, BETO, change, one
from tests.integration.services.identity.acquaintance import (
    OURS,
    THEIRS,
    merged,
    met,
    person,
    same,
    spelt,
)

pytestmark = pytest.mark.usefixtures("desk")

AR1, AR2 = "AR.1", "AR.2"


@contextmanager
def counted(session: Session) -> Generator[list[str]]:
    """Note the statements of a session."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *more: object) -> None:
        statements.append(statement)

    event.listen(session.connection(), "before_cursor_execute", note)
    yield statements


class TestTheFastPath:
    def known(self, *people: Person) -> dict[Person, int]:
        with transaction() as tx:
            return dict(identity.known(tx.session, people, **OURS))

    def test_knows_people_who_come_as_they_came(self) -> None:
        ana, beto = person(ANA, AR1), person(BETO, name="Beto")
        found = {ana: met(ana), beto: met(beto)}

        assert self.known(ana, beto) == found

    def test_knows_somebody_who_shows_less_than_before(self) -> None:
        customer_id = met(person(ANA, AR1))

        less = [person(ANA, name=""), person(None, AR1)]

        assert self.known(*less) == dict.fromkeys(less, customer_id)

    @pytest.mark.parametrize(
        "news",
        [
            {"name": "Ana Gómez"},
            {"username": "ana"},
            {"wa_id": WaId(BETO)},
            {"user_id": BusinessScopedUserId(AR2)},
            {"parent_user_id": "AR.ENT.1"},
            {"identity_key_hash": "hash"},
        ],
    )
    def test_leaves_whoever_has_news_to_the_slow_one(self, news: dict[str, object]) -> None:
        met(person(ANA, AR1))

        assert self.known(same(person(ANA, AR1), **news)) == {}

    def test_leaves_strangers_and_typed_people_to_the_slow_one(self) -> None:
        spelt("11 3123 4567")

        assert self.known(person(ANA), person(BETO)) == {}
        assert self.known() == {}

    def test_knows_nobody_of_another_organization(self) -> None:
        met(person(ANA, AR1), THEIRS)

        assert self.known(person(ANA, AR1), person(None, AR1), person(ANA)) == {}

    def test_notes_when_somebody_was_seen_no_more_than_once_an_hour(self) -> None:
        met(person(ANA))
        change("update customer_link set seen_at = now() - interval '59 minutes'")
        self.known(person(ANA))
        after_59 = one("select now() - seen_at > interval '58 minutes' from customer_link")
        change("update customer_link set seen_at = now() - interval '61 minutes'")
        self.known(person(ANA))

        assert after_59
        assert one("select now() - seen_at < interval '1 minute' from customer_link")

    def test_of_a_merged_customer_it_knows_only_who_was_there_last(self) -> None:
        here, gone = person(BETO, name="Beto"), person(ANA)
        ana, beto = met(gone), met(here)
        merged(ana, beto)

        assert self.known(here, gone) == {here: ana}
        met(gone)
        assert self.known(here, gone) == {gone: ana}

    def test_takes_two_statements_at_most(self) -> None:
        people = [person(f"54911400{n:05}") for n in range(50)]
        for each in people:
            met(each)
        change("update customer_link set seen_at = now() - interval '2 hours'")

        with transaction() as tx, counted(tx.session) as statements:
            identity.known(tx.session, people, **OURS)

        assert len(statements) == 2
