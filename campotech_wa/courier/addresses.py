"""Decide whether a web address that a person typed may be called, and at which IP address (no request to ourselves).

A name is resolved once and the request goes to that very address: a second lookup could answer otherwise.
"""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit, urlunsplit

from campotech_wa.errors import InvalidInput

LONGEST = 500
_HTTPS = 443

_IPv4InIPv6 = (IPv6Address("64:ff9b::"), 96)
"""NAT64: the last four bytes are an IPv4 address, which may be a private one."""

_PUBLIC_IPV6 = IPv6Network("2000::/3")
"""All that is given out; beyond it lie forms of IPv4 that lead anywhere, and what is a site's own (RFC 4291)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: ``url`` names the IP address, ``host`` is what the address says."""

    url: str
    host: str
    name: str
    """Whose certificate has to be shown."""


def check(url: str, *, is_development: bool) -> SplitResult:
    """Read an address, without asking anybody about its name.

    Raises:
        InvalidInput: it is not https, or says more than a host and a path. While developing, http to this machine
            is fine.
    """
    try:
        parts = urlsplit(url)
        port_is_readable = parts.port is None or parts.port > 0
        (parts.hostname or "").encode("idna")  # as the resolver will: an empty or too long label is no name
    except ValueError:
        raise _refusal() from None
    is_local = is_development and parts.hostname in ("localhost", "127.0.0.1", "::1")
    is_fine = parts.scheme == "https" or (parts.scheme == "http" and is_local)
    if len(url) > LONGEST or not url.isascii() or any(each.isspace() for each in url):
        raise _refusal()
    if not (is_fine and parts.hostname and port_is_readable) or parts.username is not None or parts.fragment:
        raise _refusal()
    return parts


async def resolve(url: str, *, is_development: bool) -> Target:
    """Find out where a request for an address would go.

    Raises:
        InvalidInput: it may not be called, or leads into a private network.
        OSError: the name can not be resolved.
    """
    parts = check(url, is_development=is_development)
    name = parts.hostname or ""
    port = parts.port or (_HTTPS if parts.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    addresses = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses or not all(_may_be_called(each, is_development=is_development) for each in addresses):
        raise _refusal()
    pinned = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])  # noqa: PLR2004
    return Target(
        url=urlunsplit((parts.scheme, f"{pinned}:{port}", parts.path or "/", parts.query, "")),
        host=parts.netloc,
        name=name,
    )


def find(url: str, *, is_development: bool) -> None:
    """Look an address up before it is kept: whoever types it learns at once that nothing would ever arrive there.

    Raises:
        InvalidInput: it may not be called, leads into a private network, or nobody knows its name.
    """
    try:
        asyncio.run(resolve(url, is_development=is_development))
    except OSError:
        raise InvalidInput(
            "webhook_host",
            field="webhook_url",
            detail="The name in webhook_url can not be found: check its spelling, or try again in a few minutes.",
        ) from None


def _may_be_called(address: IPv4Address | IPv6Address, *, is_development: bool) -> bool:
    real = _unwrapped(address)
    if real.is_loopback:
        return is_development
    is_public = real.version == 4 or real in _PUBLIC_IPV6  # noqa: PLR2004
    return is_public and real.is_global and not real.is_multicast


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(address, IPv4Address):
        return address
    prefix, length = _IPv4InIPv6
    if int(address) >> (128 - length) == int(prefix) >> (128 - length):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _refusal() -> InvalidInput:
    return InvalidInput(
        "webhook_url",
        field="webhook_url",
        detail="webhook_url must be an https address that is reached over the public internet.",
    )
