"""Outcomes that landed together are recorded together; one that can not be recorded costs none of the others."""

import asyncio

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, MessageId, Wamid
from campotech_wa.meta.client import Answer
from campotech_wa.services import credentials
from campotech_wa.services.deliver import landing, owed
from campotech_wa.services.deliver.parcel import Parcel
from tests.integration.desk import (
    claimed,
    forbidden,
    hear,
    history_of,
    let_time_pass,
    report,
    rows,
    say,
    state_of,
    status,
    text,
)

FIVE = [f"54911300000{number:02}" for number in range(5)]


def leaving(agent: Actor) -> list[Parcel]:
    """Let five customers have an answer each on its way."""
    for customer in FIVE:
        say(agent, hear(text(sender=customer)))
    return claimed()


def land(parcels: list[Parcel]) -> None:
    """Let Meta have accepted them all at once."""
    channel = credentials.by_channel(ChannelId(1))
    assert channel is not None
    outcomes = [(parcel, Answer(Wamid(f"wamid.{parcel.message_id}"))) for parcel in parcels]
    asyncio.run(landing.put_down(outcomes, channel))


def land_without(parcels: list[Parcel], unlucky: MessageId) -> None:
    """Let PostgreSQL refuse what became of one of them."""
    with forbidden("wa_send_attempt", f"message_id <> {unlucky} or outcome <> 'accepted'"):
        land(parcels)


def test_one_outcome_that_can_not_be_recorded_costs_none_of_the_others(
    agent: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    parcels = leaving(agent)
    unlucky = parcels[3].message_id

    land_without(parcels, unlucky)

    states = {parcel.message_id: state_of(parcel.message_id) for parcel in parcels}
    assert states == {each: "sending" if each == unlucky else "sent" for each in states}
    lost = [record.__dict__["message_id"] for record in caplog.records if record.message == "outcome lost"]
    assert lost == [unlucky]


def test_it_waits_as_unconfirmed_once_its_lease_is_over_and_a_status_settles_it(agent: Actor) -> None:
    parcels = leaving(agent)
    unlucky, slot = parcels[0].message_id, parcels[0].slot
    land_without(parcels, unlucky)

    let_time_pass()
    channel = credentials.by_channel(ChannelId(1))
    assert channel is not None
    owed.settle(channel)

    assert history_of(unlucky) == ["queued", "sending", "unconfirmed"]
    assert rows("select message_id, state from wa_outbound_queue") == [
        {"message_id": unlucky, "state": "unconfirmed"}
    ]
    report(status("wamid.unlucky", "sent", biz_opaque_callback_data=slot))
    assert (state_of(unlucky), rows("select from wa_outbound_queue")) == ("sent", [])
