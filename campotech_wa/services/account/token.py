"""What the access token of a number may do, and until when."""

from dataclasses import dataclass

from campotech_wa.domain.access import Actor
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.account import tokens, waba
from campotech_wa.meta.account.tokens import Token
from campotech_wa.services.account.line import opened


@dataclass(frozen=True, slots=True)
class Inspected:
    """The token, and what it lacks."""

    token: Token
    missing_scopes: tuple[str, ...]
    reaches_account: bool


def inspect(actor: Actor, phone_number_id: str) -> Inspected:
    """Ask Meta about the token of a number.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: nobody has told which app the token belongs to.
        MetaError: Meta refused or failed.
    """
    with opened(actor, phone_number_id) as line:
        channel = line.channel
        app_id = channel.app_id or waba.only_app(line.graph, channel.waba_id)
        if not app_id:
            raise InvalidInput("app_id", field="app_id", detail="Tell the app id of the channel first.")
        found = tokens.inspect(line.graph, channel.access_token, app_id=app_id, app_secret=channel.app_secret)
        return Inspected(found, found.missing(), found.reaches(channel.waba_id))
