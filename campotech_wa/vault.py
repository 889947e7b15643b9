"""Encrypt credentials at rest, digest what only needs to be recognised."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from campotech_wa import settings


def seal(secret: str) -> bytes:
    """Encrypt a credential with the newest key."""
    return _fernet().encrypt(secret.encode())


def unseal(sealed: bytes) -> str:
    """Decrypt a credential with whichever key sealed it."""
    return _fernet().decrypt(sealed).decode()


def digest(secret: str) -> bytes:
    """Digest a random secret (a session token, an API key): enough to recognise it, useless to a thief."""
    return hashlib.sha256(secret.encode()).digest()


def keyed_digest(text: str) -> bytes:
    """Digest a guessable text (an e-mail, an address) under our key, so that it can not be looked up."""
    return hmac.digest(_derive(settings.get().secret_keys[-1], b"throttle"), text.encode(), "sha256")


@cache
def _fernet() -> MultiFernet:
    keys = (_derive(key, b"credentials") for key in settings.get().secret_keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


@cache
def _derive(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())
