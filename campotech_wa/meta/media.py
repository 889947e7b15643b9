"""Fetch files from Meta by their id and put ours there, streamed in both directions (sending.md section 2)."""

import asyncio
import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any, BinaryIO, Self
from urllib.parse import quote

import httpx

from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.domain.media_types import LARGEST
from campotech_wa.errors import CampotechError, MetaBusy, MetaUnconfirmed
from campotech_wa.meta import errors
from campotech_wa.meta.shapes import JsonObject, as_integer, as_object, as_text

LONGEST_TRANSFER = 600.0
"""Seconds for a file as a whole: 100 MB at 1.5 Mbit/s."""

_TIMEOUT = httpx.Timeout(30, connect=5, pool=30)
_MOST_HOPS = 3

_HEADERS = {
    # Some default agents are answered with an HTML page (sending.md 2).
    "User-Agent": "CampoTechWA/1.0",
    # A compressed body could unfold to any size.
    "Accept-Encoding": "identity",
}


class Fault(StrEnum):
    """Why a file can not be had; stored with it, as the word the pages know."""

    GONE = "gone"
    FOREIGN_HOST = "foreign_host"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    WRONG_DIGEST = "wrong_digest"
    WRONG_TYPE = "wrong_type"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    STORAGE = "storage"


class MediaFault(CampotechError):
    """A file can not be had from Meta, for a reason that has a word."""

    def __init__(self, word: Fault) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Located:
    """Where a file is, for five minutes, and what Meta promises of it."""

    url: str = field(repr=False)
    mime_type: str
    sha256: bytes | None
    size: int | None


class MediaClient:
    """The media of the Cloud API over one shared ``httpx.AsyncClient``, which follows no redirect by itself."""

    def __init__(self, base_url: str, version: str) -> None:
        self._origin = _origin(httpx.URL(base_url))
        self._base = f"{base_url}/{version}"
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, headers=_HEADERS)

    async def locate(self, media_id: str, *, phone_number_id: PhoneNumberId, access_token: str) -> Located:
        """Ask for the address of a file.

        Raises:
            MetaError: Meta refused, or did not answer.
        """
        url = f"{self._base}/{quote(media_id, safe='')}"
        try:
            response = await self._http.get(
                url, params={"phone_number_id": phone_number_id}, headers=_bearer(access_token)
            )
        except httpx.HTTPError as fault:
            raise MetaBusy(f"No answer: {type(fault).__name__}.") from fault
        body = _body(response)
        return Located(
            url=as_text(body.get("url")),
            mime_type=as_text(body.get("mime_type")),
            sha256=digest(as_text(body.get("sha256"))),
            size=as_integer(body.get("file_size")),
        )

    async def download(self, located: Located, sink: Callable[[bytes], None], *, access_token: str) -> None:
        """Hand the file to ``sink``, piece by piece.

        Raises:
            MediaFault: it is gone, elsewhere, too large, cut short, or a page about an error.
            MetaError: Meta refused, or did not answer.
        """
        try:
            async with asyncio.timeout(LONGEST_TRANSFER):
                await self._download(located, sink, access_token)
        except httpx.RemoteProtocolError as fault:
            raise MediaFault(Fault.TRUNCATED) from fault
        except (httpx.HTTPError, TimeoutError) as fault:
            raise MetaBusy(f"No answer: {type(fault).__name__}.") from fault

    async def upload(
        self,
        phone_number_id: PhoneNumberId,
        file: BinaryIO,
        *,
        filename: str,
        mime_type: str,
        access_token: str,
    ) -> str:
        """Put a file up; returns the id under which Meta knows it for thirty days.

        Raises:
            MetaRefused: Meta does not take this file.
            MetaBusy: no answer came. Unlike a message, a file that came twice does no harm.
        """
        try:
            async with asyncio.timeout(LONGEST_TRANSFER):
                response = await self._http.post(
                    f"{self._base}/{phone_number_id}/media",
                    data={"messaging_product": "whatsapp", "type": mime_type},
                    files={"file": (filename, file, mime_type)},
                    headers=_bearer(access_token),
                )
            media_id = as_text(_body(response).get("id"))
        except (httpx.HTTPError, TimeoutError) as fault:
            raise MetaBusy(f"No answer: {type(fault).__name__}.") from fault
        except MetaUnconfirmed as fault:
            raise MetaBusy(fault.detail, code=fault.code, trace=fault.trace) from fault
        if not media_id:
            raise MetaBusy("Meta took the file, but its answer names no id.")
        return media_id

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        """Return the client; it is closed at the end."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self.close()

    async def _download(self, located: Located, sink: Callable[[bytes], None], access_token: str) -> None:
        url = located.url
        for _ in range(_MOST_HOPS):
            self._refuse_foreign(url)
            async with self._http.stream("GET", url, headers=_bearer(access_token)) as response:
                if not response.has_redirect_location:
                    return await _drink(response, located, sink)
                url = str(response.next_request.url) if response.next_request else ""
        raise MediaFault(Fault.FOREIGN_HOST)

    def _refuse_foreign(self, address: str) -> None:
        """Let the token go to Meta's hosts and to nobody else, whatever a webhook or an answer says."""
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL:
            raise MediaFault(Fault.FOREIGN_HOST) from None
        if _origin(url) != self._origin and not is_metas(url):
            raise MediaFault(Fault.FOREIGN_HOST)


def digest(text: str) -> bytes | None:
    """Read a SHA-256, which Meta writes in hex here and in base64 there (webhooks.md 3.1)."""
    try:
        value = bytes.fromhex(text) if len(text) == 64 else base64.b64decode(text, validate=True)  # noqa: PLR2004
    except (ValueError, binascii.Error):
        return None
    return value if len(value) == 32 else None  # noqa: PLR2004  (bytes of a SHA-256)


def is_metas(url: httpx.URL) -> bool:
    """Tell whether an address is of one of Meta's media hosts (sending.md section 2)."""
    hosts = url.host == "lookaside.fbsbx.com" or url.host.endswith((".fbcdn.net", ".whatsapp.net"))
    return url.scheme == "https" and url.port is None and hosts


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _bearer(access_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token}"}


def _body(response: httpx.Response) -> JsonObject:
    try:
        body: Any = response.json()
    except (ValueError, RecursionError):
        body = None
    if not response.is_success:
        raise errors.classify(response.status_code, errors.read(body))
    return as_object(body)


async def _drink(response: httpx.Response, located: Located, sink: Callable[[bytes], None]) -> None:
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise MediaFault(Fault.GONE)
    if not response.is_success:
        raise errors.classify(response.status_code, None)
    if _is_error_page(response, located) or response.headers.get("content-encoding"):
        raise MediaFault(Fault.WRONG_TYPE)
    if (as_integer(response.headers.get("content-length")) or 0) > LARGEST:
        raise MediaFault(Fault.TOO_LARGE)
    size = 0
    async for piece in response.aiter_raw():
        size += len(piece)
        if size > LARGEST:
            raise MediaFault(Fault.TOO_LARGE)
        sink(piece)


def _is_error_page(response: httpx.Response, located: Located) -> bool:
    """Tell whether a page came instead of the file: Meta answers strange agents with one, and with 200."""
    is_page = response.headers.get("content-type", "").startswith("text/html")
    return is_page and not located.mime_type.startswith("text/html")
