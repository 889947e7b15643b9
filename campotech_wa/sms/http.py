"""Speak Twilio's API: one form in, one acceptance or one named failure out."""

import asyncio
import logging

import httpx

from campotech_wa.domain.sms_limits import REQUEST
from campotech_wa.errors import SmsBusy, SmsUnconfirmed
from campotech_wa.sms import TWILIO, Accepted, Account, addresses, answers

log = logging.getLogger(__name__)

_CONNECTIONS = 32

_TIMEOUT = httpx.Timeout(REQUEST.total_seconds(), connect=5, pool=5)
"""Seconds of each phase; in the first two nothing has left yet."""

_LARGEST_ANSWER = 64 * 1024
"""Bytes; Twilio's have one thousand. The address is an admin's setting: whoever answers there may answer anything."""

_SERVICE = "MG"
"""How the id of a messaging service begins; anything else is a number."""


class HttpProvider:
    """Any provider that understands ``POST /2010-04-01/Accounts/{sid}/Messages.json``."""

    def __init__(self) -> None:
        limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, limits=limits)

    async def send(self, account: Account, to: str, body: str, *, callback_url: str) -> Accepted:
        """Hand one SMS over; see ``Provider.send``."""
        base = (account.base_url or TWILIO).rstrip("/")
        url = httpx.URL(f"{base}/2010-04-01/Accounts/{account.account_sid}/Messages.json")
        sender = "MessagingServiceSid" if account.sender.startswith(_SERVICE) else "From"
        form = {"To": to, "Body": body, sender: account.sender, "StatusCallback": callback_url}
        try:
            async with asyncio.timeout(REQUEST.total_seconds()):
                status, answer = await self._post(url, form, (account.account_sid, account.auth_token))
        except (httpx.HTTPError, TimeoutError) as fault:
            raise SmsUnconfirmed(f"No answer: {type(fault).__name__}.") from fault
        return answers.read(status, answer)

    async def _post(self, url: httpx.URL, form: dict[str, str], auth: tuple[str, str]) -> tuple[int, bytes]:
        """Try the host's addresses in turn, as long as nothing has left."""
        for address in await addresses.resolve(url):
            try:
                return await self._post_to(address, url, form, auth)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
                log.warning("provider not reached", extra={"error_type": type(fault).__name__})
        raise SmsBusy("The request did not leave.")

    async def _post_to(
        self, address: str, url: httpx.URL, form: dict[str, str], auth: tuple[str, str]
    ) -> tuple[int, bytes]:
        request = self._http.build_request(
            "POST",
            url.copy_with(host=address),
            data=form,
            headers={"Host": url.netloc.decode()},
            extensions={"sni_hostname": url.host},
        )
        response = await self._http.send(request, auth=auth, stream=True)
        try:
            return response.status_code, await _drink(response)
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


async def _drink(response: httpx.Response) -> bytes:
    """Read an answer; one that is too long to be a provider's is none."""
    parts: list[bytes] = []
    async for part in response.aiter_bytes():
        parts.append(part)
        if sum(map(len, parts)) > _LARGEST_ANSWER:
            return b""
    return b"".join(parts)
