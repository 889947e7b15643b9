"""Check that a webhook comes from Meta (reference webhooks.md, sections 1.1 and 1.2)."""

import hashlib
import hmac

_PREFIX = "sha256="


def is_genuine(body: bytes, header: str | None, *, app_secret: str) -> bool:
    """Compare ``X-Hub-Signature-256`` with the HMAC of the raw bytes, in constant time."""
    expected = _PREFIX + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), (header or "").encode(errors="surrogatepass"))


def is_verify_token(given: str | None, *, verify_token: str) -> bool:
    """Compare the token of the verification handshake, in constant time."""
    return hmac.compare_digest(verify_token.encode(), (given or "").encode(errors="surrogatepass"))
