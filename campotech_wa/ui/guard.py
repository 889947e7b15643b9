"""The second wall behind every handler: a tab's state never reaches another person's session.

Reflex sends the whole state of a tab to whoever connects with its token, before any handler of ours runs. Here
that state is emptied first, unless it belongs to the very session that is connecting, and that session lives.
"""

from reflex.app import App
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, State, StateUpdate

from campotech_wa.domain import cookies
from campotech_wa.errors import NotAuthenticated
from campotech_wa.services import people
from campotech_wa.ui.bridge import in_thread
from campotech_wa.ui.states.desk import Desk


class SessionGuard(Middleware):
    """Empties a tab's state when the session behind it is another one, or over."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002
        """Look at the session before Reflex handles the event."""
        root = state._get_root_state()  # noqa: SLF001
        desk = await root.get_state(Desk)
        token = cookies.read(desk.router.headers.cookie, cookies.SESSION)
        owner = desk._session  # noqa: SLF001
        if owner and (owner != token or (_is_hydration(event) and not await _is_alive(token))):
            _empty(desk)
        return None


def _empty(desk: Desk) -> None:
    """Give the desk and everything below it back its first values."""
    desk.reset()


def _is_hydration(event: Event) -> bool:
    return event.name.startswith(f"{State.get_full_name()}.hydrate")


async def _is_alive(token: str) -> bool:
    try:
        await in_thread(people.actor_of_session, token)
    except NotAuthenticated:
        return False
    return True
