"""Put down what came back of a batch of requests: their slots first, then their outcomes, however often it takes."""

import asyncio
import logging
from collections.abc import Sequence

from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from campotech_wa.errors import MetaRefused
from campotech_wa.services import attachments
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import record
from campotech_wa.services.deliver.parcel import Landed, Parcel, never_left
from campotech_wa.signals import pace

log = logging.getLogger(__name__)

_PAUSES = (0.1, 0.5, 1, 2, 5, 10)
"""Seconds between the tries to record outcomes; PostgreSQL is back from a crash within a few."""


async def put_down(landed: Sequence[Landed], channel: Credentials) -> None:
    """Free the slots and record the outcomes of parcels of one channel."""
    await asyncio.to_thread(_free, landed)
    await _persist(landed)
    for parcel, outcome in landed:
        if isinstance(outcome, MetaRefused) and parcel.has_files:
            await asyncio.to_thread(_forget_uploads, parcel, channel)


def _free(landed: Sequence[Landed]) -> None:
    """Tell the pace what has been answered, and what never left."""
    window = landed[0][0].window
    unsent = [parcel.slot for parcel, outcome in landed if never_left(outcome)]
    sent = [parcel.slot for parcel, outcome in landed if not never_left(outcome)]
    try:
        pace.finished(window, sent)
        pace.returned(window, unsent)
    except RedisError as fault:
        log.warning("slots stay taken", extra={"error_type": type(fault).__name__})


async def _persist(landed: Sequence[Landed]) -> None:
    """Keep trying to write outcomes down: PostgreSQL may be starting again.

    If it stays away, the leases end, and statuses of Meta's settle the messages.
    """
    for pause in _PAUSES:
        try:
            return await asyncio.to_thread(_record, landed)
        except (OperationalError, PoolTimeout) as fault:
            log.warning(
                "outcomes not recorded yet",
                extra={"channel_id": landed[0][0].channel_id, "error_type": type(fault).__name__},
            )
            await asyncio.sleep(pause)
    log.error("outcomes not recorded", extra={"channel_id": landed[0][0].channel_id})
    return None


def _record(landed: Sequence[Landed]) -> None:
    """Record outcomes; where one of them can not be, for a reason of its own, the others are all the same.

    Raises:
        OperationalError, PoolTimeout: PostgreSQL is away; safe to call again with all of them.
    """
    try:
        record.outcomes(landed)
    except (OperationalError, PoolTimeout):
        raise
    except Exception as fault:  # noqa: BLE001  (whatever it is, it must not cost the other outcomes)
        if len(landed) == 1:
            # Its text may quote content.
            log.error(  # noqa: TRY400
                "outcome lost",
                extra={"message_id": landed[0][0].message_id, "error_type": type(fault).__name__},
            )
            return
        for half in (landed[: len(landed) // 2], landed[len(landed) // 2 :]):
            _record(half)


def _forget_uploads(parcel: Parcel, channel: Credentials) -> None:
    """Have the files put up anew if a person asks for the message again; the outcome hangs on none of it."""
    try:
        attachments.forget_uploads(parcel.content, channel)
    except SQLAlchemyError as fault:
        log.warning(
            "uploads not forgotten",
            extra={"message_id": parcel.message_id, "error_type": type(fault).__name__},
        )
