"""The customer service window: 24 hours from the customer's last message (reference sending.md, section 1.3)."""

from datetime import datetime, timedelta

CUSTOMER_SERVICE_WINDOW = timedelta(hours=24)


def expires_at(last_inbound_at: datetime | None) -> datetime | None:
    """Return when the window closes, or None when the customer has never written.

    ``last_inbound_at`` is Meta's timestamp of the message, not the time at which we learnt of it.
    """
    return None if last_inbound_at is None else last_inbound_at + CUSTOMER_SERVICE_WINDOW


def is_open(last_inbound_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether free text may be sent at ``now``."""
    closes = expires_at(last_inbound_at)
    return closes is not None and now < closes
