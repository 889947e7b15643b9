"""Carry one admitted parcel to Meta: payload in, outcome out; files are put up before it is let in."""

import asyncio
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from campotech_wa import clock
from campotech_wa.errors import MetaBusy, MetaError
from campotech_wa.meta.client import LONGEST_REQUEST, GraphClient
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import admission, claim
from campotech_wa.services.deliver.admission import Terms
from campotech_wa.services.deliver.loading import Loading
from campotech_wa.services.deliver.parcel import Outcome, Parcel
from campotech_wa.services.deliver.room import Room

_LATEST = claim.LEASE - timedelta(seconds=LONGEST_REQUEST + 5)
"""After its claim: a process that stood still for longer may have lost the message to another one."""


async def send(parcel: Parcel, channel: Credentials, client: GraphClient) -> Outcome | None:
    """Send a parcel that has been let in; None when its lease could end before the request does."""
    if clock.now() - parcel.claimed_at > _LATEST:
        await asyncio.to_thread(admission.put_back, [parcel])
        return None
    try:
        return await client.send(channel.phone_number_id, parcel.payload(), access_token=channel.access_token)
    except MetaError as fault:
        return fault


async def send_with_files(
    parcel: Parcel, channel: Credentials, client: GraphClient, loading: Loading, terms: Terms, room: Room
) -> Outcome | None:
    """Put the files of a parcel up, have it let in, and send it; None when it had to go back, or is not ours now.

    It has a place in the room only for its request: an upload may take ten minutes, and texts must not wait for it.
    """
    try:
        payload = await loading.payload(parcel)
        async with room.place():
            if not await asyncio.to_thread(claim.keep, [parcel]):
                return None
            admitted = await asyncio.to_thread(admission.admit, [parcel], terms)
            if not admitted.parcels:
                return None
            return await client.send(channel.phone_number_id, payload, access_token=channel.access_token)
    except (*admission.UNKNOWN, SQLAlchemyError) as fault:
        return MetaBusy(f"It can not be let in now: {type(fault).__name__}.")
    except MetaError as fault:
        return fault
