"""Refresh one tab: everything it shows, under its lock, and send what changed."""

import asyncio

import reflex as rx
from reflex.app import App, EventNamespace
from reflex.event import Event
from reflex.state import StateUpdate

from campotech_wa.domain import cookies
from campotech_wa.errors import NotAuthenticated
from campotech_wa.ui.bridge import Read
from campotech_wa.ui.live import Refresh
from campotech_wa.ui.states.alarms import Alarms
from campotech_wa.ui.states.alert_settings import Alerting
from campotech_wa.ui.states.conversation import Conversation
from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.states.identity import Identity
from campotech_wa.ui.states.inbox import Inbox
from campotech_wa.ui.states.queue import Queue
from campotech_wa.ui.states.settings import Settings
from campotech_wa.ui.states.sms import Sms

PARTS = (Inbox, Conversation, Identity, Settings, Queue, Alarms, Alerting, Sms)
"""The states that show what may change."""


def of(app: App) -> Refresh:
    """Return the refresh of an app's tabs."""

    async def refresh(token: str, read: Read) -> bool:
        namespace = app.event_namespace
        if namespace is None or not await namespace._token_manager.is_token_connected(token):  # noqa: SLF001
            return False
        async with app.modify_state(rx.BaseStateToken(ident=token, cls=Desk)) as root:
            if (await root.get_state(Desk))._session != _session_of(namespace, token):  # noqa: SLF001
                return False
            try:
                parts = [await root.get_state(part) for part in PARTS]
                await asyncio.gather(*(part._refresh(read) for part in parts))  # noqa: SLF001
            except NotAuthenticated:
                (await root.get_state(Desk)).reset()
            else:
                return True
        await namespace.emit_update(StateUpdate(events=Event.from_event_type(rx.redirect("/login"))), token)
        return False

    return refresh


def _session_of(namespace: EventNamespace, token: str) -> str:
    """Return the session of the websocket that has the tab now.

    The state remembers the cookie of the last event. Somebody who connects with the token of a closed tab and says
    nothing causes none: the guard would not see them, and they would be sent what the tab's person may read.
    """
    connection = namespace._static_router_data.get(namespace.token_to_sid.get(token, ""), {})  # noqa: SLF001
    return cookies.read(connection.get("headers", {}).get("cookie", ""), cookies.SESSION)
