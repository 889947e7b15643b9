"""Who sits at this tab."""

import reflex as rx

from campotech_wa.domain import cookies
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.locale import ENGLISH, LOCALES, SPANISH
from campotech_wa.errors import NotAuthenticated
from campotech_wa.services import people
from campotech_wa.ui.bridge import Read, Sitting, directly


class Desk(rx.State):
    """The person at this tab, for showing only.

    It does not decide anything: what a handler may do, it asks ``_actor``, which asks the database, every time.
    Names without an underscore would be open to any websocket client.
    """

    locale: str = SPANISH
    person: str = ""
    organization: str = ""
    owner: str = ""
    """Names the person to the browser's own store of unsent messages; no secret."""
    is_admin: bool = False
    _session: str = ""

    @rx.var
    def english(self) -> bool:
        """Whether the page speaks English."""
        return self.locale == ENGLISH

    async def _actor(self, read: Read = directly) -> Actor:
        """Return who acts, from the cookie of the websocket's handshake.

        Raises:
            NotAuthenticated: the session is unknown or over.
        """
        token = self._token()
        return await read(Sitting(token), people.actor_of_session, token)

    async def _greet(self) -> Actor:
        """Return who acts, and show it."""
        actor = await self._actor()
        self.locale, self.person = actor.locale, actor.name
        self.organization = actor.organization_name
        self.owner = f"{actor.organization_id}.{actor.user_id}"
        self.is_admin = actor.may(Permission.OPERATE)
        self._session = self._token()
        return actor

    def _token(self) -> str:
        return cookies.read(self.router.headers.cookie, cookies.SESSION)

    def _chosen_locale(self) -> str:
        chosen = cookies.read(self.router.headers.cookie, cookies.LOCALE)
        return chosen if chosen in LOCALES else SPANISH


class Login(Desk):
    """The login page: its words, and why the last try failed."""

    error: str = ""

    @rx.event
    async def enter(self) -> rx.event.EventSpec | None:
        """Show the page, or skip it for somebody who is logged in."""
        self.locale = self._chosen_locale()
        self.error = self.router.url.query_parameters.get("error", "")
        try:
            await self._actor()
        except NotAuthenticated:
            return None
        return rx.redirect("/")
