"""Let tests steer the simulated world over HTTP: write, read, look, break and reset (routes under /_sim).

A customer, and what Meta posts by itself:
  POST /inbound     {phone_number_id, from?, user_id?, profile_name?, username?, message: {type, …}, at?, wait?}:
                    `from` or a user id, or both; `message` is the Cloud API's inbound object, of which
                    ids, time, sender and a medium's type, digest and address are filled in; → {id, webhook?}
  POST /read        {phone_number_id, from}: everything delivered is read → {read: [wamid]}
  POST /played      {phone_number_id, from, message_id}: a voice note is played → {played: true the first time}
  POST /webhook     {phone_number_id, field, value}: one field in Meta's envelope; or {phone_number_id, payload}: a
                    body as it stands; signed, → the delivery after its first attempt
  POST /media?phone_number_id=&filename=  the raw body with its Content-Type → {id, mime_type, sha256, file_size}
  GET  /media/{id}  its bytes; POST /media/{id}/expire {what?: id | url}

What happened:
  GET  /messages?after=n, GET /webhooks?after=n

What shall happen (trials.py adds what is set against a sender):
  POST /behaviour   {closed_window?, sent_after?, delivered_after?, allowed_recipients?} until the next reset
  POST /numbers     {phone_number_id, fields?: {quality_rating: "RED", …}, verified?, registered?}: what the
                    number's node tells; GET /numbers, with the code of request_code
  POST /templates   {phone_number_id, template: {name, language, category, components, status?, parameter_format?}}:
                    once an account has a template, what it sends must name one and fill it
  POST /verify      {phone_number_id}; POST /reset {seed?}
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator import orders, settings, views
from campotech_wa.simulator.adversity import Adversity
from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.identifiers import Author
from campotech_wa.simulator.media.control import MediaControl
from campotech_wa.simulator.media.library import Library
from campotech_wa.simulator.nodes.templates import read as read_template
from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.outbound.reports import Reporter
from campotech_wa.simulator.settings import Channel, ConfigurationError
from campotech_wa.simulator.shapes import JsonObject, as_object
from campotech_wa.simulator.sms.mailbox import Mailbox
from campotech_wa.simulator.sms.reporting import Reporting
from campotech_wa.simulator.trials import TrialRoutes
from campotech_wa.simulator.webhooks import posting, receiving
from campotech_wa.simulator.webhooks.courier import Courier
from campotech_wa.simulator.webhooks.receiving import Receiving
from campotech_wa.simulator.world.state import Message, World


@dataclass(frozen=True, slots=True)
class ControlRoutes:
    """Every route answers JSON; bad input is 422 with `{"error": "<a sentence>"}`."""

    world: World
    courier: Courier
    reporter: Reporter
    receiving: Receiving
    adversity: Adversity
    feed: Feed
    library: Library
    mailbox: Mailbox
    sms_reporting: Reporting

    def routes(self) -> list[Route]:
        """Answer the routes, to be mounted under /_sim."""
        return [
            Route("/inbound", self.inbound, methods=["POST"]),
            Route("/read", self.read, methods=["POST"]),
            Route("/played", self.played, methods=["POST"]),
            Route("/behaviour", self.behaviour, methods=["POST"]),
            Route("/webhook", self.webhook, methods=["POST"]),
            *MediaControl(self.world, self.library).routes(),
            Route("/numbers", self.change_number, methods=["POST"]),
            Route("/numbers", self.numbers),
            Route("/templates", self.add_template, methods=["POST"]),
            Route("/messages", self.messages),
            *TrialRoutes(self.world, self.adversity).routes(),
            Route("/webhooks", self.webhooks),
            Route("/verify", self.verify, methods=["POST"]),
            Route("/reset", self.reset, methods=["POST"]),
        ]

    async def inbound(self, request: Request) -> Response:
        """Let a customer write; with `"wait": true` answer after the webhook's first attempt."""
        document = await orders.document(request)
        message, delivery = self.receiving.write(receiving.parse(document), str(request.base_url))
        if document.get("wait") is not True:
            return JSONResponse({"id": message.id})
        await delivery.tried.wait()
        return JSONResponse({"id": message.id, "webhook": views.delivery(delivery)})

    async def read(self, request: Request) -> Response:
        """Let the customer read everything the channel sent; answer the wamids that were unread."""
        document = await orders.document(request)
        self._channel(document)
        chat = self.world.chat(orders.chat_key(document))
        return JSONResponse({"read": self.reporter.read(chat)})

    async def played(self, request: Request) -> Response:
        """Let the customer play a voice note; only the first time is reported."""
        document = await orders.document(request)
        key = orders.chat_key(document)
        message = self.world.find(orders.text(document, "message_id"))
        if message is None or message.chat != key or not _is_voice_note(message):
            raise ControlError("message_id must be a voice note that this customer was sent.")
        return JSONResponse({"played": self.reporter.play(message)})

    async def behaviour(self, request: Request) -> Response:
        """Change how Meta behaves until the next reset; what is left out becomes as usual."""
        try:
            self.world.behaviour = settings.behaviour(await orders.document(request))
        except ConfigurationError as error:
            raise ControlError(str(error)) from error
        return JSONResponse(asdict(self.world.behaviour))

    async def numbers(self, _request: Request) -> Response:
        """List what Meta keeps of each number, the code that was sent to it too."""
        return _listed(map(views.number, map(self.world.number, self.world.channels.values())))

    async def change_number(self, request: Request) -> Response:
        """Let a number stand otherwise: with other fields, not verified, or not registered."""
        document = await orders.document(request)
        number = self.world.number(self._channel(document))
        number.fields.update(as_object(document.get("fields")) or {})
        number.verified = orders.flag(document, "verified", usual=number.verified)
        number.registered = orders.flag(document, "registered", usual=number.registered)
        return JSONResponse(views.number(number))

    async def add_template(self, request: Request) -> Response:
        """Give an account a template of any status, in place of one of the same name and language."""
        document = await orders.document(request)
        known = self.world.templates([self._channel(document)])
        try:
            template = read_template(Part(as_object(document.get("template")) or {}))
        except GraphError as error:
            raise ControlError(error.details) from error
        same = (template.name, template.language)
        known[:] = [*(each for each in known if (each.name, each.language) != same), template]
        return JSONResponse(template.view(), 201)

    async def webhook(self, request: Request) -> Response:
        """Post a webhook as it is written; answer the delivery after its first attempt."""
        document = await orders.document(request)
        delivery = posting.post(self.courier, self._channel(document), document)
        await delivery.tried.wait()
        return JSONResponse(views.delivery(delivery))

    async def messages(self, request: Request) -> Response:
        """List what was accepted, in order; `?after=n` leaves out the first n."""
        return _listed(views.accepted(message) for message in self.world.accepted[orders.after(request) :])

    async def webhooks(self, request: Request) -> Response:
        """List deliveries with their attempts and answers, in order; `?after=n` leaves out the first n."""
        return _listed(views.delivery(each) for each in self.courier.deliveries[orders.after(request) :])

    async def verify(self, request: Request) -> Response:
        """Do the handshake with the channel's address, as Meta does when it is entered in the dashboard."""
        channel = self._channel(await orders.document(request))
        verified = await self.courier.handshake(channel.webhook_url, channel.verify_token)
        return JSONResponse({"verified": verified})

    async def reset(self, request: Request) -> Response:
        """Empty the world, lift every fault, cancel what is pending; a seed makes chance repeat itself."""
        seed = await _seed(request)
        self.courier.reset()
        self.reporter.reset()
        self.adversity.lift()
        self.adversity.dice.seed(seed)
        self.world.reset()
        self.library.reset()
        self.sms_reporting.reset()
        self.mailbox.reset()
        self.feed.publish_everywhere({"kind": "reset"})
        return JSONResponse({"reset": True})

    def _channel(self, document: JsonObject) -> Channel:
        channel = self.world.channels.get(str(document.get("phone_number_id")))
        if channel is None:
            raise ControlError(f"No channel has the phone_number_id {document.get('phone_number_id')}.")
        return channel


def _is_voice_note(message: Message) -> bool:
    audio = as_object(message.payload.get("audio")) or {}
    return message.author is Author.BUSINESS and audio.get("voice") is True


def control_error(error: Exception) -> JSONResponse:
    """Answer the sentence that says what was wrong."""
    return JSONResponse({"error": str(error)}, 422)


async def _seed(request: Request) -> int | None:
    if not await request.body():
        return None
    seed = (await orders.document(request)).get("seed")
    if seed is not None and (isinstance(seed, bool) or not isinstance(seed, int)):
        raise ControlError("seed must be a whole number; leave it out for chance.")
    return seed


def _listed(views_of: Iterable[JsonObject]) -> JSONResponse:
    return JSONResponse(list(views_of))
