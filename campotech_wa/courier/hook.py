"""Post an alert to a web address of the organization's, signed so that the receiver knows whose it is."""

import asyncio
import hashlib
import hmac

import httpx

from campotech_wa.courier import Undelivered, addresses
from campotech_wa.errors import InvalidInput

SIGNATURE = "X-CampoTech-Signature"
_DEADLINE = 15.0
"""Seconds for all of it, however slowly the other side drips its answer."""


def sign(body: bytes, *, secret: str, at: int) -> str:
    """Sign a body with its time: a receiver refuses what is old, so nobody can play it again."""
    mac = hmac.digest(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hex()}"


def post(url: str, body: bytes, *, secret: str, at: int, delivery: str, is_development: bool) -> None:
    """Post once. No redirect is followed: it could lead where the address itself may not.

    Raises:
        Undelivered: it may not be called, did not answer, or answered anything but a success.
    """
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "CampoTech-WA",
        "X-CampoTech-Delivery": delivery,
        SIGNATURE: sign(body, secret=secret, at=at),
    }
    try:
        status = asyncio.run(_post(url, body, headers, is_development=is_development))
    except InvalidInput as refusal:
        raise Undelivered(refusal.detail) from refusal
    except (httpx.HTTPError, OSError, TimeoutError) as fault:
        raise Undelivered(f"No answer: {type(fault).__name__}.") from fault
    if not httpx.codes.is_success(status):
        raise Undelivered(f"The answer was {status}.")


async def _post(url: str, body: bytes, headers: dict[str, str], *, is_development: bool) -> int:
    """Return the status; the answer itself is not read, since it may have no end."""
    async with asyncio.timeout(_DEADLINE):
        target = await addresses.resolve(url, is_development=is_development)
        async with (
            httpx.AsyncClient(timeout=_DEADLINE, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                target.url,
                content=body,
                headers=headers | {"Host": target.host},
                extensions={"sni_hostname": target.name},
            ) as response,
        ):
            return response.status_code
