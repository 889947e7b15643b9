"""Give a number a username, and take it away (sending.md, 5)."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.nodes.office import SUCCESS, Office, parameters
from campotech_wa.simulator.world.numbers import Number

TAKEN, TAKEN_BY_OWN_NUMBER = 147001, 147005
_NAME = re.compile(r"[a-z0-9._]{3,30}")


class UsernameRoutes:
    """GET, POST and DELETE username, and GET username_suggestions."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        path = "/{version}/{node_id}/username"
        return [
            Route(path, self.take, methods=["POST"]),
            Route(path, self.give_up, methods=["DELETE"]),
            Route(path, self.show),
            Route(f"{path}_suggestions", self.suggest),
        ]

    async def show(self, request: Request) -> JSONResponse:
        """Answer the name, approved at once; nothing where there is none."""
        number = await self._office.number(request)
        return JSONResponse({"username": number.username, "status": "approved"} if number.username else {})

    async def take(self, request: Request) -> JSONResponse:
        """Take a name that nobody has, or with `transfer_action` one that another own number has."""
        number = await self._office.number(request)
        asked = await parameters(request)
        name = asked.text("username").removeprefix("@")
        transfer = asked.has("transfer_action") and asked.choice(
            "transfer_action", ("none", "force_transfer")
        )
        if not _NAME.fullmatch(name):
            raise refusal(
                131009, "Param username must be 3 to 30 lower-case letters, digits, dots or underscores."
            )
        holder = self._holder(name)
        if holder is not None and holder is not number:
            _release(holder, number, by_force=transfer == "force_transfer")
        number.username = name
        return JSONResponse({"status": "approved"})

    async def give_up(self, request: Request) -> JSONResponse:
        """Go without a name."""
        (await self._office.number(request)).username = ""
        return JSONResponse(SUCCESS)

    async def suggest(self, request: Request) -> JSONResponse:
        """Suggest what the business is called."""
        number = await self._office.number(request)
        plain = re.sub(r"[^a-z0-9]+", "", number.channel.verified_name.lower())
        return JSONResponse({"data": [{"username_suggestions": [plain, f"{plain}.oficial"]}]})

    def _holder(self, name: str) -> Number | None:
        numbers = map(self._office.world.number, self._office.world.channels.values())
        return next((each for each in numbers if each.username == name), None)


def _release(holder: Number, taker: Number, *, by_force: bool) -> None:
    if holder.channel.access_token != taker.channel.access_token:
        raise refusal(TAKEN)
    if not by_force:
        raise refusal(TAKEN_BY_OWN_NUMBER)
    holder.username = ""
