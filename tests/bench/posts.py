"""Signed webhook posts as Meta sends them, as the bytes of whole HTTP requests, each unlike every other."""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Sequence
from itertools import count

from campotech_wa.demo import ORGANIZATIONS

CHANNEL = ORGANIZATIONS[0].channel
PATH = f"/webhooks/whatsapp/{ORGANIZATIONS[0].webhook_key}"

CUSTOMERS = 50
"""How many people write: more than a screen of the list shows."""

_run = secrets.token_hex(6)
_numbers = count(1)


def marker() -> str:
    """Return a text that appears nowhere else."""
    return f"bench-{next(_numbers):06}"


def number(customer: int) -> str:
    """Return the wa_id of a customer."""
    return f"54911{50000000 + customer % CUSTOMERS}"


def request(text: str, *, customer: int = 0) -> bytes:
    """Return the request that brings a text of a customer."""
    return _request(body(text, customer=customer))


def requests(how_many: int) -> list[bytes]:
    """Return requests from all customers in turn."""
    return [request(f"¿Pueden venir hoy? {marker()}", customer=turn) for turn in range(how_many)]


def statuses(wamids: Sequence[str]) -> list[bytes]:
    """Return requests that tell in turn that each of these messages is delivered."""
    now = str(int(time.time()))
    reports = ({"id": wamid, "status": "delivered", "timestamp": now} for wamid in wamids)
    return [
        _request(json.dumps(payload({"statuses": [report | {"recipient_id": number(turn)}]})).encode())
        for turn, report in enumerate(reports)
    ]


def body(text: str, *, customer: int = 0) -> bytes:
    """Return what such a request posts."""
    wa_id = number(customer)
    message = {
        "from": wa_id,
        "id": f"wamid.{_run}{secrets.token_hex(12)}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }
    contacts = [{"profile": {"name": f"Cliente {customer % CUSTOMERS}"}, "wa_id": wa_id}]
    return json.dumps(payload({"contacts": contacts, "messages": [message]}), separators=(",", ":")).encode()


def payload(value: dict[str, object]) -> dict[str, object]:
    """Put a value into the envelope of a POST."""
    head = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "5491140000001",
            "phone_number_id": CHANNEL["phone_number_id"],
        },
    }
    changes = [{"field": "messages", "value": head | value}]
    return {"object": "whatsapp_business_account", "entry": [{"id": CHANNEL["waba_id"], "changes": changes}]}


def _request(posted: bytes) -> bytes:
    signed = hmac.new(CHANNEL["app_secret"].encode(), posted, hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: facebookexternalua\r\naccept: */*\r\n"
        f"content-type: application/json\r\nx-hub-signature-256: sha256={signed}\r\n"
        f"content-length: {len(posted)}\r\n\r\n"
    )
    return head.encode() + posted
