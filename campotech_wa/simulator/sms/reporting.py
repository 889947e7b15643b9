"""Let accepted SMS come along, and post each step, signed, to the address that the sender gave."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.settings import SmsAccount
from campotech_wa.simulator.sms.mailbox import Callback, Sms, Status, local
from campotech_wa.simulator.world.state import ChatKey, World

ANSWER_TIMEOUT = 15.0
"""Seconds that Twilio waits for an answer; it posts a status once, whatever comes of it."""
PHONE = "sms"
"""Stands in the phone page's feed where a chat has its channel."""
_NEVER_LEFT = frozenset({30001, 30002})
"""The queue was full, or the account suspended: `failed`, while a carrier's errors are `undelivered`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One status to come, so many seconds after the one before."""

    after: float
    status: Status
    error_code: int | None = None


class Reporting:
    """Every SMS is a task, which ends with its last status."""

    def __init__(self, world: World, feed: Feed) -> None:
        self._world, self._feed = world, feed
        self._client: httpx.AsyncClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None, None]:
        """Open the HTTP client for as long as the block lasts."""
        async with httpx.AsyncClient(timeout=ANSWER_TIMEOUT, trust_env=False) as self._client:
            try:
                yield
            finally:
                self.reset()

    def begin(self, sms: Sms, account: SmsAccount, *, failure: int | None) -> None:
        """Send the SMS on its way; with a failure it does not arrive."""
        task = asyncio.create_task(self._report(sms, account, self._steps(failure)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def reset(self) -> None:
        """Let nothing more be reported."""
        for task in self._tasks:
            task.cancel()

    def _steps(self, failure: int | None) -> Sequence[Step]:
        behaviour = self._world.behaviour
        queued, sent = Step(0.0, Status.QUEUED), Step(behaviour.sent_after, Status.SENT)
        rest = max(0.0, behaviour.delivered_after - behaviour.sent_after)
        if failure in _NEVER_LEFT:
            return (queued, Step(behaviour.sent_after, Status.FAILED, failure))
        if failure is not None:
            return (queued, sent, Step(rest, Status.UNDELIVERED, failure))
        return (queued, sent, Step(rest, Status.DELIVERED))

    async def _report(self, sms: Sms, account: SmsAccount, steps: Sequence[Step]) -> None:
        for step in steps:
            await asyncio.sleep(step.after)
            sms.status, sms.error_code = step.status, step.error_code
            if step.status is Status.DELIVERED:
                self._feed.publish(ChatKey(PHONE, local(sms.to)), sms.on_the_phone())
            if sms.status_callback:
                sms.callbacks.append(await self._post(sms, sms.status_callback, account))

    async def _post(self, sms: Sms, url: str, account: SmsAccount) -> Callback:
        if self._client is None:
            raise RuntimeError("The SMS provider is not at work: the application's lifespan has not started.")
        form, status = callback_form(sms), sms.status
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": signature(url, form, account.auth_token),
        }
        try:
            answer = await self._client.post(url, data=form, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Callback(status, error=type(error).__name__)
        return Callback(status, answer.status_code)


def callback_form(sms: Sms) -> dict[str, str]:
    """Answer the parameters of a status callback."""
    form = {
        "MessageSid": sms.sid,
        "MessageStatus": sms.status,
        "SmsSid": sms.sid,
        "SmsStatus": sms.status,
        "AccountSid": sms.account_sid,
        "To": sms.to,
        "From": sms.sender,
        "ApiVersion": "2010-04-01",
    }
    if sms.messaging_service_sid:
        form["MessagingServiceSid"] = sms.messaging_service_sid
    if sms.error_code is not None:
        form["ErrorCode"] = str(sms.error_code)
    return form


def signature(url: str, form: Mapping[str, str], auth_token: str) -> str:
    """Answer the X-Twilio-Signature: of the address and every parameter behind it, in the order of their names."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
