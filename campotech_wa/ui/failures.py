"""What a tab is told when a handler of it fails."""

import logging

import reflex as rx
from reflex_base.event.context import EventContext

from campotech_wa.domain import cookies, meta_errors, wording_gate, wording_input
from campotech_wa.domain.locale import ENGLISH, SPANISH
from campotech_wa.errors import (
    CampotechError,
    InvalidInput,
    MetaError,
    NotAllowed,
    NotAuthenticated,
    NotFound,
)
from campotech_wa.ui import toasts
from campotech_wa.ui.text import english, spanish

log = logging.getLogger(__name__)


def answer(exception: Exception) -> rx.event.EventSpec:
    """Send strangers to the login page; tell everybody else in one sentence, and the log without content."""
    if isinstance(exception, NotAuthenticated):
        return rx.redirect("/login")
    if not isinstance(exception, CampotechError):
        log.error("handler failed", exc_info=exception)
    return toasts.failed(sentence(exception, _locale()))


def report(exception: Exception) -> None:
    """Note that a page broke in some browser; what the browser says of it may quote content and stays out."""
    log.warning("page failed in a browser", extra={"error_type": type(exception).__name__})


def sentence(error: Exception, locale: str) -> str:
    """Say what went wrong to whoever acted."""
    words = english.ENGLISH if locale == ENGLISH else spanish.SPANISH
    match error:
        case InvalidInput():
            known = wording_input.refusal(error.code, error.field, error.limit, error.count, locale)
            known = known or wording_gate.refusal(error.code, locale)
            return known or words.get(f"refused_{error.code}", words["refused"])
        case NotAllowed():
            return words["not_allowed"]
        case NotFound():
            return words["gone"]
        case MetaError(code=int(code)):
            return meta_errors.find(code).sentence(locale)
        case _:
            return words["fault"]


def _locale() -> str:
    """Return the language of the browser that asked; Spanish where it says nothing we know."""
    try:
        headers = EventContext.get().router_data.get("headers", {})
    except LookupError:
        return SPANISH
    return ENGLISH if cookies.read(headers.get("cookie", ""), cookies.LOCALE) == ENGLISH else SPANISH
