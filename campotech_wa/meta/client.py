"""Talk to the Graph API: one request in, one answer or one named failure out."""

from dataclasses import dataclass
from typing import Any

import httpx

from campotech_wa.domain.ids import PhoneNumberId, Wamid
from campotech_wa.errors import MetaBusy, MetaUnconfirmed
from campotech_wa.meta import errors

CONNECTIONS = 64
"""Enough for Meta's 80 messages a second of one number at 0.5 s each."""

_TIMEOUT = httpx.Timeout(30, connect=5, pool=30)
"""Seconds. A read that times out is never repeated by itself: the API has no idempotency key (sending.md)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Meta has accepted a message."""

    wamid: Wamid


class GraphClient:
    """The Cloud API over one shared ``httpx.AsyncClient``."""

    def __init__(self, base_url: str, version: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"{base_url}/{version}",
            timeout=_TIMEOUT,
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        )

    async def send(
        self, phone_number_id: PhoneNumberId, payload: dict[str, Any], *, access_token: str
    ) -> Answer:
        """Send a message.

        Raises:
            MetaRefused: a definite no.
            MetaBusy: nothing was accepted; safe to send again later.
            MetaUnconfirmed: no usable answer came; it may have been accepted.
        """
        try:
            response = await self._http.post(
                f"/{phone_number_id}/messages",
                json=payload,
                headers={"Authorization": f"Bearer {access_token}"},
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise MetaBusy(f"The request did not leave: {type(fault).__name__}.") from fault
        except httpx.HTTPError as fault:
            raise MetaUnconfirmed(f"No answer: {type(fault).__name__}.") from fault
        return _answer(response)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _answer(response: httpx.Response) -> Answer:
    try:
        body: Any = response.json()
    except ValueError:
        body = None
    if response.is_success:
        try:
            return Answer(Wamid(str(body["messages"][0]["id"])))
        except (KeyError, IndexError, TypeError, AttributeError):
            raise MetaUnconfirmed("Meta accepted, but its answer names no message.") from None
    raise errors.classify(response.status_code, errors.read(body))
