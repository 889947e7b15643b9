"""However many customers there are, and however often they were merged, looking one up costs the same."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import BusinessScopedUserId, OrganizationId, WaId
from campotech_wa.store import blocks, customers, links
from campotech_wa.store.transaction import transaction
from tests.integration.services.identity.acquaintance import NOON

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
