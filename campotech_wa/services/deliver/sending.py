"""Carry one admitted parcel to Meta: payload in, outcome out; files are put up before it is let in."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from campotech_wa.errors import MetaBusy, MetaError
from campotech_wa.meta.client import GraphClient
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import admission, claim
from campotech_wa.services.deliver.admission import Terms
from campotech_wa.services.deliver.loading import Loading
from campotech_wa.services.deliver.parcel import Outcome, Parcel
from campotech_wa.services.deliver.room import Room


async def send(parcel: Parcel, channel: Credentials, client: GraphClient) -> Outcome:
    """Send a parcel that has been let in."""
    try:
        return await client.send(channel.phone_number_id, parcel.payload(), access_token=channel.access_token)
    except MetaError as fault:
        return fault


async def send_with_files(
    parcel: Parcel, channel: Credentials, client: GraphClient, loading: Loading, terms: Terms, room: Room
) -> Outcome | None:
    """Put the files of a parcel up, have it let in, and send it; None when it had to go back into its line.

    It has a place in the room only for its request: an upload may take ten minutes, and texts must not wait for it.
    """
    try:
        payload = await loading.payload(parcel)
        async with room.place():
            await asyncio.to_thread(claim.keep, [parcel])
            admitted = await asyncio.to_thread(admission.admit, [parcel], terms)
            if not admitted.parcels:
                return None
            return await client.send(channel.phone_number_id, payload, access_token=channel.access_token)
    except (*admission.UNKNOWN, SQLAlchemyError) as fault:
        return MetaBusy(f"It can not be let in now: {type(fault).__name__}.")
    except MetaError as fault:
        return fault
