"""However many workers drain, an SMS leaves once, and no more of them than an admin allows."""

import asyncio
from concurrent.futures import ThreadPoolExecutor, wait

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, OrganizationId
from campotech_wa.services import sms
from campotech_wa.services.sms import claiming
from campotech_wa.store import sms as stored
from campotech_wa.store.transaction import transaction
from tests.integration.desk import PATIENCE, change, one
from tests.integration.sms_desk import Scripted, drain, error_of, state_of_sms, switch_on, undeliverable

US = OrganizationId(1)


def test_one_leaves_only_once_however_many_workers_drain(scripted: Scripted, thread: ConversationId) -> None:
    undeliverable(thread, 12)

    async def crowd() -> None:
        await asyncio.gather(*(asyncio.to_thread(drain) for _ in range(4)))

    asyncio.run(crowd())

    assert one("select count(*) from sms_message where state = 'sent'") == 12
    assert len(scripted.asked) == 12


def test_no_more_leave_in_a_minute_than_an_admin_allows(
    admin: Actor, scripted: Scripted, thread: ConversationId
) -> None:
    switch_on(admin, scripted.url, per_minute=3)
    undeliverable(thread, 5)

    async def crowd() -> None:
        await asyncio.gather(*(asyncio.to_thread(drain) for _ in range(3)))

    asyncio.run(crowd())

    assert len(scripted.asked) == 3
    assert one("select count(*) from sms_message where state = 'waiting'") == 2
    change("update sms_message set left_at = left_at - interval '61 seconds'")
    drain()
    assert len(scripted.asked) == 5


def test_two_workers_never_count_the_limits_at_once(admin: Actor, thread: ConversationId) -> None:
    switch_on(admin)
    undeliverable(thread)

    with ThreadPoolExecutor() as pool:
        with transaction() as tx:
            stored.lock_account(tx.session, organization_id=US)
            claiming_too = pool.submit(claiming.claim, US)
            assert wait([claiming_too], timeout=0.5).not_done
        claimed = claiming_too.result(PATIENCE)

    assert claimed is not None
    assert len(claimed.letters) == 1


def test_a_row_that_somebody_else_holds_holds_up_no_other(admin: Actor, thread: ConversationId) -> None:
    switch_on(admin)
    held, free = undeliverable(thread, 2)

    with ThreadPoolExecutor() as pool, transaction() as tx:
        stored.lock(tx.session, one("select min(id) from sms_message"), organization_id=US)
        claimed = pool.submit(claiming.claim, US).result(PATIENCE)

    assert claimed is not None
    assert (state_of_sms(held), state_of_sms(free)) == ("waiting", "sending")


def test_beyond_the_months_cap_none_leaves(admin: Actor, scripted: Scripted, thread: ConversationId) -> None:
    switch_on(admin, scripted.url, monthly_cap=2)
    message_ids = undeliverable(thread, 3)

    drain()

    assert [state_of_sms(message_id) for message_id in message_ids] == ["sent", "sent", "failed"]
    assert error_of(message_ids[2]) == "monthly_cap"
    assert sms.form(admin).used == 2


def test_last_months_do_not_count(admin: Actor, scripted: Scripted, thread: ConversationId) -> None:
    switch_on(admin, scripted.url, monthly_cap=1)
    undeliverable(thread)
    drain()
    change("update sms_message set left_at = date_trunc('month', now()) - interval '1 day'")
    undeliverable(thread)

    drain()

    assert len(scripted.asked) == 2
