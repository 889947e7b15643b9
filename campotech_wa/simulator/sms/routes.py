"""Answer Twilio's Messages resource, and the control routes that look into the mailbox."""

import base64
import binascii
from collections.abc import Iterable, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator import orders
from campotech_wa.simulator.closing import Closing
from campotech_wa.simulator.faults import Effect, Faults, Occasion
from campotech_wa.simulator.graph.hangup import drop
from campotech_wa.simulator.graph.mischief import edge_page
from campotech_wa.simulator.settings import SmsAccount
from campotech_wa.simulator.sms import errors
from campotech_wa.simulator.sms.checks import check
from campotech_wa.simulator.sms.errors import SmsError
from campotech_wa.simulator.sms.mailbox import Mailbox, Sms, local
from campotech_wa.simulator.sms.reporting import Reporting

ROUTE = "sms"
_MESSAGES = "/2010-04-01/Accounts/{account_sid}/Messages"


class SmsRoutes:
    """POST Messages.json and GET Messages/{sid}.json, for the accounts of the configuration."""

    def __init__(
        self,
        accounts: Iterable[SmsAccount],
        mailbox: Mailbox,
        reporting: Reporting,
        faults: Faults,
        closing: Closing,
    ) -> None:
        self._accounts = {account.account_sid: account for account in accounts}
        self._mailbox, self._reporting, self._faults, self._closing = mailbox, reporting, faults, closing

    def routes(self) -> Sequence[Route]:
        """Answer the provider's routes, to be put before those of the Graph API."""
        return [
            Route(f"{_MESSAGES}.json", self.send, methods=["POST"]),
            Route(f"{_MESSAGES}/{{sid}}.json", self.show),
        ]

    def control(self) -> Sequence[Route]:
        """Answer the control routes, to be mounted under /_sim."""
        return [Route("/sms", self.list), Route("/sms/unsubscribe", self.unsubscribe, methods=["POST"])]

    async def send(self, request: Request) -> Response:
        """Accept an SMS, or suffer what the faults order."""
        account = self._account(request)
        async with request.form() as posted:
            sms = check({name: str(value) for name, value in posted.items()}, account)
        digits = sms.to.removeprefix("+")
        effect = self._faults.take(
            Occasion(ROUTE, to=digits, type=ROUTE, text=sms.body, id=account.account_sid)
        )
        answer = self._answer(sms, account, effect)
        if effect.latency:
            await self._closing.pause(effect.latency)
        if effect.drop_response:
            drop(request)
        return answer

    async def show(self, request: Request) -> Response:
        """Answer an SMS as it stands."""
        account = self._account(request)
        sms = self._mailbox.find(account.account_sid, str(request.path_params["sid"]))
        if sms is None:
            raise SmsError(errors.NOT_FOUND)
        return JSONResponse(sms.resource())

    async def list(self, request: Request) -> Response:
        """List what was accepted, in order; `?after=n` leaves out the first n."""
        return JSONResponse([sms.view() for sms in self._mailbox.accepted[orders.after(request) :]])

    async def unsubscribe(self, request: Request) -> Response:
        """Let a number answer STOP, or with `"unsubscribed": false` START again."""
        document = await orders.document(request)
        number = local(orders.number(orders.text(document, "from")))
        unsubscribed = orders.flag(document, "unsubscribed", usual=True)
        change = self._mailbox.unsubscribed.add if unsubscribed else self._mailbox.unsubscribed.discard
        change(number)
        return JSONResponse({"unsubscribed": unsubscribed})

    def _answer(self, sms: Sms, account: SmsAccount, effect: Effect) -> Response:
        if effect.error_code is not None:
            return refused(SmsError(effect.error_code))
        if effect.http_status is not None:
            return edge_page(effect.http_status)
        if local(sms.to) in self._mailbox.unsubscribed:
            return refused(SmsError(errors.UNSUBSCRIBED))
        answer = JSONResponse(sms.resource(), 201)
        self._mailbox.accepted.append(sms)
        self._reporting.begin(sms, account, failure=effect.status_failed_code)
        return answer

    def _account(self, request: Request) -> SmsAccount:
        sid, token = _credentials(request.headers.get("authorization", ""))
        account = self._accounts.get(sid)
        if account is None or token != account.auth_token:
            raise SmsError(errors.AUTHENTICATE)
        if request.path_params["account_sid"] != sid:
            raise SmsError(errors.NOT_FOUND)
        return account


def refused(error: SmsError) -> JSONResponse:
    """Answer the error as Twilio words it."""
    return JSONResponse(error.body(), error.http_status)


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return (user, password) if scheme.lower() == "basic" else ("", "")
