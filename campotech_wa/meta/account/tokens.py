"""What an access token may do, and until when (sending.md 8)."""

from typing import Annotated

from pydantic import Field

from campotech_wa.meta.account.fields import Answer, Flag, Object, Seconds, Text, Texts, ToObjects
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.shapes import as_object

NEEDED = ("whatsapp_business_messaging", "whatsapp_business_management")
"""Without the first nothing is sent; without the second nothing is known or set up."""


class GranularScope(Answer):
    """A scope, and the WABAs that it holds for; none means all."""

    scope: Text = ""
    target_ids: Texts = ()


class Token(Answer):
    """A token, as Meta sees it."""

    app_id: Text = ""
    type: Text = ""
    is_valid: Flag = False
    expires_at: Seconds = 0
    """Unix seconds; 0 is never."""
    data_access_expires_at: Seconds = 0
    scopes: Texts = ()
    granular_scopes: Annotated[tuple[GranularScope, ...], ToObjects] = ()
    user_id: Text = ""
    error: Object = Field(default_factory=dict)

    def missing(self) -> tuple[str, ...]:
        """Return the scopes that we need and it lacks."""
        return tuple(scope for scope in NEEDED if scope not in self.scopes)

    def reaches(self, waba_id: str) -> bool:
        """Tell whether it may act on a WABA; a scope without targets holds for all."""
        named = [scope.target_ids for scope in self.granular_scopes if scope.scope in NEEDED]
        return all(not targets or waba_id in targets for targets in named)


def inspect(graph: Graph, access_token: str, *, app_id: str, app_secret: str) -> Token:
    """Ask Meta about a token, in the name of its app.

    Raises:
        MetaError: Meta refused or failed; 190 when app id and secret do not belong together.
    """
    answer = graph.get(
        "debug_token", query={"input_token": access_token, "access_token": f"{app_id}|{app_secret}"}
    )
    return Token.model_validate(as_object(answer.get("data")))
