"""Ask Meta whether a channel's credentials and account are good, before a customer's message is risked."""

import logging
from concurrent.futures import ThreadPoolExecutor

from campotech_wa import clock, settings
from campotech_wa.domain import panic_probe
from campotech_wa.domain.ids import ChannelId
from campotech_wa.domain.panic import Extent, Phase, Reason
from campotech_wa.errors import MetaBusy, MetaError, MetaRefused
from campotech_wa.meta.account import number, tokens, waba
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.account.health import BLOCKED, Health
from campotech_wa.services import credentials
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.panic import changing
from campotech_wa.store import panics
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.outbox import WaPanic

_AT_ONCE = 8
"""Channels that Meta is asked about at once: an outage stops all of them, and each answer may take seconds."""

log = logging.getLogger(__name__)


def check() -> None:
    """Ask about every panic that is due and ends only when Meta says so; the next message is its probe then."""
    with reading() as session:
        due = [row for row in panics.underway(session, now=clock.now()) if _is_checked(row)]
    if due:
        with ThreadPoolExecutor(_AT_ONCE) as askers:
            list(askers.map(_check, due))


def ensure(channel: Credentials) -> None:
    """Do nothing if the credentials of a channel are good.

    Raises:
        MetaRefused: they are not, or Meta lets the number send nothing.
        MetaError: Meta could not be asked.
    """
    with Graph(
        settings.get().graph_url,
        settings.get().graph_version,
        channel.access_token,
        app_secret=channel.app_secret,
    ) as graph:
        _refuse_blocked(number.health(graph, channel.phone_number_id))
        _refuse_weak_token(graph, channel)


def _check(row: WaPanic) -> None:
    channel = credentials.by_channel(ChannelId(row.channel_id))
    is_good = channel is not None and _is_good(channel)
    with transaction() as tx:
        if is_good:
            changing.probe(tx, row, panic_probe.SIZES[0], now=clock.now())
        else:
            changing.halt(tx, row, now=clock.now())


def _is_good(channel: Credentials) -> bool:
    try:
        ensure(channel)
    except MetaError as fault:
        log.warning(
            "credentials not good yet",
            extra={"channel_id": channel.channel_id, "code": fault.code, "error_type": type(fault).__name__},
        )
        return False
    return True


def _is_checked(row: WaPanic) -> bool:
    is_halted = row.phase == Phase.HALTED
    return is_halted and panic_probe.is_checked_first(Reason(row.reason), Extent(row.lanes))


def _refuse_blocked(health: Health) -> None:
    if health.can_send_message != BLOCKED:
        return
    causes = [cause for entity in health.obstructing() for cause in entity.errors]
    detail = causes[0].error_description if causes else "Meta lets this number send nothing."
    raise MetaRefused(detail, code=causes[0].error_code if causes else None)


def _refuse_weak_token(graph: Graph, channel: Credentials) -> None:
    """Look at the token itself where its app is known; a number can be read with less than sending needs."""
    app_id = channel.app_id or _only_app(graph, channel)
    if not app_id:
        return
    token = tokens.inspect(graph, channel.access_token, app_id=app_id, app_secret=channel.app_secret)
    if not token.is_valid:
        raise MetaRefused("The access token is not valid any more.", code=190)
    if missing := token.missing():
        raise MetaRefused(f"The access token lacks {', '.join(missing)}.", code=10)
    if not token.reaches(channel.waba_id):
        raise MetaRefused("The access token does not reach this WhatsApp account.", code=131005)


def _only_app(graph: Graph, channel: Credentials) -> str:
    try:
        return waba.only_app(graph, channel.waba_id)
    except MetaBusy:
        raise
    except MetaError:
        return ""
