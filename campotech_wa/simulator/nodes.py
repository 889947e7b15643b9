"""Answer what a health check asks Meta about a number, an account, its subscriptions and a token."""

import re
from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator.access import Access, node_id, unknown_path
from campotech_wa.simulator.errors import refusal, unauthorized, unknown_object
from campotech_wa.simulator.media.routes import MediaRoutes
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject

APP_ID = "300000000000000"
"""The one Meta app that every simulated token belongs to."""

_SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")
_NUMBER_DEFAULTS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "last_onboarded_time",
    "webhook_configuration",
)
_ACCOUNT_DEFAULTS = ("name", "timezone_id", "message_template_namespace")


class NodeRoutes:
    """GET /{version}/{id}, its edges, and debug_token (sending.md, 4, 5 and 8)."""

    def __init__(self, access: Access, channels: Iterable[Channel], media: MediaRoutes) -> None:
        self._access, self._channels, self._media = access, tuple(channels), media

    def routes(self) -> list[Route]:
        """Answer the routes; the last one takes what no other does."""
        return [
            Route("/debug_token", self.debug_token),
            Route("/{version}/debug_token", self.debug_token),
            Route("/{version}/{node_id}", self.delete, methods=["DELETE"]),
            Route("/{version}/{node_id}", self.node),
            Route("/{version}/{node_id}/phone_numbers", self.phone_numbers),
            Route("/{version}/{node_id}/subscribed_apps", self.subscribe, methods=["POST"]),
            Route("/{version}/{node_id}/subscribed_apps", self.subscribed_apps),
            Route("/{rest:path}", self.nowhere, methods=["GET", "POST", "DELETE"]),
        ]

    async def delete(self, request: Request) -> Response:
        """Delete a medium, the one kind of object that goes by its id alone."""
        deleted = await self._media.delete(request, self._access.granted(request))
        if deleted is None:
            raise unknown_object(node_id(request), "delete")
        return deleted

    async def node(self, request: Request) -> Response:
        """Answer a phone number, an account or a medium, with the fields that were asked for."""
        wanted = node_id(request)
        channels = self._access.granted(request)
        for channel in channels:
            if channel.phone_number_id == wanted:
                return JSONResponse(_number(channel, request))
            if channel.waba_id == wanted:
                return JSONResponse(_account(channel, request))
        medium = await self._media.resolve(request, channels)
        if medium is None:
            raise unknown_object(wanted, "get")
        return medium

    async def phone_numbers(self, request: Request) -> JSONResponse:
        """List the account's numbers, all on one page."""
        numbers = [_number(channel, request) for channel in self._access.by_account(request)]
        cursors = {"before": "QVFIUjB", "after": "QVFIUjE"}
        return JSONResponse({"data": numbers, "paging": {"cursors": cursors}})

    async def subscribe(self, request: Request) -> JSONResponse:
        """Subscribe the app, as it already is; refuse another callback address, for that is not simulated."""
        self._access.by_account(request)
        if b"override_callback_uri" in await request.body():
            raise refusal(100, "The simulator posts to the webhook_url of its configuration only.")
        return JSONResponse({"success": True})

    async def subscribed_apps(self, request: Request) -> JSONResponse:
        """List the one app."""
        self._access.by_account(request)
        app = {
            "id": APP_ID,
            "name": "CampoTech WA",
            "link": f"https://www.facebook.com/games/?app_id={APP_ID}",
        }
        return JSONResponse({"data": [{"whatsapp_business_api_data": app}]})

    async def debug_token(self, request: Request) -> JSONResponse:
        """Tell about a token; the asker shows an app token, `app id|app secret`, or an access token."""
        self._check_asker(request)
        inspected = request.query_params.get("input_token", "")
        if not inspected:
            raise refusal(100, "The parameter input_token is required.")
        channels = self._access.of_token(inspected)
        data = _valid_token(channels) if channels else _invalid_token()
        return JSONResponse({"data": data})

    async def nowhere(self, request: Request) -> JSONResponse:
        """Refuse what the Graph API has, or has not, and the simulator does not play."""
        self._access.granted(request)
        raise unknown_path(request)

    def _check_asker(self, request: Request) -> None:
        shown = request.query_params.get("access_token")
        if shown is None:
            self._access.granted(request)
            return
        secrets = {channel.app_secret for channel in self._channels}
        if shown.partition("|")[2] not in secrets and not self._access.of_token(shown):
            raise unauthorized("Invalid OAuth access token signature.")


def _number(channel: Channel, request: Request) -> JsonObject:
    known: JsonObject = {
        "verified_name": channel.verified_name,
        "display_phone_number": channel.display_phone_number,
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "quality_rating": "GREEN",
        "quality_score": {"score": "GREEN"},
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "throughput": {"level": "STANDARD"},
        "code_verification_status": "VERIFIED",
        "account_mode": "LIVE",
        "platform_type": "CLOUD_API",
        "is_official_business_account": False,
        "is_pin_enabled": True,
        "is_on_biz_app": False,
        "last_onboarded_time": "2026-01-05T12:00:00+0000",
        "webhook_configuration": {"application": channel.webhook_url},
        "health_status": _health(channel, channel.phone_number_id, "PHONE_NUMBER"),
    }
    return _selected(request, known, _NUMBER_DEFAULTS, channel.phone_number_id, "WhatsAppBusinessPhoneNumber")


def _account(channel: Channel, request: Request) -> JsonObject:
    known: JsonObject = {
        "name": channel.verified_name,
        "status": "ACTIVE",
        "currency": "ARS",
        "country": "AR",
        "timezone_id": "13",
        "business_verification_status": "verified",
        "account_review_status": "APPROVED",
        "message_template_namespace": f"namespace_{channel.waba_id}",
        "ownership_type": "SELF",
        "health_status": _health(channel, channel.waba_id, "WABA"),
    }
    return _selected(request, known, _ACCOUNT_DEFAULTS, channel.waba_id, "WhatsAppBusinessAccount")


def _health(channel: Channel, entity_id: str, entity_type: str) -> JsonObject:
    entities = {entity_id: entity_type, channel.waba_id: "WABA", APP_ID: "APP"}
    described = [
        {"entity_type": kind, "id": each, "can_send_message": "AVAILABLE"} for each, kind in entities.items()
    ]
    return {"can_send_message": "AVAILABLE", "entities": described}


def _selected(
    request: Request, known: Mapping[str, object], defaults: Iterable[str], object_id: str, node_type: str
) -> JsonObject:
    asked = request.query_params.get("fields", "")
    # "quality_score{score}" asks for a field of a field: its name is what counts here
    names = re.sub(r"\{[^}]*\}", "", asked).split(",") if asked else list(defaults)
    chosen: JsonObject = {}
    for name in (each.strip() for each in names):
        if name not in {"id", *known}:
            raise refusal(100, f"Tried accessing nonexisting field ({name}) on node type ({node_type})")
        chosen[name] = known.get(name, object_id)
    return {**chosen, "id": object_id}


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
