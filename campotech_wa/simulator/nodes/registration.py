"""Register and deregister a number, and verify it with a code (sending.md, 4; errors.md, account)."""

import re
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import GraphError, refusal
from campotech_wa.simulator.nodes.office import SUCCESS, Office, parameters
from campotech_wa.simulator.world.numbers import Number

MOST_REGISTRATIONS = 10
"""Calls to register and deregister in 72 hours; the simulator counts them until it is reset."""
MOST_WRONG_PINS = 5
"""Guesses; Meta's own number is not documented."""

WRONG_PIN, TOO_MANY_PINS, NOT_VERIFIED, TOO_MANY_REGISTRATIONS = 133005, 133008, 133006, 133016
CODE_NOT_SENT, CODE_WRONG = (136024, 2388091), (136025, 2388093)


class RegistrationRoutes:
    """POST register, deregister, request_code and verify_code of a number."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        calls = (self.register, self.deregister, self.request_code, self.verify_code)
        return [Route(f"/{{version}}/{{node_id}}/{call.__name__}", call, methods=["POST"]) for call in calls]

    async def register(self, request: Request) -> JSONResponse:
        """Take the PIN where two-step verification is off, and compare it where it is on."""
        number = await self._office.number(request)
        asked = await parameters(request)
        asked.choice("messaging_product", ("whatsapp",))
        pin = pin_of(asked)
        _count(number)
        if not number.verified:
            raise refusal(NOT_VERIFIED)
        _compare(number, pin)
        number.pin, number.registered = pin, True
        return JSONResponse(SUCCESS)

    async def deregister(self, request: Request) -> JSONResponse:
        """Let the number send no more."""
        number = await self._office.number(request)
        _count(number)
        number.registered = False
        return JSONResponse(SUCCESS)

    async def request_code(self, request: Request) -> JSONResponse:
        """Send a code to a number that is not verified; GET /_sim/numbers shows it."""
        number = await self._office.number(request)
        asked = await parameters(request)
        asked.choice("code_method", ("SMS", "VOICE"))
        asked.text("language")
        if number.verified:
            raise _with_subcode(*CODE_NOT_SENT)
        number.code = f"{secrets.randbelow(10**6):06d}"
        return JSONResponse(SUCCESS)

    async def verify_code(self, request: Request) -> JSONResponse:
        """Compare the code with the one that was sent."""
        number = await self._office.number(request)
        code = (await parameters(request)).text("code").replace("-", "")
        if not number.code or code != number.code:
            raise _with_subcode(*CODE_WRONG)
        number.code, number.verified = "", True
        return JSONResponse({**SUCCESS, "id": number.id})


def pin_of(asked: Part) -> str:
    """Answer the six digits of a PIN."""
    pin = asked.text("pin")
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise refusal(100, "Param pin must be 6 digits.")
    return pin


def _count(number: Number) -> None:
    if number.registrations >= MOST_REGISTRATIONS:
        raise refusal(TOO_MANY_REGISTRATIONS)
    number.registrations += 1


def _compare(number: Number, pin: str) -> None:
    if number.wrong_pins >= MOST_WRONG_PINS:
        raise refusal(TOO_MANY_PINS)
    if number.pin and pin != number.pin:
        number.wrong_pins += 1
        raise refusal(WRONG_PIN)
    number.wrong_pins = 0


def _with_subcode(code: int, subcode: int) -> GraphError:
    error = refusal(code)
    error.subcode = subcode
    return error
