"""Keep the list of people whom a number has blocked (sending.md, 5)."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.identifiers import is_user_id
from campotech_wa.simulator.nodes.fields import page
from campotech_wa.simulator.nodes.office import Office, parameters
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world import spellings
from campotech_wa.simulator.world.numbers import Number
from campotech_wa.simulator.world.state import ChatKey, World

SOME_FAILED, LIST_FULL = 139100, 139101
MOST_BLOCKED = 64_000
NOT_RECENT = 139103
"""Only people who wrote in the last 24 hours can be blocked; which code says so is not documented."""


class BlockedRoutes:
    """GET, POST and DELETE block_users."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        path = "/{version}/{node_id}/block_users"
        return [
            Route(path, self.block, methods=["POST"]),
            Route(path, self.unblock, methods=["DELETE"]),
            Route(path, self.show),
        ]

    async def show(self, request: Request) -> JSONResponse:
        """List who is blocked."""
        number = await self._office.number(request)
        listed = [{"messaging_product": "whatsapp", **_known(each)} for each in number.blocked.values()]
        return JSONResponse(page(request, listed))

    async def block(self, request: Request) -> JSONResponse:
        """Block each of them who wrote within a day."""
        number = await self._office.number(request)
        return await self._each(request, number, "added_users", self._block)

    async def unblock(self, request: Request) -> JSONResponse:
        """Unblock each of them who is blocked."""
        number = await self._office.number(request)
        return await self._each(request, number, "removed_users", _unblock)

    async def _each(
        self, request: Request, number: Number, name: str, change: Callable[[Number, str, ChatKey], bool]
    ) -> JSONResponse:
        done: list[JsonObject] = []
        failed: list[JsonObject] = []
        for written in await _users(request):
            key = _key(self._office.world, number, written)
            if change(number, written, key):
                done.append(_identity(written, key))
            else:
                failed.append(_failure(written, key))
        return _answer(name, done, failed)

    def _block(self, number: Number, written: str, key: ChatKey) -> bool:
        if len(number.blocked) >= MOST_BLOCKED:
            raise refusal(LIST_FULL)
        if not self._office.world.chat(key).window_is_open(now=datetime.now(UTC)):
            return False
        number.blocked[key.customer] = _identity(written, key)
        return True


def _unblock(number: Number, _written: str, key: ChatKey) -> bool:
    return number.blocked.pop(key.customer, None) is not None


async def _users(request: Request) -> list[str]:
    asked = await parameters(request)
    asked.choice("messaging_product", ("whatsapp",))
    return [_written(each) for each in asked.parts("block_users", least=1, most=1000)]


def _written(entry: Part) -> str:
    if not entry.has("user_id"):
        return entry.text("user")
    user_id = entry.text("user_id")
    if not is_user_id(user_id) or ".ENT." in user_id:
        raise refusal(131009, f"Param {entry.name('user_id')} is not a business-scoped user ID.")
    return user_id


def _key(world: World, number: Number, written: str) -> ChatKey:
    if is_user_id(written):
        return world.key_of(number.id, written)
    return ChatKey(number.id, spellings.digits_of(written))


def _identity(written: str, key: ChatKey) -> JsonObject:
    known = {"wa_id": key.wa_id} if key.wa_id else {"user_id": key.customer}
    return {"input": written, **known}


def _known(entry: JsonObject) -> JsonObject:
    return {key: value for key, value in entry.items() if key != "input"}


def _failure(written: str, key: ChatKey) -> JsonObject:
    details = {"details": "The user has not written in the last 24 hours, or is not blocked."}
    error = {"code": NOT_RECENT, "message": "Failed to change the block list.", "error_data": details}
    return {**_identity(written, key), "errors": [error]}


def _answer(name: str, done: list[JsonObject], failed: list[JsonObject]) -> JSONResponse:
    result: JsonObject = {name: done} if done or not failed else {}
    if not failed:
        return JSONResponse({"messaging_product": "whatsapp", "block_users": result})
    # A mixed result is an error that carries the results all the same (errors.md, 1).
    error = refusal(SOME_FAILED)
    result["failed_users"] = failed
    body = {"messaging_product": "whatsapp", "block_users": result, **error.body()}
    return JSONResponse(body, error.http_status)
