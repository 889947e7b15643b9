"""Decide whom an access token lets in, before anything else of a Graph request is looked at."""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from starlette.requests import Request

from campotech_wa.simulator.errors import GraphError, unauthorized, unknown_object
from campotech_wa.simulator.graph.hangup import drop
from campotech_wa.simulator.graph.mischief import EdgeError
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.world.conditions import Conditions, Outage

_SCHEMES = frozenset({"bearer", "oauth"})
"""OAuth is how the pages on resumable uploads write it (sending.md, 2)."""
_VERSION = re.compile(r"v[0-9]{1,2}\.[0-9]")


class Access:
    """Knows which channels each token is for, and whether Meta answers it."""

    def __init__(self, channels: Iterable[Channel], conditions: Conditions) -> None:
        self._conditions = conditions
        self._channels: dict[str, list[Channel]] = {}
        for channel in channels:
            self._channels.setdefault(channel.access_token, []).append(channel)

    def granted(self, request: Request) -> Sequence[Channel]:
        """Answer the channels of the request's token; raise GraphError for a missing or wrong one."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() not in _SCHEMES or not token:
            raise unauthorized("An access token is required to request this resource.")
        token = token.strip()
        self._suffer_outage(request, token)
        channels = self.of_token(token)
        if not channels:
            raise unauthorized("Invalid OAuth access token - Cannot parse access token")
        _check_version(request)
        return channels

    def of_token(self, token: str) -> Sequence[Channel]:
        """Answer the channels of this token, none if nobody knows it or it has been revoked."""
        channels = self._channels.get(token, ())
        return () if self._conditions.revoked(each.phone_number_id for each in channels) else channels

    def by_number(self, request: Request) -> Channel:
        """Answer the channel whose phone_number_id stands in the address."""
        wanted = node_id(request)
        for channel in self.granted(request):
            if channel.phone_number_id == wanted:
                return channel
        raise unknown_object(wanted, request.method.lower())

    def _suffer_outage(self, request: Request, token: str) -> None:
        channels = self._channels.get(token, ())
        outage = self._conditions.outage(each.phone_number_id for each in channels)
        if outage is Outage.DROPPED:
            drop(request)
        if outage is not Outage.NONE:
            raise EdgeError(HTTPStatus.SERVICE_UNAVAILABLE)

    def by_account(self, request: Request) -> Sequence[Channel]:
        """Answer the token's channels in the WABA that stands in the address."""
        wanted = node_id(request)
        channels = [channel for channel in self.granted(request) if channel.waba_id == wanted]
        if not channels:
            raise unknown_object(wanted, request.method.lower())
        return channels


def node_id(request: Request) -> str:
    """Answer the id that stands in the address."""
    return str(request.path_params["node_id"])


def _check_version(request: Request) -> None:
    if not _VERSION.fullmatch(str(request.path_params.get("version", "v0.0"))):
        raise unknown_path(request)


def unknown_path(request: Request) -> GraphError:
    """Answer the error of an address that is no part of the Graph API."""
    return GraphError(2500, f"Unknown path components: {request.url.path}")
