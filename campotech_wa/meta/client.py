"""Talk to the Graph API: one request in, one answer or one named failure out."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx

from campotech_wa.domain import storable
from campotech_wa.domain.ids import BusinessScopedUserId, PhoneNumberId, WaId, Wamid
from campotech_wa.domain.phones import accept_from_meta
from campotech_wa.errors import MetaBusy, MetaUnconfirmed
from campotech_wa.meta import errors, outbound
from campotech_wa.meta.connections import Connections
from campotech_wa.meta.media import MediaClient
from campotech_wa.meta.shapes import as_list, as_object, as_text

LONGEST_REQUEST = 30.0
"""Seconds for a request as a whole. One that took longer is never repeated by itself: the API has no idempotency
key (sending.md)."""

_TIMEOUT = httpx.Timeout(LONGEST_REQUEST, connect=5, pool=5)
"""Seconds of each phase; in the first two nothing has left yet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Meta has accepted a message."""

    wamid: Wamid
    wa_id: WaId | None = field(default=None, repr=False)
    """The number that Meta resolved the recipient to, which may be spelt otherwise than we did (phones-ar.md 2)."""
    user_id: BusinessScopedUserId | None = field(default=None, repr=False)


class GraphClient:
    """The Cloud API over shared connections; ``media`` has some of its own."""

    def __init__(self, base_url: str, version: str) -> None:
        self.media = MediaClient(base_url, version)
        self._http = Connections(f"{base_url}/{version}", _TIMEOUT)

    async def send(
        self, phone_number_id: PhoneNumberId, payload: dict[str, Any], *, access_token: str
    ) -> Answer:
        """Send a message.

        Raises:
            MetaRefused: a definite no.
            MetaBusy: nothing was accepted; safe to send again later.
            MetaUnconfirmed: no usable answer came; it may have been accepted.
        """
        return _answer(await self._post(phone_number_id, payload, access_token=access_token))

    async def mark_read(
        self, phone_number_id: PhoneNumberId, wamid: Wamid, *, typing: bool, access_token: str
    ) -> None:
        """Say that a message and all before it are read, and that somebody is writing (sending.md 1.6).

        Raises:
            MetaError: Meta refused, or did not answer.
        """
        payload = outbound.read_receipt(wamid, typing=typing)
        response = await self._post(phone_number_id, payload, access_token=access_token)
        if not response.is_success:
            raise errors.classify(response.status_code, errors.read(_body(response)))

    async def _post(
        self, phone_number_id: PhoneNumberId, payload: dict[str, Any], *, access_token: str
    ) -> httpx.Response:
        try:
            async with asyncio.timeout(LONGEST_REQUEST):
                return await self._http.post(
                    f"/{phone_number_id}/messages",
                    json=payload,
                    headers={"Authorization": f"Bearer {access_token}"},
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise MetaBusy(f"The request did not leave: {type(fault).__name__}.") from fault
        except (httpx.HTTPError, TimeoutError) as fault:
            raise MetaUnconfirmed(f"No answer: {type(fault).__name__}.") from fault

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()
        await self.media.close()


def _body(response: httpx.Response) -> Any:
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _answer(response: httpx.Response) -> Answer:
    body = _body(response)
    if not response.is_success:
        raise errors.classify(response.status_code, errors.read(body))
    accepted = as_list(as_object(body).get("messages"))
    wamid = as_text(as_object(accepted[0]).get("id")) if accepted else ""
    if not wamid:
        raise MetaUnconfirmed("Meta accepted, but its answer names no message.")
    contacts = as_list(as_object(body).get("contacts"))
    reached = as_object(contacts[0]) if contacts else {}
    user_id = as_text(reached.get("user_id"))
    return Answer(
        Wamid(storable.text(wamid)),
        wa_id=accept_from_meta(as_text(reached.get("wa_id"))),
        user_id=BusinessScopedUserId(user_id) if user_id else None,
    )
