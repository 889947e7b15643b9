"""Carry alerts to where organizations want them: claim, call, record, and try again later what did not arrive."""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from campotech_wa import clock, settings
from campotech_wa.courier import Undelivered, hook, mail
from campotech_wa.domain import alert_words, alerts
from campotech_wa.domain.alert_words import Words
from campotech_wa.domain.alerts import Event, Kind, Via
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.domain.locale import SPANISH
from campotech_wa.store import alerts as rows
from campotech_wa.store.alerts import Errand
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.vault import unseal

_LEASE = timedelta(minutes=3)
"""Longer than the slowest delivery takes; one whose process died is carried again after it."""

_AT_ONCE = 8
_MOST = 100

log = logging.getLogger(__name__)


def deliver() -> None:
    """Carry everything that is due, of every organization: what goes by e-mail to one place in one letter."""
    now = clock.now()
    with transaction() as tx:
        errands = rows.claim_due(tx.session, now=now, until=now + _LEASE, limit=_MOST)
    if errands:
        with ThreadPoolExecutor(_AT_ONCE) as couriers:
            list(couriers.map(_run, _bundles(errands)))


def _bundles(errands: Sequence[Errand]) -> list[list[Errand]]:
    """Put together what goes together."""
    bundles: dict[tuple[str, int], list[Errand]] = defaultdict(list)
    for errand in errands:
        delivery = errand.delivery
        is_letter = delivery.via == Via.EMAIL
        bundles[delivery.via, delivery.organization_id if is_letter else delivery.id or 0].append(errand)
    return list(bundles.values())


def _run(bundle: Sequence[Errand]) -> None:
    via = Via(bundle[0].delivery.via)
    if via is Via.EMAIL and (later := _not_before(bundle)):
        _record(bundle, lambda errand: {"due_at": later, "attempts": errand.delivery.attempts - 1})
        return
    try:
        _WAYS[via](bundle)
    except Undelivered as fault:
        error = str(fault)
        _record(bundle, lambda errand: _postponed(errand, error))
        log.warning(
            "alert not delivered",
            extra={
                "organization_id": bundle[0].delivery.organization_id,
                "attempts": bundle[0].delivery.attempts,
            },
        )
    else:
        sent = {"state": "sent", "ended_at": clock.now(), "error": ""}
        _record(bundle, lambda _: sent)


def _not_before(bundle: Sequence[Errand]) -> datetime | None:
    """Return until when a letter waits, because its organization has had many within the hour."""
    now = clock.now()
    whose = OrganizationId(bundle[0].delivery.organization_id)
    with reading() as session:
        letters = rows.letters(session, organization_id=whose, since=now - alerts.HOUR)
    is_panic = any(each.alert.kind == Kind.PANIC and each.delivery.event == Event.RAISED for each in bundle)
    at = alerts.next_letter(letters, is_panic=is_panic, now=now)
    return at if at > now else None


def _postponed(errand: Errand, error: str) -> dict[str, object]:
    now, delay = clock.now(), alerts.delay(errand.delivery.attempts)
    if delay is None:
        return {"state": "failed", "ended_at": now, "error": error}
    return {"due_at": now + delay, "error": error}


def _record(bundle: Sequence[Errand], became: Callable[[Errand], Mapping[str, object]]) -> None:
    with transaction() as tx:
        for errand in bundle:
            whose = OrganizationId(errand.delivery.organization_id)
            rows.settle(tx.session, errand.delivery.id or 0, became(errand), organization_id=whose)


def _mail(bundle: Sequence[Errand]) -> None:
    address = bundle[0].address.email
    if not address:
        raise Undelivered("Nobody wants it by e-mail any more.")
    letter = alert_words.together([_signed(each) for each in bundle], locale=SPANISH)
    mail.send(
        settings.get(),
        to=address,
        subject=letter.headline,
        body=f"{letter.body}\n\n{settings.get().origin}/\n",
    )


def _post(bundle: Sequence[Errand]) -> None:
    [errand] = bundle
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


def _signed(errand: Errand) -> Words:
    """Say which number it is about."""
    words = _words(errand)
    return Words(f"{_printable(errand.channel.name)}: {words.headline}", words.body)


def _printable(name: str) -> str:
    """Keep a name on one line: a header may have no more."""
    return " ".join(name.split())
