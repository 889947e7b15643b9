"""A line to Meta about one number: who may have it, and with whose credentials."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from campotech_wa import settings
from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.errors import NotFound
from campotech_wa.meta.account.graph import Graph
from campotech_wa.services import credentials
from campotech_wa.services.credentials import Credentials


@dataclass(frozen=True, slots=True)
class Line:
    """A number's credentials, and the Graph API opened with them."""

    channel: Credentials
    graph: Graph

    @property
    def phone_number_id(self) -> PhoneNumberId:
        """Meta's id of the number."""
        return self.channel.phone_number_id


@contextmanager
def opened(actor: Actor, phone_number_id: str) -> Generator[Line]:
    """Open a line about a number of the actor's organization.

    Raises:
        NotAllowed: only admins have one.
        NotFound: the number is not of the actor's organization.
    """
    actor.require(Permission.OPERATE)
    wanted = PhoneNumberId(storable.text(phone_number_id))
    channel = credentials.by_number(wanted, organization_id=actor.organization_id)
    if channel is None:
        raise NotFound("No such number in this organization.")
    with to(channel) as line:
        yield line


@contextmanager
def to(channel: Credentials) -> Generator[Line]:
    """Open a line with credentials that are at hand."""
    with Graph(
        settings.get().graph_url,
        settings.get().graph_version,
        channel.access_token,
        app_secret=channel.app_secret,
    ) as graph:
        yield Line(channel, graph)
