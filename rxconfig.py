"""Reflex's configuration, readable without secrets: the front end is built before any exist."""

import reflex as rx
from reflex.plugins import SitemapPlugin
from reflex_base.constants import StateManagerMode

from campotech_wa.newer_version import NewerVersion
from campotech_wa.same_origin import SameOrigin
from campotech_wa.settings import Address

address = Address()

config = rx.Config(
    app_name="campotech_wa",
    backend_host=address.host,
    backend_port=address.port,
    frontend_port=address.port,
    cors_allowed_origins=address.allowed_origins,
    transport="websocket",
    state_manager_mode=StateManagerMode.MEMORY,  # a tab's state lives where its websocket ends
    plugins=[SameOrigin(), NewerVersion()],
    disable_plugins=[SitemapPlugin],  # every page is behind a login
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
