"""However many customers there are, and however often they were merged, looking one up costs the same."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import BusinessScopedUserId, OrganizationId, WaId
from campotech_wa.services import customers as people
from campotech_wa.store import blocks, customers, links
from campotech_wa.store.database import engine
from campotech_wa.store.transaction import transaction
from tests.integration.desk import ANA, BETO, change, one
from tests.integration.services.identity.acquaintance import NOON, merged, met, person, undone

pytestmark = pytest.mark.usefixtures("desk")

OURS = OrganizationId(1)


@contextmanager
def plans(session: Session) -> Generator[list[str]]:
    """Note how PostgreSQL would run each statement of a session; it reads a whole table only for want of an index."""
    connection, noted = session.connection(), list[str]()
    connection.exec_driver_sql("set local enable_seqscan = off")

    def note(_: object, __: object, statement: str, parameters: Any, *more: object) -> None:
        if not statement.startswith("explain"):
            lines = connection.exec_driver_sql(f"explain {statement}", parameters).scalars()
            noted.append("\n".join(lines))

    event.listen(connection, "before_cursor_execute", note)
    yield noted


@contextmanager
def statements() -> Generator[list[str]]:
    """Note every statement that reaches the database."""
    noted: list[str] = []

    def note(_: object, __: object, statement: str, *more: object) -> None:
        noted.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield noted
    finally:
        event.remove(engine(), "before_cursor_execute", note)


def by_user_id(session: Session) -> None:
    links.by_user_id(session, BusinessScopedUserId("AR.1"), organization_id=OURS)


def by_a_former_number(session: Session) -> None:
    customers.gave_up(session, WaId("549"), NOON, organization_id=OURS)


def by_a_blocked_id(session: Session) -> None:
    blocks.mark(session, ["AR.1", "549"], organization_id=OURS, blocked_at=None)


BY_USER_ID = "ix_customer_link_organization_id_user_id"


@pytest.mark.parametrize(
    ("look_up", "indexes"),
    [
        (by_user_id, [BY_USER_ID]),
        (by_a_former_number, ["ix_former_number_organization_id_wa_id"]),
        (by_a_blocked_id, [BY_USER_ID, "uq_customer_organization_id_wa_id"]),
    ],
)
def test_a_lookup_has_an_index(look_up: Callable[[Session], None], indexes: list[str]) -> None:
    with transaction() as tx, plans(tx.session) as noted:
        look_up(tx.session)

    [plan] = noted
    assert [index for index in indexes if index not in plan] == []
    assert "Seq Scan" not in plan


def test_a_customer_with_many_merges_is_described_in_as_many_statements(admin: Actor) -> None:
    ana, beto = met(person(ANA)), met(person(BETO))
    undone(merged(ana, beto))
    with statements() as once:
        people.customer(admin, ana)
    for _ in range(3):
        undone(merged(ana, beto))

    with statements() as often:
        described: Any = people.customer(admin, ana)

    assert len(often) == len(once)
    absorbed = {"id": beto, "name": "Ana", "wa_id": BETO}
    assert [each["absorbed"] for each in described["merges"]] == [absorbed] * 4


def test_only_the_newest_merges_and_former_numbers_are_told(admin: Actor) -> None:
    ana, beto = met(person(ANA)), met(person(BETO))
    newest = merged(ana, beto)
    change(
        "insert into customer_merge (organization_id, survivor_id, absorbed_id, reason, moved, undone_at)"
        " select 1, 1, 2, 'person', '{}', now() from generate_series(1, 120)"
    )
    change(
        "insert into former_number (organization_id, customer_id, wa_id, until)"
        " select 1, 1, n, now() + n * interval '1 s' from generate_series(1, 120) n"
    )
    last = one("select max(id) from customer_merge")

    described: Any = people.customer(admin, ana)

    assert [each["id"] for each in described["merges"]] == list(range(last, last - 100, -1))
    assert newest not in {each["id"] for each in described["merges"]}
    assert [each["wa_id"] for each in described["former_numbers"]] == [str(n) for n in range(120, 20, -1)]
