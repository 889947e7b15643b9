"""What an older version has stored is still there after the migration."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text

from alembic import command
from campotech_wa.embedded import Servers
from campotech_wa.services.migrations import configuration

FIRST_VERSION = """
insert into organization (id, name, timezone, default_area, sends_per_minute) values (1, '', '', '', 50);
insert into channel (id, organization_id, name, display_phone_number, phone_number_id, waba_id, webhook_key,
                     verify_token, app_secret, access_token) values
    (1, 1, '', '', '1', '', 'key', '', '', '');
insert into customer (id, organization_id, wa_id, user_id, match_key, confirmed, profile_name) values
    (1, 1, '5491131234567', null, '', true, ''),
    (2, 1, null, 'AR.1', '', true, ''),
    (3, 1, '5493515123456', null, '', false, '');
insert into conversation (organization_id, channel_id, customer_id, last_inbound_at, last_preview, last_direction,
                          unread_count) values
    (1, 1, 1, now(), '', '', 0), (1, 1, 2, null, '', '', 0), (1, 1, 3, null, '', '', 0)
"""


@pytest.fixture
def upgraded(servers: Servers) -> Iterator[Connection]:
    """A database that the first version wrote, at the newest schema."""
    admin = create_engine(servers.admin_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("drop database if exists upgraded"))
        connection.execute(text("create database upgraded"))
    old = create_engine(admin.url.set(database="upgraded"))
    with old.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text(FIRST_VERSION))
        command.upgrade(config, "head")
        yield connection
    old.dispose()
    admin.dispose()


def test_who_wrote_and_who_is_known_only_by_a_user_id_is_still_known(upgraded: Connection) -> None:
    links: list[Any] = list(
        upgraded.execute(text("select customer_id, wa_id, user_id from customer_link order by customer_id"))
    )

    assert links == [(1, "5491131234567", None), (2, None, "AR.1")]
