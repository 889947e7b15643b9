"""Alerts for admins: raised once, cleared when over, and carried to wherever the organization wants them."""

from campotech_wa.services.alerts.delivering import deliver
from campotech_wa.services.alerts.raising import begin, end
from campotech_wa.services.alerts.watching import watch

__all__ = ["begin", "deliver", "end", "watch"]
