"""Tell about an access token (sending.md, 8)."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.errors import refusal, unauthorized
from campotech_wa.simulator.nodes.health import APP_ID
from campotech_wa.simulator.nodes.office import Office
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject

_SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")


class TokenRoutes:
    """GET debug_token."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        return [Route("/debug_token", self.debug), Route("/{version}/debug_token", self.debug)]

    async def debug(self, request: Request) -> JSONResponse:
        """Tell about a token; the asker shows an app token, `app id|app secret`, or an access token."""
        self._check_asker(request)
        inspected = request.query_params.get("input_token", "")
        if not inspected:
            raise refusal(100, "The parameter input_token is required.")
        channels = self._office.access.of_token(inspected)
        data = _valid_token(channels) if channels else _invalid_token()
        return JSONResponse({"data": data})

    def _check_asker(self, request: Request) -> None:
        shown = request.query_params.get("access_token")
        if shown is None:
            self._office.access.granted(request)
            return
        secrets = {channel.app_secret for channel in self._office.world.channels.values()}
        if shown.partition("|")[2] not in secrets and not self._office.access.of_token(shown):
            raise unauthorized("Invalid OAuth access token signature.")


def _valid_token(channels: Iterable[Channel]) -> JsonObject:
    accounts = sorted({channel.waba_id for channel in channels})
    return {
        "app_id": APP_ID,
        "type": "SYSTEM_USER",
        "application": "CampoTech WA",
        "data_access_expires_at": 0,
        "expires_at": 0,
        "is_valid": True,
        "issued_at": 1764000000,
        "scopes": _SCOPES,
        "granular_scopes": [{"scope": scope, "target_ids": accounts} for scope in _SCOPES],
        "user_id": "400000000000000",
    }


def _invalid_token() -> JsonObject:
    error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
    return {"error": error, "is_valid": False, "scopes": []}
