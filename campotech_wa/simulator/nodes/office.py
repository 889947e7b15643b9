"""Let a management call in: check its token, suffer its faults, and find the number or account it is about."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.faults import Occasion
from campotech_wa.simulator.graph.access import Access, node_id
from campotech_wa.simulator.graph.mischief import Mischief
from campotech_wa.simulator.nodes.health import health_of
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject, as_object
from campotech_wa.simulator.webhooks.courier import Courier
from campotech_wa.simulator.world.conditions import Conditions
from campotech_wa.simulator.world.numbers import Number
from campotech_wa.simulator.world.state import World

SUCCESS: JsonObject = {"success": True}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Office:
    """What every management route stands on."""

    access: Access
    world: World
    courier: Courier
    mischief: Mischief
    conditions: Conditions

    async def number(self, request: Request) -> Number:
        """Answer the number whose id stands in the address, if the token may speak of it."""
        channel = self.access.by_number(request)
        await self.strike(request, channel.phone_number_id)
        return self.world.number(channel)

    async def account(self, request: Request) -> Sequence[Channel]:
        """Answer the token's channels of the account whose id stands in the address."""
        channels = self.access.by_account(request)
        await self.strike(request, channels[0].phone_number_id)
        return channels

    def health(self, channel: Channel, entity_id: str, entity_type: str) -> JsonObject:
        """Answer the field health_status of one of the channel's objects."""
        blocked_by = self.conditions.of(channel.phone_number_id).health_code
        return health_of(channel, entity_id, entity_type, blocked_by=blocked_by)

    async def strike(self, request: Request, phone_number_id: str) -> None:
        """Suffer the faults of the route `account`; they may be of one call only, by the end of its address."""
        call = request.url.path.rstrip("/").rpartition("/")[2]
        kind = "" if call == str(request.path_params.get("node_id")) else call
        await self.mischief.strike(
            request, Occasion("account", phone_number_id, type=kind, id=node_id(request))
        )


async def parameters(request: Request) -> Part:
    """Answer the call's parameters: Graph takes them from the address, a form or a JSON body alike."""
    values: JsonObject = dict(request.query_params)
    if request.headers.get("content-type", "").startswith(FORM):
        async with request.form() as form:
            return Part({**values, **dict(form)})
    raw = await request.body()
    try:
        body = as_object(json.loads(raw)) if raw else {}
    except (ValueError, RecursionError) as error:
        raise refusal(100, "The body is not valid JSON.") from error
    if body is None:
        raise refusal(100, "The body must be a JSON object.")
    return Part({**values, **body})
