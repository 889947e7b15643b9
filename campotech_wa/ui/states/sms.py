"""The part of the settings page about SMS: how it is set up, and a test."""

from typing import Any

import reflex as rx

from campotech_wa.domain.access import Permission
from campotech_wa.services import sms
from campotech_wa.services.sms import Wish
from campotech_wa.ui import toasts, typed
from campotech_wa.ui.bridge import Read, directly, in_thread
from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.states.settings import PATH
from campotech_wa.views import SmsForm


class Sms(Desk):
    """How SMS are set up, as an admin sees it; an agent's holds nothing. The token never comes here."""

    form: SmsForm = SmsForm()
    is_testing: bool = False

    @rx.event
    async def enter(self) -> None:
        """Show the settings page."""
        await self._actor()
        self.is_testing = False
        await self._refresh()

    @rx.event
    async def save(self, form: dict[str, Any]) -> rx.event.EventSpec:
        """Change how SMS are set up; the token passes through and stays nowhere."""
        actor = await self._actor()
        await in_thread(sms.save, actor, _wish(form))
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    @rx.event
    async def test(self, form: dict[str, Any]) -> rx.event.EventCallback[()]:
        """Show that a test is under way, then send it: that may take long, and the tab stays usable."""
        await self._actor()
        self.is_testing = True
        return Sms.send_test(str(form.get("number") or ""))

    @rx.event(background=True)
    async def send_test(self, number: str) -> rx.event.EventSpec:
        """Send a test SMS, and say what came of it."""
        actor = await self._actor()
        try:
            failure = await sms.try_out(actor, str(number))
        finally:
            async with self:
                self.is_testing = False
        if failure:
            return toasts.failed(failure)
        return toasts.done("sms_test_sent", locale=self.locale)

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        if actor.may(Permission.OPERATE) and self.router.url.path.rstrip("/") == PATH:
            self.form = await read(("sms", actor.organization_id), sms.form, actor)


def _wish(form: dict[str, Any]) -> Wish:
    def told(name: str) -> str:
        return str(form.get(name) or "").strip()

    minutes = told("undelivered_minutes")
    return Wish(
        is_on=bool(form.get("is_on")),
        account_sid=told("account_sid"),
        auth_token=told("auth_token"),
        sender=told("sender"),
        base_url=told("base_url").rstrip("/"),
        undelivered_minutes=typed.number(minutes) if minutes else None,
        monthly_cap=typed.number(told("monthly_cap")),
        per_minute=typed.number(told("per_minute")),
    )
