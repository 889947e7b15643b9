"""The part of the settings page about alerts and panic: where alerts go, and when they begin."""

from typing import Any

import reflex as rx

from campotech_wa.domain.access import Permission
from campotech_wa.panic_views import AlertSettings, ChannelThresholds
from campotech_wa.services.alerts import choosing, showing
from campotech_wa.ui import toasts, typed
from campotech_wa.ui.bridge import Read, directly, in_thread
from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.states.settings import PATH


class Alerting(Desk):
    """What an admin has chosen of alerts; an agent's holds nothing."""

    email: str = ""
    webhook_url: str = ""
    can_mail: bool = True
    thresholds: list[ChannelThresholds] = []
    signing_key: str = ""
    """Of a web address that was just entered; it is shown until the page is left."""

    @rx.var
    def lacks_mail(self) -> bool:
        """Whether no e-mail can leave."""
        return not self.can_mail

    @rx.event
    async def enter(self) -> None:
        """Show the settings page."""
        await self._actor()
        self.signing_key = ""
        await self._refresh()

    @rx.event
    async def send_to(self, form: dict[str, Any]) -> rx.event.EventSpec:
        """Choose where alerts go."""
        actor = await self._actor()
        email, url = str(form.get("email") or ""), str(form.get("webhook_url") or "")
        self.signing_key = await in_thread(choosing.send_to, actor, email=email, webhook_url=url) or ""
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    @rx.event
    async def choose(self, form: dict[str, Any]) -> rx.event.EventSpec:
        """Choose when a number stops, and when it alerts."""
        actor = await self._actor()
        wanted = {name: typed.number(form.get(name)) for name in choosing.RANGES if name in form}
        await in_thread(choosing.choose, actor, str(form.get("phone_number_id")), wanted)
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        if actor.may(Permission.OPERATE) and self.router.url.path.rstrip("/") == PATH:
            key = ("alert_settings", actor.organization_id)
            self._show(await read(key, showing.sent_to, actor))

    def _show(self, chosen: AlertSettings) -> None:
        self.email, self.webhook_url = chosen.email, chosen.webhook_url
        self.can_mail, self.thresholds = chosen.can_mail, list(chosen.thresholds)
