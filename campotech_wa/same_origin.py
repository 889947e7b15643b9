"""Have the compiled pages talk to the address they came from: one build serves every host and port."""

from reflex.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext
from typing_extensions import Unpack

from campotech_wa.reflex_source import STATE_MODULE, replaced

ANCHOR = "  const endpoint = new URL(url_str);\n"
"""In ``getBackendURL``: Reflex writes the address of the build into it, port included."""

SAME_ORIGIN = (
    ANCHOR
    + """\
  if (typeof window !== "undefined") {
    const here = new URL(endpoint.pathname, window.location.origin);
    if (endpoint.protocol.startsWith("ws")) {
      here.protocol = here.protocol === "https:" ? "wss:" : "ws:";
    }
    return here;
  }
"""
)


class SameOrigin(Plugin):
    """Replaces the built-in address of the back end by the address of the page."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Ask for the change of Reflex's own module; it happens when the pages are written."""
        context["add_modify_task"](STATE_MODULE, point_at_page)


def point_at_page(source: str) -> str:
    """Return the module with the change, once.

    Raises:
        ValueError: this version of Reflex finds its back end in another way; the change needs a new look.
    """
    return replaced(source, ANCHOR, SAME_ORIGIN)
