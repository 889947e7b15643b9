"""Compose the web process: the app, its routes, its lifespan tasks and its pages; nothing else."""

import reflex as rx

from campotech_wa.ui import failures, live, refresh, theme
from campotech_wa.ui.components import trouble
from campotech_wa.ui.guard import SessionGuard
from campotech_wa.ui.pages.inbox import conversation, inbox
from campotech_wa.ui.pages.login import login
from campotech_wa.ui.pages.queue import queue
from campotech_wa.ui.pages.settings import settings
from campotech_wa.ui.states.alarms import Alarms
from campotech_wa.ui.states.alert_settings import Alerting
from campotech_wa.ui.states.conversation import Conversation
from campotech_wa.ui.states.desk import Login
from campotech_wa.ui.states.identity import Identity
from campotech_wa.ui.states.inbox import Inbox
from campotech_wa.ui.states.queue import Queue
from campotech_wa.ui.states.settings import Settings
from campotech_wa.ui.states.sms import Sms
from campotech_wa.web import app as web

TITLE = "CampoTech WA"

app = rx.App(
    stylesheets=theme.STYLESHEETS,
    head_components=theme.HEAD,
    html_lang="es-AR",
    app_wraps=trouble.wraps(),
    api_transformer=web.create(),
    backend_exception_handler=failures.answer,
    frontend_exception_handler=failures.report,
)
app.add_middleware(SessionGuard())


async def keep_tabs_true() -> None:
    """Refresh the open tabs of this process for as long as it lives."""
    await live.listen(refresh.of(app))


app.register_lifespan_task(keep_tabs_true)  # pyright: ignore[reportUnknownMemberType]  (Reflex's own signature)

PAGES = {
    "/": (inbox, [Inbox.enter, Alarms.enter, Conversation.leave]),
    "/conversations/[conversation_id]": (
        conversation,
        [Inbox.enter, Alarms.enter, Conversation.enter, Identity.enter],
    ),
    "/queue": (queue, [Inbox.enter, Alarms.enter, Queue.enter]),
    "/settings": (settings, [Inbox.enter, Alarms.enter, Settings.enter, Alerting.enter, Sms.enter]),
    "/login": (login, [Login.enter]),
}
"""Each route with what it shows and what happens when it is entered."""

for route, (page, on_load) in PAGES.items():
    app.add_page(page, route, TITLE, on_load=on_load)  # pyright: ignore[reportUnknownMemberType]
