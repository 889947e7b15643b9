"""Ask the Graph API about an account: one request in, one JSON object or one named failure out.

Synchronous, for use cases that a person or the schedule waits for. Messages leave through ``meta.client``.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from campotech_wa.errors import MetaBusy, MetaUnconfirmed
from campotech_wa.meta import errors
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text

_TIMEOUT = httpx.Timeout(20, connect=5, pool=5)
"""Seconds of each phase; somebody is waiting for the page."""

_PAGE = 100
_MOST_PAGES = 1000
"""A block list is the longest: 64,000 people."""

_Query = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whatever it says."""

    status: int
    body: JsonObject
    is_object: bool


class Graph:
    """The Graph API with one access token.

    With ``app_secret`` every request proves that it knows the secret too (``appsecret_proof``, sending.md 8).
    """

    def __init__(self, base_url: str, version: str, access_token: str, *, app_secret: str = "") -> None:
        self._token, self._secret = access_token, app_secret
        self._http = httpx.Client(base_url=f"{base_url}/{version}", timeout=_TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, *path: str, query: _Query | None = None, **more: str) -> JsonObject:
        """Read.

        Raises:
            MetaError: as ``errors.classify``; MetaBusy also when no answer came, for reading again is safe.
        """
        try:
            return checked(self.call("GET", *path, query=(query or {}) | more))
        except MetaUnconfirmed as silence:
            raise MetaBusy(silence.detail, code=silence.code, trace=silence.trace) from silence

    def post(self, *path: str, body: JsonObject | None = None, registering: bool = False) -> JsonObject:
        """Write, once: nothing is repeated by itself.

        Raises:
            MetaError: as ``errors.classify``.
        """
        return checked(self.call("POST", *path, body=body), registering=registering)

    def delete(self, *path: str, body: JsonObject | None = None) -> JsonObject:
        """Delete.

        Raises:
            MetaError: as ``errors.classify``.
        """
        return checked(self.call("DELETE", *path, body=body))

    def pages(self, *path: str, is_whole: bool = False, **query: str) -> Iterator[JsonObject]:
        """Read every item of a list, following ``paging.cursors.after``.

        ``paging.next`` only tells that there is more. It is an address with a token in it, and is never called.
        With ``is_whole`` a list that breaks off is none: what it lacks must not be taken for gone.

        Raises:
            MetaError: as ``get``; MetaBusy when a whole list was wanted, and Meta told only a part.
        """
        after = ""
        for _ in range(_MOST_PAGES):
            cursor = {"after": after} if after else {}
            page = self.get(*path, query={"limit": str(_PAGE)} | query | cursor)
            yield from (as_object(item) for item in as_list(page.get("data")))
            paging = as_object(page.get("paging"))
            before, after = after, as_text(as_object(paging.get("cursors")).get("after"))
            has_more = bool(paging.get("next"))
            if is_whole and (not isinstance(page.get("data"), list) or (has_more and after in ("", before))):
                raise MetaBusy("Meta told only a part of the list.")
            if not has_more or after in ("", before):
                return

    def call(
        self, method: str, *path: str, query: _Query | None = None, body: JsonObject | None = None
    ) -> Reply:
        """Make one request, and return the answer also when it is a refusal.

        Raises:
            MetaBusy: the request did not leave.
            MetaUnconfirmed: it left, and no answer came.
        """
        address = "".join(f"/{quote(part, safe='')}" for part in path)
        try:
            response = self._http.request(
                method,
                address,
                params=(query or {}) | self._proof(),
                json=body,
                headers=self._authority(query),
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise MetaBusy(f"The request did not leave: {type(fault).__name__}.") from fault
        except httpx.HTTPError as fault:
            raise MetaUnconfirmed(f"No answer: {type(fault).__name__}.") from fault
        return _reply(response)

    def _authority(self, query: _Query | None) -> dict[str, str]:
        is_app = query is not None and "access_token" in query
        return {} if is_app else {"Authorization": f"Bearer {self._token}"}

    def _proof(self) -> _Query:
        if not self._secret:
            return {}
        return {
            "appsecret_proof": hmac.digest(self._secret.encode(), self._token.encode(), hashlib.sha256).hex()
        }


def checked(reply: Reply, *, registering: bool = False) -> JsonObject:
    """Return the object of a success.

    Raises:
        MetaError: it is none.
    """
    is_success = 200 <= reply.status < 300  # noqa: PLR2004
    if not is_success:
        raise errors.classify(reply.status, errors.read(reply.body), registering=registering)
    if not reply.is_object:
        raise MetaUnconfirmed("Meta answered something that is no JSON object.")
    return reply.body


def _reply(response: httpx.Response) -> Reply:
    try:
        body: Any = response.json()
    except (ValueError, RecursionError):
        body = None
    return Reply(response.status_code, as_object(body), is_object=isinstance(body, dict))
