"""What every page of the desk warns of: numbers that stand still, and for admins whatever else goes wrong."""

import reflex as rx

from campotech_wa.domain.alerts import Kind
from campotech_wa.panic_views import AlertLine, PanicBanner
from campotech_wa.services.alerts import showing as alerts
from campotech_wa.services.panic import showing as panic
from campotech_wa.ui.bridge import Read, directly
from campotech_wa.ui.states.desk import Desk


class Alarms(Desk):
    """The banners above the page and the bell beside it. It changes nothing."""

    banners: list[PanicBanner] = []
    alerts: list[AlertLine] = []

    @rx.var
    def alert_count(self) -> int:
        """How many alerts are not over."""
        return len(self.alerts)

    @rx.var
    def other_alerts(self) -> list[AlertLine]:
        """Those of which no banner tells: all but the panics."""
        return [each for each in self.alerts if each.kind != Kind.PANIC]

    @rx.var
    def has_other_alerts(self) -> bool:
        """Whether there are any."""
        return bool(self.other_alerts)

    @rx.event
    async def enter(self) -> None:
        """Show them with the page that has just been opened."""
        await self._actor()
        await self._refresh()

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        whose = (actor.organization_id, actor.role, actor.locale, actor.timezone)
        banners = list(await read(("panic", *whose), panic.banners, actor))
        lines = list(await read(("alerts", *whose), alerts.lines, actor))
        if self.banners != banners:
            self.banners = banners
        if self.alerts != lines:
            self.alerts = lines
