"""Show and change how a business presents itself (sending.md, 5)."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.nodes.office import SUCCESS, Office, parameters
from campotech_wa.simulator.shapes import JsonObject, as_array
from campotech_wa.simulator.world.numbers import Number

LIMITS = {"about": 139, "address": 256, "description": 512, "email": 128}
"""Characters; `about` alone may not be empty."""
MOST_WEBSITES, MAX_WEBSITE = 2, 256
VERTICALS = (
    "UNDEFINED", "OTHER", "AUTO", "BEAUTY", "APPAREL", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GROCERY", "GOVT",
    "HOTEL", "HEALTH", "NONPROFIT", "PROF_SERVICES", "RETAIL", "TRAVEL", "RESTAURANT", "NOT_A_BIZ",
)  # fmt: skip

_SHOWN = ("about", "address", "description", "email", "profile_picture_url", "websites", "vertical")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ProfileRoutes:
    """GET and POST whatsapp_business_profile."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        path = "/{version}/{node_id}/whatsapp_business_profile"
        return [Route(path, self.change, methods=["POST"]), Route(path, self.show)]

    async def show(self, request: Request) -> JSONResponse:
        """Answer the fields that were asked for, as far as they were ever set."""
        number = await self._office.number(request)
        names = [name.strip() for name in request.query_params.get("fields", "").split(",") if name.strip()]
        if unknown := sorted(set(names) - {*_SHOWN, "messaging_product", "id"}):
            raise refusal(
                100, f"Tried accessing nonexisting field ({unknown[0]}) on node type (BusinessProfile)."
            )
        wanted = {*names, "messaging_product"}
        return JSONResponse({"data": [{key: each for key, each in number.profile.items() if key in wanted}]})

    async def change(self, request: Request) -> JSONResponse:
        """Change the fields that are named; an empty text clears one."""
        number = await self._office.number(request)
        asked = await parameters(request)
        asked.choice("messaging_product", ("whatsapp",))
        changes = _checked(asked)
        _apply(number, changes)
        return JSONResponse(SUCCESS)


def _checked(asked: Part) -> JsonObject:
    changes: JsonObject = {key: _text(asked, key) for key in LIMITS if asked.has(key)}
    if asked.has("vertical"):
        changes["vertical"] = asked.choice("vertical", VERTICALS)
    if asked.has("websites"):
        changes["websites"] = _websites(asked)
    if asked.has("profile_picture_handle"):
        handle = asked.text("profile_picture_handle")
        if not handle.startswith("4::"):
            raise refusal(131009, "Param profile_picture_handle is not a handle of an upload.")
        changes["profile_picture_url"] = f"https://pps.whatsapp.net/v/{handle.removeprefix('4::')}"
    return changes


def _text(asked: Part, key: str) -> str:
    if asked.values[key] == "" and key != "about":
        return ""
    value = asked.text(key, most=LIMITS[key])
    if key == "email" and not _EMAIL.fullmatch(value):
        raise refusal(131009, "Param email is not a valid email address.")
    return value


def _websites(asked: Part) -> list[str]:
    listed = as_array(asked.values["websites"])
    if listed is None or len(listed) > MOST_WEBSITES:
        raise refusal(131009, f"Param websites must be an array of at most {MOST_WEBSITES} addresses.")
    named = Part({str(position): each for position, each in enumerate(listed)}, "websites")
    return [named.link(key, most=MAX_WEBSITE) for key in named.values]


def _apply(number: Number, changes: JsonObject) -> None:
    for key, value in changes.items():
        if value:
            number.profile[key] = value
        else:
            number.profile.pop(key, None)
