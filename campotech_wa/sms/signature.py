"""Check that a callback comes from the provider (twilio.com/docs/usage/security, "Validating requests")."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from itertools import chain
from urllib.parse import urlsplit

_PORTS = {"https": 443, "http": 80}

Parameters = Sequence[tuple[str, str]]
"""The fields of the form, as they came."""


def is_genuine(url: str, parameters: Parameters, header: str | None, *, auth_token: str) -> bool:
    """Compare ``X-Twilio-Signature`` with the HMAC of the address and the form, in constant time.

    Some of the provider's machines sign the address with its usual port and some without: both count.
    """
    given = (header or "").encode(errors="surrogatepass")
    expected = [sign(spelling, parameters, auth_token=auth_token) for spelling in _spellings(url)]
    return any([hmac.compare_digest(each.encode(), given) for each in expected])  # noqa: C419  (no short cut)


def sign(url: str, parameters: Parameters, *, auth_token: str) -> str:
    """Return the signature: the address, then every field's name and value, by name."""
    fields = chain.from_iterable(sorted(set(parameters)))
    signed = "".join(chain([url], fields)).encode(errors="surrogatepass")
    digest = hmac.new(auth_token.encode(), signed, hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def _spellings(url: str) -> Iterable[str]:
    parsed = urlsplit(url)  # reads any query: it may be anybody's
    yield url
    if parsed.port is None:
        host = parsed.netloc
        yield url.replace(f"//{host}", f"//{host}:{_PORTS.get(parsed.scheme, 0)}", 1)
    else:
        yield url.replace(f":{parsed.port}", "", 1)
