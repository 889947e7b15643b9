"""Let tests, and the panel on the phone page, set things against a sender and count what it did (under /_sim).

POST /faults      {error_code | http_status | drop_response | status_failed_code | body | latency_ms,
                  match?: {route, phone_number_id, to, type, text, id}, times?, share?, seed?, name?} → the rule;
                  GET /faults lists them, DELETE /faults lifts all, DELETE /faults/{id} one.
                  route: messages (the usual one), media_upload, media_resolve, media_download, account, sms;
                  body, for a download: truncated, wrong, html
POST /disorder    {lose_share?, duplicate_share?, reorder_share?, reorder_ms?, delay_ms?}: of the statuses to
                  come, in place of what was in force; GET /disorder, with its hits
POST /conditions  {phone_number_id?, token_revoked?, account?: active | locked | restricted, outage?: none |
                  unavailable | dropped, throughput?, pair_limit?, messaging_limit?}: of one number or of all;
                  what is left out stays; GET /conditions, with their hits
POST /keeping     {keep: everything | counts, statuses?}; GET /accounting
DELETE /adversity lifts faults, disorder and conditions at once
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator import fault_orders, orders, trial_orders
from campotech_wa.simulator.adversity import Adversity
from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.state import World


@dataclass(frozen=True, slots=True)
class TrialRoutes:
    """Every route answers JSON; bad input is 422 with `{"error": "<a sentence>"}`."""

    world: World
    adversity: Adversity

    def routes(self) -> list[Route]:
        """Answer the routes, to be mounted under /_sim."""
        return [
            Route("/faults", self.add_fault, methods=["POST"]),
            Route("/faults", self.list_faults),
            Route("/faults", self.clear_faults, methods=["DELETE"]),
            Route("/faults/{id:int}", self.clear_fault, methods=["DELETE"]),
            Route("/disorder", self.order_disorder, methods=["POST"]),
            Route("/disorder", self.disorder),
            Route("/conditions", self.change_conditions, methods=["POST"]),
            Route("/conditions", self.conditions),
            Route("/adversity", self.adversities),
            Route("/adversity", self.lift, methods=["DELETE"]),
            Route("/keeping", self.keep, methods=["POST"]),
            Route("/accounting", self.accounting),
        ]

    async def add_fault(self, request: Request) -> Response:
        """Put a rule in force; without `times` it stays until it is cleared."""
        rule = self.adversity.faults.add(fault_orders.parse(await orders.document(request)))
        return JSONResponse(rule.view(), 201)

    async def list_faults(self, _request: Request) -> Response:
        """List the rules in force, oldest first."""
        return JSONResponse(self._faults())

    async def clear_faults(self, _request: Request) -> Response:
        """Lift every rule."""
        self.adversity.faults.rules.clear()
        return JSONResponse({"cleared": True})

    async def clear_fault(self, request: Request) -> Response:
        """Lift one rule; tell whether it was in force."""
        return JSONResponse({"cleared": self.adversity.faults.lift(int(request.path_params["id"]))})

    async def order_disorder(self, request: Request) -> Response:
        """Let the statuses to come be lost, doubled, held back or late; what is left out is orderly."""
        self.adversity.disorder.order(trial_orders.plan(await orders.document(request)))
        return await self.disorder(request)

    async def disorder(self, _request: Request) -> Response:
        """Tell the disorder in force."""
        return JSONResponse(self.adversity.disorder.view())

    async def change_conditions(self, request: Request) -> Response:
        """Let one number, or all, stand otherwise at Meta."""
        document = await orders.document(request)
        changed = list(self._channels(document))
        change = {name: value for name, value in document.items() if name != "phone_number_id"}
        for channel in changed:
            standing = self.adversity.conditions.of(channel.phone_number_id)
            standing.change(trial_orders.condition(change, standing.condition))
        return JSONResponse([self._condition(channel) for channel in changed])

    async def conditions(self, _request: Request) -> Response:
        """List in what condition every number stands."""
        return JSONResponse(self._conditions())

    async def adversities(self, _request: Request) -> Response:
        """Tell everything that is in force."""
        faults, disorder = self._faults(), self.adversity.disorder.view()
        return JSONResponse({"faults": faults, "disorder": disorder, "conditions": self._conditions()})

    async def lift(self, _request: Request) -> Response:
        """Lift faults, disorder and conditions; the world stays."""
        self.adversity.lift()
        return JSONResponse({"lifted": True})

    async def keep(self, request: Request) -> Response:
        """Choose what the simulator remembers of messages to come: everything, or how many they were."""
        self.world.keeping = trial_orders.keeping(await orders.document(request))
        return JSONResponse(asdict(self.world.keeping))

    async def accounting(self, _request: Request) -> Response:
        """Tell how many messages each number had accepted, the most in a minute, and those accepted twice."""
        return JSONResponse(self.world.accounting.view())

    def _channels(self, document: JsonObject) -> Iterable[Channel]:
        wanted = orders.optional_text(document, "phone_number_id")
        if wanted and wanted not in self.world.channels:
            raise ControlError(f"No channel has the phone_number_id {wanted}.")
        return [self.world.channels[wanted]] if wanted else self.world.channels.values()

    def _faults(self) -> list[JsonObject]:
        return [rule.view() for rule in self.adversity.faults.rules]

    def _conditions(self) -> list[JsonObject]:
        return [self._condition(channel) for channel in self.world.channels.values()]

    def _condition(self, channel: Channel) -> JsonObject:
        standing = self.adversity.conditions.of(channel.phone_number_id)
        told: JsonObject = {"phone_number_id": channel.phone_number_id, **standing.condition.view()}
        return {**told, "hits": dict(standing.hits)}
