"""Have the pages say in the person's language that they are out of date: Reflex's own banner speaks English only."""

import json

from reflex.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext
from typing_extensions import Unpack

from campotech_wa.domain import cookies
from campotech_wa.domain.locale import ENGLISH
from campotech_wa.reflex_source import STATE_MODULE, replaced

SAYINGS = {
    'banner.append("A new version of this app is available.")': (
        "banner.append({})",
        "Hay una versión nueva de esta página.",
        "There is a new version of this page.",
    ),
    'button.textContent = "Reload"': ("button.textContent = {}", "Volver a cargar", "Reload"),
}
"""What Reflex says, and what is said instead, in Spanish and in English."""

_IS_ENGLISH = f'document.cookie.split("; ").includes("{cookies.LOCALE}={ENGLISH}")'
"""The banner stands outside of the pages: whoever has not chosen a language reads Spanish, as everywhere."""


class NewerVersion(Plugin):
    """Translates the banner that Reflex shows when a page was built for another version of the product.

    Before it is shown the page has loaded itself anew once, so that few people ever see it: a proxy that keeps old
    files, or two versions behind one address, bring it about.
    """

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Ask for the change of Reflex's own module; it happens when the pages are written."""
        context["add_modify_task"](STATE_MODULE, translate)


def translate(source: str) -> str:
    """Return the module with the banner's words in the person's language, once.

    Raises:
        ValueError: this version of Reflex has another banner.
    """
    for passage, (around, spanish, english) in SAYINGS.items():
        said = f"{_IS_ENGLISH} ? {_quoted(english)} : {_quoted(spanish)}"
        source = replaced(source, passage, around.format(said))
    return source


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
