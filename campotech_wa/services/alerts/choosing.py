"""Choose where alerts go, and when a number panics or alerts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campotech_wa import settings
from campotech_wa.courier import addresses, mail
from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId, PhoneNumberId
from campotech_wa.domain.panic import Thresholds
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.signals import live
from campotech_wa.store import alerts, channels, flows
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.vault import seal


@dataclass(frozen=True, slots=True)
class _Range:
    least: int
    most: int


RANGES: Mapping[str, _Range] = {
    "panic_minutes": _Range(1, 1440),
    "panic_percent": _Range(5, 95),
    "alert_percent": _Range(1, 95),
    "alert_waiting": _Range(1, 1000),
    "alert_minutes": _Range(1, 1440),
}
"""What may be chosen; a panic at every failure, or never, helps nobody."""


def send_to(actor: Actor, *, email: str, webhook_url: str) -> str | None:
    """Send alerts to an e-mail address, a web address, both or neither.

    Returns the secret that signs what is posted when the web address is a new one: it is shown this once.

    Raises:
        NotAllowed: only admins may.
        InvalidInput: one of them is no such address, or the web address can not be found.
    """
    actor.require(Permission.OPERATE)
    wanted_email, wanted_url = storable.text(email).strip(), storable.text(webhook_url).strip()
    if wanted_email:
        mail.check(wanted_email)
    is_new = bool(wanted_url) and wanted_url != _posted_to(actor)
    if is_new:
        addresses.find(wanted_url, is_development=settings.get().is_development)
    secret = secrets.token_urlsafe(32) if is_new else None
    with transaction() as tx:
        values: dict[str, Any] = {"email": wanted_email, "webhook_url": wanted_url}
        values |= {"webhook_secret": seal(secret)} if secret else {}
        alerts.put_address(tx.session, values, organization_id=actor.organization_id)
        tx.after_commit(live.publish, live.Changed(actor.organization_id))
    return secret


def _posted_to(actor: Actor) -> str:
    with reading() as session:
        known = alerts.address(session, organization_id=actor.organization_id)
    return known.webhook_url if known else ""


def choose(actor: Actor, phone_number_id: str, wanted: Mapping[str, int]) -> None:
    """Set when a number panics and alerts; what is not named stays.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: a value is out of its range.
    """
    actor.require(Permission.OPERATE)
    for name, value in wanted.items():
        _ensure(name, value)
    number = PhoneNumberId(storable.text(phone_number_id))
    chosen = {name: value for name, value in wanted.items() if name in Thresholds.__slots__}
    with transaction() as tx:
        channel = channels.by_number(tx.session, number, organization_id=actor.organization_id)
        if channel is None:
            raise NotFound("No such number in this organization.")
        flows.configure(
            tx.session,
            ChannelId(channel.id or 0),
            chosen,
            panic_minutes=wanted.get("panic_minutes"),
            organization_id=actor.organization_id,
        )
        tx.after_commit(live.publish, live.Changed(actor.organization_id))


def _ensure(name: str, value: int) -> None:
    allowed = RANGES.get(name)
    if allowed is None:
        raise InvalidInput("unknown_value", field=name, detail=f"{name} is no threshold.")
    if not allowed.least <= value <= allowed.most:
        limit = allowed.least if value < allowed.least else allowed.most
        code = "too_small" if value < allowed.least else "too_big"
        raise InvalidInput(
            code,
            field=name,
            detail=f"{name} must be between {allowed.least} and {allowed.most}.",
            limit=limit,
        )
