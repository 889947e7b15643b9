"""Tell where a provider's address leads, so that an admin's setting can not reach into the operator's own network.

An organization's admin chooses the address and is not the operator. The host is resolved here, once, and the
connection is made to the very address that was looked at: another answer of the name server a moment later changes
nothing.
"""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx

from campotech_wa import settings
from campotech_wa.domain.sms_errors import SmsFault
from campotech_wa.errors import SmsBusy, SmsRefused

_HTTPS = 443


def is_acceptable(base_url: str) -> bool:
    """Tell whether an address may be a provider's: https and no private address, or the operator's own simulator."""
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        return False
    if url.userinfo or url.query or url.fragment or not url.host:
        return False
    return is_own(url) or (url.scheme == "https" and _is_name_or_public(url.host))


def is_own(url: httpx.URL) -> bool:
    """Tell whether an address is the simulator's: where Meta's is, or on this machine while we are private to it."""
    known = settings.get()
    if _origin(url) == _origin(httpx.URL(known.graph_url)):
        return True
    return not known.public_url and url.scheme in {"http", "https"} and _is_loopback(url.host)


async def resolve(url: httpx.URL) -> Sequence[str]:
    """Return the addresses of a host, all of them fit to connect to.

    Raises:
        SmsRefused: one of them is not public.
        SmsBusy: nobody knows the host for the moment.
    """
    port = url.port or _HTTPS
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise SmsBusy(f"The provider's host is not known: {type(fault).__name__}.") from fault
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
    if not is_own(url) and not all(is_public(ip_address(address)) for address in addresses):
        raise SmsRefused("The provider's address is not public.", code=SmsFault.ADDRESS)
    return addresses


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether anybody on the internet could mean this address."""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (inner or address).is_global and not (inner or address).is_multicast


def _is_name_or_public(host: str) -> bool:
    if _is_loopback(host):
        return False
    try:
        return is_public(ip_address(host))
    except ValueError:
        return True


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
