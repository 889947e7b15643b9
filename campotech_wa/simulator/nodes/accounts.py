"""Tell about a WhatsApp business account, its numbers, and the app that listens to it."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.nodes import phone_numbers
from campotech_wa.simulator.nodes.fields import page, selected
from campotech_wa.simulator.nodes.health import APP_ID
from campotech_wa.simulator.nodes.office import SUCCESS, Office, parameters
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject

_DEFAULTS = ("id", "name", "timezone_id", "message_template_namespace")
_NEVER_TOLD = (
    "auth_international_rate_eligibility",
    "marketing_messages_onboarding_status",
    "on_behalf_of_business_info",
    "subscribed_apps",
    "disable_marketing_messages_on_cloud_api",
)
"""Fields that exist, and that an ordinary account's node leaves out."""


class AccountRoutes:
    """GET phone_numbers; GET, POST and DELETE subscribed_apps (webhooks.md, 1.6)."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        node = "/{version}/{node_id}"
        return [
            Route(f"{node}/phone_numbers", self.list_numbers),
            Route(f"{node}/subscribed_apps", self.subscribe, methods=["POST"]),
            Route(f"{node}/subscribed_apps", self.unsubscribe, methods=["DELETE"]),
            Route(f"{node}/subscribed_apps", self.subscribed_apps),
        ]

    async def list_numbers(self, request: Request) -> JSONResponse:
        """List the account's numbers, each with the fields that were asked for."""
        numbers = map(self._office.world.number, await self._office.account(request))
        listed = [phone_numbers.describe(request, number, self._office) for number in numbers]
        return JSONResponse(page(request, listed))

    async def subscribe(self, request: Request) -> JSONResponse:
        """Subscribe the app, with an address of its own or, without one, again with the app's."""
        channels = await self._office.account(request)
        url = await phone_numbers.accepted_address(await parameters(request), self._office)
        self._office.courier.callbacks.override_account(channels[0].waba_id, url)
        self._office.courier.callbacks.subscribe(channels[0].waba_id)
        return JSONResponse(SUCCESS)

    async def unsubscribe(self, request: Request) -> JSONResponse:
        """Let the account's webhooks go nowhere."""
        channels = await self._office.account(request)
        self._office.courier.callbacks.unsubscribe(channels[0].waba_id)
        return JSONResponse(SUCCESS)

    async def subscribed_apps(self, request: Request) -> JSONResponse:
        """List the one app, if it is subscribed."""
        waba_id = (await self._office.account(request))[0].waba_id
        callbacks = self._office.courier.callbacks
        override = callbacks.of_account(waba_id)
        entry: JsonObject = {"whatsapp_business_api_data": _app()}
        if override:
            entry["override_callback_uri"] = override
        return JSONResponse({"data": [entry] if callbacks.subscribed(waba_id) else []})


def describe(request: Request, channels: Sequence[Channel], office: Office) -> JsonObject:
    """Answer the account's node with the fields that were asked for (sending.md, 4)."""
    channel = channels[0]
    known: JsonObject = {
        "id": channel.waba_id,
        "name": channel.verified_name,
        "status": "ACTIVE",
        "currency": "ARS",
        "country": "AR",
        "timezone_id": "13",
        "business_verification_status": "verified",
        "account_review_status": "APPROVED",
        "message_template_namespace": f"namespace_{channel.waba_id}",
        "ownership_type": "SELF_OWNED",
        "owner_business_info": {"name": channel.verified_name, "id": "500000000000000"},
        "primary_business_location": "AR",
        "is_enabled_for_insights": False,
        "marketing_messages_lite_api_status": "INELIGIBLE",
        "health_status": office.health(channel, channel.waba_id, "WABA"),
        **dict.fromkeys(_NEVER_TOLD),
    }
    return selected(request, known, _DEFAULTS, "WhatsAppBusinessAccount")


def _app() -> JsonObject:
    link = f"https://www.facebook.com/games/?app_id={APP_ID}"
    return {"id": APP_ID, "name": "CampoTech WA", "link": link}
