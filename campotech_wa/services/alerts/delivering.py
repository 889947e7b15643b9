"""Carry alerts to where organizations want them: claim, call, record, and try again later what did not arrive."""

import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from campotech_wa import clock, settings
from campotech_wa.courier import Undelivered, hook, mail
from campotech_wa.domain import alert_words, alerts
from campotech_wa.domain.alert_words import Words
from campotech_wa.domain.alerts import Event, Kind, Via
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.domain.locale import SPANISH
from campotech_wa.store import alerts as rows
from campotech_wa.store.alerts import Errand
from campotech_wa.store.transaction import transaction
from campotech_wa.vault import unseal

_LEASE = timedelta(minutes=3)
"""Longer than the slowest delivery takes; one whose process died is carried again after it."""

_AT_ONCE = 8
_MOST = 100

log = logging.getLogger(__name__)


def deliver() -> None:
    """Carry everything that is due, of every organization."""
    now = clock.now()
    with transaction() as tx:
        errands = rows.claim_due(tx.session, now=now, until=now + _LEASE, limit=_MOST)
    if errands:
        with ThreadPoolExecutor(_AT_ONCE) as couriers:
            list(couriers.map(_run, errands))


def _run(errand: Errand) -> None:
    try:
        _WAYS[Via(errand.delivery.via)](errand)
    except Undelivered as fault:
        _record(errand, _postponed(errand, str(fault)))
        log.warning(
            "alert not delivered",
            extra={"organization_id": errand.delivery.organization_id, "attempts": errand.delivery.attempts},
        )
    else:
        _record(errand, {"state": "sent", "ended_at": clock.now(), "error": ""})


def _postponed(errand: Errand, error: str) -> dict[str, object]:
    now, delay = clock.now(), alerts.delay(errand.delivery.attempts)
    if delay is None:
        return {"state": "failed", "ended_at": now, "error": error}
    return {"due_at": now + delay, "error": error}


def _record(errand: Errand, values: Mapping[str, object]) -> None:
    delivery = errand.delivery
    with transaction() as tx:
        rows.settle(
            tx.session, delivery.id or 0, values, organization_id=OrganizationId(delivery.organization_id)
        )


def _mail(errand: Errand) -> None:
    if not errand.address.email:
        raise Undelivered("Nobody wants it by e-mail any more.")
    words = _words(errand)
    mail.send(
        settings.get(),
        to=errand.address.email,
        subject=f"{_printable(errand.channel.name)}: {words.headline}",
        body=f"{words.body}\n\n{settings.get().origin}/\n",
    )


def _post(errand: Errand) -> None:
    hook.post(
        errand.address.webhook_url,
        json.dumps(_told(errand), ensure_ascii=False, separators=(",", ":")).encode(),
        secret=unseal(errand.address.webhook_secret),
        at=int(clock.now().timestamp()),
        delivery=str(errand.delivery.id),
        is_development=settings.get().is_development,
    )


_WAYS = {Via.EMAIL: _mail, Via.WEBHOOK: _post}


def _told(errand: Errand) -> dict[str, object]:
    alert, words = errand.alert, _words(errand)
    return {
        "event": f"alert.{errand.delivery.event}",
        "id": alert.id,
        "kind": alert.kind,
        "phone_number_id": errand.channel.phone_number_id,
        "subject": alert.subject,
        "headline": words.headline,
        "text": words.body,
        "detail": alert.detail,
        "raised_at": alert.raised_at.isoformat(),
        "cleared_at": alert.cleared_at and alert.cleared_at.isoformat(),
    }


def _words(errand: Errand) -> Words:
    alert = errand.alert
    words = alert_words.alert(Kind(alert.kind), alert.subject, alert.detail, locale=SPANISH)
    return alert_words.cleared(words, locale=SPANISH) if errand.delivery.event == Event.CLEARED else words


def _printable(name: str) -> str:
    """Keep a name on one line: a header may have no more."""
    return " ".join(name.split())
