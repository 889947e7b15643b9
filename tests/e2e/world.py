"""What happens outside the pages: customers write through the simulator, other products through the REST API."""

import hashlib
import hmac
import json
import random
from dataclasses import dataclass
from itertools import count
from typing import Any, cast
from uuid import uuid4

import httpx

from campotech_wa.demo import ORGANIZATIONS, DemoOrganization
from tests.e2e.house import House, until

JsonObject = dict[str, Any]

FIRST, SECOND = ORGANIZATIONS

_turns = count(random.randrange(1000))  # noqa: S311  (only to be different from the last run)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with a telephone; each test has its own."""

    wa_id: str
    name: str


def somebody(name: str = "") -> Customer:
    """Invent a customer nobody has heard of."""
    turn = next(_turns)
    return Customer(f"54911{50_000_000 + turn * 10 + 1}", name or f"Clienta {turn:04}")


class World:
    """Both sides of the product that are not pages."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.simulator = httpx.Client(base_url=house.simulator_url, timeout=15)
        self.web = httpx.Client(base_url=house.url, timeout=15)

    def close(self) -> None:
        """Hang up."""
        self.simulator.close()
        self.web.close()

    # --- customers -------------------------------------------------------------------------------------------

    def writes(
        self,
        customer: Customer,
        text: str,
        *,
        to: DemoOrganization = FIRST,
        at: float | None = None,
        wait: bool = True,
    ) -> str:
        """Let a customer write; returns the wamid, unless told otherwise after the webhook's first answer."""
        message: JsonObject = {"type": "text", "text": {"body": text}}
        if at is not None:
            message["timestamp"] = str(int(at))
        return self.sends(customer, message, to=to, wait=wait)

    def sends(
        self, customer: Customer, message: JsonObject, *, to: DemoOrganization = FIRST, wait: bool = True
    ) -> str:
        """Let a customer send a message of any type; returns the wamid."""
        order = {
            "phone_number_id": to.channel["phone_number_id"],
            "from": customer.wa_id,
            "profile_name": customer.name,
            "message": message,
            "wait": wait,
        }
        answer = self.simulator.post("/_sim/inbound", json=order).raise_for_status()
        return str(answer.json()["id"])

    def file(self, content: bytes, mime_type: str) -> JsonObject:
        """Put a customer's file where Meta keeps files; returns what a message says of it."""
        number = FIRST.channel["phone_number_id"]
        kept = self.simulator.post(
            "/_sim/media",
            params={"phone_number_id": number},
            content=content,
            headers={"Content-Type": mime_type},
        )
        named = kept.raise_for_status().json()
        return {key: named[key] for key in ("id", "mime_type", "sha256") if key in named}

    def accepted(self, customer: Customer) -> list[JsonObject]:
        """Return the payloads that Meta accepted for a customer, in order."""
        accepted = cast("list[JsonObject]", self.simulator.get("/_sim/messages").json())
        return [each["payload"] for each in accepted if each["to"] == customer.wa_id]

    def reached(self, customer: Customer) -> list[str]:
        """Return the texts that Meta accepted for a customer, in order."""
        return [each["text"]["body"] for each in self.accepted(customer) if each["type"] == "text"]

    def fault(self, customer: Customer, **effect: object) -> None:
        """Order a misfortune for what is sent to one customer."""
        order = {**effect, "match": {"to": customer.wa_id}}
        self.simulator.post("/_sim/faults", json=order).raise_for_status()

    def event(
        self, value: JsonObject, *, organization: DemoOrganization = FIRST, field: str = "messages"
    ) -> httpx.Response:
        """Post a webhook of our own making, signed as Meta would."""
        number = {"metadata": {"phone_number_id": organization.channel["phone_number_id"]}}
        change = {"field": field, "value": number | value}
        body = json.dumps({"entry": [{"id": str(uuid4()), "changes": [change]}]}).encode()
        return self.post_signed(body, key=organization.webhook_key, secret=organization.channel["app_secret"])

    def post_signed(self, body: bytes, *, key: str, secret: str) -> httpx.Response:
        """Post a body to the webhook of one key, signed with one secret."""
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return self.web.post(
            f"/webhooks/whatsapp/{key}", content=body, headers={"X-Hub-Signature-256": signature}
        )

    # --- the REST API ----------------------------------------------------------------------------------------

    def get(self, path: str, *, by: DemoOrganization = FIRST, **query: object) -> httpx.Response:
        """Ask the REST API as one organization."""
        given = {name: str(value) for name, value in query.items() if value is not None}
        return self.web.get(f"/api/v1{path}", params=given, headers=_key(by))

    def send(
        self, customer: Customer, text: str, *, by: DemoOrganization = FIRST, key: str = ""
    ) -> httpx.Response:
        """Send a text through the REST API."""
        order = {"to": customer.wa_id, "type": "text", "text": {"body": text}}
        return self.web.post(
            "/api/v1/messages", json=order, headers=_key(by) | {"Idempotency-Key": key or str(uuid4())}
        )

    def conversation(self, customer: Customer, *, by: DemoOrganization = FIRST) -> JsonObject:
        """Return the conversation with a customer as soon as there is one."""

        def look() -> JsonObject | None:
            found = self.get("/conversations", by=by, q=customer.wa_id).json()["data"]
            return found[0] if found else None

        return until(look, what="the conversation")

    def messages(self, conversation_id: int, *, by: DemoOrganization = FIRST) -> list[JsonObject]:
        """Return all messages of a conversation, oldest first."""
        found: list[JsonObject] = []
        cursor: str | None = None
        while True:
            path = f"/conversations/{conversation_id}/messages"
            page = self.get(path, by=by, limit=100, cursor=cursor).raise_for_status().json()
            found += page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found[::-1]

    def meets(self, customer: Customer, *texts: str, to: DemoOrganization = FIRST) -> int:
        """Let a new customer write; returns the conversation once it holds every text."""
        for text in texts or ("Hola",):
            self.writes(customer, text, to=to)
        found = int(self.conversation(customer, by=to)["id"])
        until(lambda: len(self.messages(found, by=to)) >= max(1, len(texts)), what="the customer's texts")
        return found


def texts(messages: list[JsonObject], direction: str) -> list[str]:
    """Return the texts of one direction."""
    return [each["content"]["body"] for each in messages if each["direction"] == direction]


def _key(organization: DemoOrganization) -> dict[str, str]:
    return {"Authorization": f"Bearer {organization.api_key}"}
