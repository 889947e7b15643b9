"""The settings page: numbers with their account at Meta, Meta's news, and dead letters, for admins."""

from typing import Any

import reflex as rx

from campotech_wa.account_views import AccountCard, Notice, ProfileView
from campotech_wa.domain.access import Permission
from campotech_wa.domain.ids import EventId
from campotech_wa.services import attachments, dead_letters
from campotech_wa.services.account import links, overview, profile, refresh, registration, webhook
from campotech_wa.ui import toasts
from campotech_wa.ui.bridge import Read, directly, in_thread
from campotech_wa.ui.states.desk import Desk
from campotech_wa.views import DeadLetter

PATH = "/settings"
FOR_EVER = "0"
"""The choice to keep files for as long as their messages."""

_PROFILE_TEXTS = ("about", "description", "address", "email", "vertical")
_WEBSITES = ("website_1", "website_2")


class Settings(Desk):
    """What the settings page shows. An agent's holds nothing but their own name."""

    cards: list[AccountCard] = []
    notices: list[Notice] = []
    dead: list[DeadLetter] = []
    kept_days: str = FOR_EVER
    """For how many days files are kept."""
    checking: str = ""
    """The number that Meta is being asked about."""

    @rx.var
    def has_dead(self) -> bool:
        """Whether any event waits for a person."""
        return bool(self.dead)

    @rx.var
    def has_notices(self) -> bool:
        """Whether Meta has told anything."""
        return bool(self.notices)

    @rx.event
    async def enter(self) -> None:
        """Show the page."""
        await self._greet()
        self.checking = ""
        await self._refresh()

    @rx.event
    async def replay(self, event_id: int) -> None:
        """Process a dead letter again."""
        actor = await self._actor()
        await in_thread(dead_letters.replay, actor, EventId(int(event_id)))
        await self._refresh()

    @rx.event
    async def keep_files(self, days: str) -> rx.event.EventSpec:
        """Choose for how many days files are kept."""
        actor = await self._actor()
        await in_thread(attachments.keep_for, actor, None if str(days) == FOR_EVER else int(days))
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    @rx.event
    async def check(self, phone_number_id: str) -> rx.event.EventCallback[()]:
        """Show that Meta is being asked, then ask: that may take long, and the tab stays usable."""
        await self._actor()
        self.checking = str(phone_number_id)
        return Settings.ask_meta(self.checking)

    @rx.event(background=True)
    async def ask_meta(self, phone_number_id: str) -> None:
        """Ask Meta about a number; the page learns of the answer as every page does."""
        actor = await self._actor()
        try:
            await in_thread(refresh.now, actor, str(phone_number_id))
        finally:
            async with self:
                self.checking = ""

    @rx.event
    async def connect(self, phone_number_id: str) -> rx.event.EventSpec:
        """Have the messages of a number sent here."""
        actor = await self._actor()
        await in_thread(webhook.subscribe, actor, str(phone_number_id))
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    @rx.event
    async def save_profile(self, form: dict[str, Any]) -> rx.event.EventSpec:
        """Save the business profile as it stands in the form."""
        actor = await self._actor()
        number = str(form.get("phone_number_id"))
        changes = _changes(form, self._shown_profile(number))
        if changes:
            await in_thread(profile.write, actor, number, changes)
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    @rx.event
    async def save_pin(self, form: dict[str, Any]) -> rx.event.EventSpec:
        """Set the two-step PIN; it passes through and stays nowhere."""
        actor = await self._actor()
        number, pin = str(form.get("phone_number_id")), str(form.get("pin") or "")
        await in_thread(registration.set_pin, actor, number, pin)
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    @rx.event
    async def create_link(self, form: dict[str, Any]) -> None:
        """Make a short link."""
        actor = await self._actor()
        words = str(form.get("prefilled_message") or "")
        await in_thread(links.create, actor, str(form.get("phone_number_id")), words)
        await self._refresh()

    @rx.event
    async def delete_link(self, phone_number_id: str, code: str) -> None:
        """Delete a short link."""
        actor = await self._actor()
        await in_thread(links.delete, actor, str(phone_number_id), str(code))
        await self._refresh()

    def _shown_profile(self, phone_number_id: str) -> ProfileView:
        shown = (card.profile for card in self.cards if card.phone_number_id == phone_number_id)
        return next(shown, ProfileView())

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        if actor.may(Permission.OPERATE) and self.router.url.path.rstrip("/") == PATH:
            whose = (actor.organization_id, actor.locale, actor.timezone)
            known = await read(("account", *whose), overview.overview, actor)
            self.cards, self.notices = list(known.cards), list(known.notices)
            days = await read(("kept_days", *whose), attachments.kept_days, actor)
            self.kept_days = str(days) if days else FOR_EVER
            self.dead = list(await read(("dead", *whose), dead_letters.listing, actor))


def _changes(form: dict[str, Any], shown: ProfileView) -> dict[str, object]:
    """Return what the form says otherwise than the page did: what nobody touched is not written over."""
    told = {name: str(form.get(name) or "").strip() for name in _PROFILE_TEXTS + _WEBSITES}
    changes: dict[str, object] = {
        name: told[name] for name in _PROFILE_TEXTS if told[name] != getattr(shown, name)
    }
    if any(told[name] != getattr(shown, name) for name in _WEBSITES):
        changes["websites"] = [told[name] for name in _WEBSITES if told[name]]
    return changes
