"""Whether Meta's webhooks reach us, and how to make them (webhooks.md 1.6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from campotech_wa.domain.access import Actor
from campotech_wa.meta.account import number, waba
from campotech_wa.meta.account.number import Number
from campotech_wa.meta.account.waba import Subscription
from campotech_wa.services.account import refresh, snapshot
from campotech_wa.services.account.line import Line, opened


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Where Meta sends what. ``effective_url`` is where messages go now."""

    is_subscribed: bool
    is_ours: bool
    callback_url: str
    effective_url: str
    apps: tuple[str, ...]

    @property
    def reaches_us(self) -> bool:
        """Whether messages arrive here."""
        return self.is_subscribed and self.is_ours


def check(actor: Actor, phone_number_id: str) -> Subscribed:
    """Ask Meta where the webhooks of a number go.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        return _check(line)


def subscribe(actor: Actor, phone_number_id: str) -> Subscribed:
    """Subscribe our app, with our own address where Meta's setting is another one.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: our address is none that Meta calls.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        is_at_home = _check(line).is_ours
        waba.subscribe(
            line.graph,
            line.channel.waba_id,
            callback_url="" if is_at_home else line.channel.callback_url,
            verify_token=line.channel.verify_token,
        )
        return _look_again(line)


def unsubscribe(actor: Actor, phone_number_id: str) -> Subscribed:
    """Unsubscribe our app: nothing of the WABA arrives any more.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        waba.unsubscribe(line.graph, line.channel.waba_id)
        return _look_again(line)


def judge(found: Number, subscriptions: Sequence[Subscription], callback_url: str) -> Subscribed:
    """Tell whether webhooks reach us. The number's address goes before the WABA's before the app's."""
    overrides = [each.override_callback_uri for each in subscriptions if each.override_callback_uri]
    configured = found.webhook_configuration
    effective = configured.phone_number or next(iter(overrides), "") or configured.effective
    return Subscribed(
        is_subscribed=bool(subscriptions),
        is_ours=_at_home(effective) == _at_home(callback_url),
        callback_url=callback_url,
        effective_url=effective,
        apps=tuple(each.app.name or each.app.id for each in subscriptions),
    )


def _at_home(url: str) -> str:
    """Write an address so that both names of this machine are one: a demo's Meta may use either."""
    return url.replace("//127.0.0.1", "//localhost", 1)


def _check(line: Line) -> Subscribed:
    return judge(
        number.info(line.graph, line.phone_number_id),
        waba.subscriptions(line.graph, line.channel.waba_id),
        line.channel.callback_url,
    )


def _look_again(line: Line) -> Subscribed:
    for part in (snapshot.NUMBER, snapshot.SUBSCRIPTIONS):
        refresh.part(line, part)
    return _check(line)
