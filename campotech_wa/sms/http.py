"""Speak Twilio's API: one form in, one acceptance or one named failure out."""

import asyncio

import httpx

from campotech_wa import settings
from campotech_wa.courier import addresses
from campotech_wa.courier.addresses import Target
from campotech_wa.domain.sms_errors import SmsFault
from campotech_wa.domain.sms_limits import REQUEST
from campotech_wa.errors import InvalidInput, SmsBusy, SmsRefused, SmsUnconfirmed
from campotech_wa.sms import Accepted, Account, answers

_CONNECTIONS = 32

_TIMEOUT = httpx.Timeout(REQUEST.total_seconds(), connect=5, pool=5)
"""Seconds of each phase; in the first two nothing has left yet."""

_LOOK_UP = 5.0
"""Seconds for the provider's host to be found."""

_LARGEST_ANSWER = 64 * 1024
"""Bytes; Twilio's have one thousand. The address is an admin's setting: whoever answers there may answer anything."""

_SERVICE = "MG"
"""How the id of a messaging service begins; anything else is a number or a name."""


class HttpProvider:
    """Any provider that understands ``POST /2010-04-01/Accounts/{sid}/Messages.json``."""

    def __init__(self) -> None:
        limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, limits=limits, trust_env=False)

    async def send(self, account: Account, to: str, body: str, *, callback_url: str) -> Accepted:
        """Hand one SMS over; see ``Provider.send``."""
        sender = "MessagingServiceSid" if account.sender.startswith(_SERVICE) else "From"
        form = {"To": to, "Body": body, sender: account.sender, "StatusCallback": callback_url}
        try:
            async with asyncio.timeout(REQUEST.total_seconds()):
                target = await _locate(account)
                status, answer = await self._post(target, form, (account.account_sid, account.auth_token))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise SmsBusy(f"The request did not leave: {type(fault).__name__}.") from fault
        except (httpx.HTTPError, TimeoutError) as fault:
            raise SmsUnconfirmed(f"No answer: {type(fault).__name__}.") from fault
        return answers.read(status, answer)

    async def _post(self, target: Target, form: dict[str, str], auth: tuple[str, str]) -> tuple[int, bytes]:
        request = self._http.build_request(
            "POST",
            target.url,
            data=form,
            headers={"Host": target.host},
            extensions={"sni_hostname": target.name},
        )
        response = await self._http.send(request, auth=auth, stream=True)
        try:
            return response.status_code, await _drink(response)
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


async def _locate(account: Account) -> Target:
    """Find out where the account is: its admin says it, who may not be trusted with that, or else the operator."""
    known = settings.get()
    base = (account.base_url or known.sms_url).rstrip("/")
    url = f"{base}/2010-04-01/Accounts/{account.account_sid}/Messages.json"
    is_trusted = known.is_development or not account.base_url
    try:
        async with asyncio.timeout(_LOOK_UP):
            return await addresses.resolve(url, is_development=is_trusted)
    except InvalidInput as refusal:
        raise SmsRefused("The provider's address may not be called.", code=SmsFault.ADDRESS) from refusal
    except OSError as fault:
        raise SmsBusy(f"The provider's host is not known: {type(fault).__name__}.") from fault


async def _drink(response: httpx.Response) -> bytes:
    """Read an answer; one that is too long to be a provider's is none."""
    parts: list[bytes] = []
    async for part in response.aiter_bytes():
        parts.append(part)
        if sum(map(len, parts)) > _LARGEST_ANSWER:
            return b""
    return b"".join(parts)
