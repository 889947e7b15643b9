"""Keep a number's settings: identity check, calling, storage, commerce, and what a new chat offers."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.nodes.office import SUCCESS, Office, parameters
from campotech_wa.simulator.shapes import JsonObject, as_array, as_object

SETTINGS = ("calling", "user_identity_change", "storage_configuration", "payload_encryption")
_USUAL: dict[str, JsonObject] = {
    "calling": {
        "status": "disabled",
        "call_icon_visibility": "visible",
        "ip_addresses": {"default": []},
        "callback_permission_status": "disabled",
    },
    "user_identity_change": {"enable_identity_key_check": False},
    "storage_configuration": {"status": "default"},
}
_COMMERCE = ("is_cart_enabled", "is_catalog_visible")
MOST_PROMPTS, MAX_PROMPT = 4, 80
MOST_COMMANDS, MAX_COMMAND, MAX_COMMAND_DESCRIPTION = 30, 32, 256


class PreferenceRoutes:
    """GET and POST settings and whatsapp_commerce_settings, POST conversational_automation (sending.md, 4, 5)."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        node = "/{version}/{node_id}"
        return [
            Route(f"{node}/settings", self.change, methods=["POST"]),
            Route(f"{node}/settings", self.show),
            Route(f"{node}/whatsapp_commerce_settings", self.change_commerce, methods=["POST"]),
            Route(f"{node}/whatsapp_commerce_settings", self.show_commerce),
            Route(f"{node}/conversational_automation", self.automate, methods=["POST"]),
        ]

    async def show(self, request: Request) -> JSONResponse:
        """Answer every setting."""
        number = await self._office.number(request)
        set_here = {key: as_object(number.settings.get(key)) or {} for key in SETTINGS}
        told = {key: {**_USUAL.get(key, {}), **value} for key, value in set_here.items()}
        return JSONResponse({key: value for key, value in told.items() if value})

    async def change(self, request: Request) -> JSONResponse:
        """Change the settings that are named."""
        number = await self._office.number(request)
        asked = await parameters(request)
        changes = {key: asked.part(key).values for key in SETTINGS if asked.has(key)}
        if not changes:
            raise refusal(100, f"One of {', '.join(SETTINGS)} is required.")
        number.settings.update(changes)
        return JSONResponse(SUCCESS)

    async def show_commerce(self, request: Request) -> JSONResponse:
        """Answer whether customers see a cart and a catalog."""
        number = await self._office.number(request)
        told = {key: number.settings.get(key, False) for key in _COMMERCE}
        return JSONResponse({"data": [{**told, "id": number.id}]})

    async def change_commerce(self, request: Request) -> JSONResponse:
        """Show or hide cart and catalog; in an address a boolean is a word."""
        number = await self._office.number(request)
        asked = await parameters(request)
        for key in _COMMERCE:
            if asked.has(key):
                number.settings[key] = str(asked.values[key]).lower() == "true"
        return JSONResponse(SUCCESS)

    async def automate(self, request: Request) -> JSONResponse:
        """Set the prompts and commands that a chat begins with."""
        number = await self._office.number(request)
        asked = await parameters(request)
        if asked.has("prompts"):
            number.automation["prompts"] = _prompts(asked)
        if asked.has("commands"):
            number.automation["commands"] = [
                _command(each) for each in asked.parts("commands", most=MOST_COMMANDS)
            ]
        return JSONResponse(SUCCESS)


def _prompts(asked: Part) -> list[str]:
    listed = as_array(asked.values["prompts"])
    if listed is None or len(listed) > MOST_PROMPTS:
        raise refusal(131009, f"Param prompts must be an array of at most {MOST_PROMPTS} texts.")
    named = Part({str(position): each for position, each in enumerate(listed)}, "prompts")
    return [named.text(key, most=MAX_PROMPT) for key in named.values]


def _command(command: Part) -> JsonObject:
    return {
        "command_name": command.text("command_name", most=MAX_COMMAND),
        "command_description": command.text("command_description", most=MAX_COMMAND_DESCRIPTION),
    }
