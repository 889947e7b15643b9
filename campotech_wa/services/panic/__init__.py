"""Panic of a channel: what may be claimed, what outcomes set off, what time brings, what a person decides."""

from campotech_wa.domain.panic import Allowance, Notice
from campotech_wa.services.panic.checking import check
from campotech_wa.services.panic.noticing import noticed
from campotech_wa.services.panic.standing import allowance, share
from campotech_wa.services.panic.watching import watch

__all__ = ["Allowance", "Notice", "allowance", "check", "noticed", "share", "watch"]
