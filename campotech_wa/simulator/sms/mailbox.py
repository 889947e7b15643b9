"""Hold the SMS that the provider accepted, and who wants none."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum

from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.sms.segments import segments


class Status(StrEnum):
    """How far an SMS has come."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    """It left, and the carrier could not hand it over."""
    FAILED = "failed"
    """It never left."""


@dataclass(frozen=True, slots=True)
class Callback:
    """One report to the address that the sender gave: the answer's HTTP status, or the error that came instead."""

    status: Status
    http_status: int | None = None
    error: str | None = None


@dataclass(slots=True, eq=False)
class Sms:
    """One accepted SMS; numbers are in E.164, with their plus."""

    account_sid: str
    to: str
    sender: str
    body: str
    messaging_service_sid: str | None = None
    status_callback: str | None = None
    status: Status = Status.QUEUED
    error_code: int | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    callbacks: list[Callback] = field(default_factory=list[Callback])
    sid: str = field(default_factory=lambda: f"SM{secrets.token_hex(16)}")

    def resource(self) -> JsonObject:
        """Answer the Message resource as Twilio's API shows it."""
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{self.sid}"
        created = format_datetime(self.at)
        return {
            "sid": self.sid,
            "account_sid": self.account_sid,
            "messaging_service_sid": self.messaging_service_sid,
            "to": self.to,
            # with a service the number is chosen, and the segments are counted, only afterwards
            "from": None if self.messaging_service_sid else self.sender,
            "body": self.body,
            "status": self.status,
            "num_segments": "0" if self.messaging_service_sid else str(segments(self.body)),
            "num_media": "0",
            "direction": "outbound-api",
            "api_version": "2010-04-01",
            "price": None,
            "price_unit": "USD",
            "error_code": self.error_code,
            "error_message": None,
            "date_created": created,
            "date_updated": created,
            "date_sent": None,
            "uri": f"{uri}.json",
            "subresource_uris": {"media": f"{uri}/Media.json"},
        }

    def view(self) -> JsonObject:
        """Answer what GET /_sim/sms lists."""
        return {
            "sid": self.sid,
            "account_sid": self.account_sid,
            "to": self.to,
            "from": self.sender,
            "messaging_service_sid": self.messaging_service_sid,
            "body": self.body,
            "num_segments": segments(self.body),
            "status": self.status,
            "error_code": self.error_code,
            "received_at": self.at.isoformat(timespec="microseconds"),
            "status_callback": self.status_callback,
            "callbacks": [_callback(each) for each in self.callbacks],
        }

    def on_the_phone(self) -> JsonObject:
        """Answer the SMS for the phone to draw."""
        told: JsonObject = {"kind": "sms", "id": self.sid, "from": self.sender, "to": self.to}
        return {**told, "body": self.body, "at": self.at.timestamp()}


class Mailbox:
    """Everything that was accepted, in order."""

    def __init__(self) -> None:
        self.accepted: list[Sms] = []
        self.unsubscribed: set[str] = set()
        """Local numbers, so that it does not matter how they are spelled."""

    def find(self, account_sid: str, sid: str) -> Sms | None:
        """Answer the account's SMS of this id."""
        mine = (each for each in self.accepted if each.account_sid == account_sid)
        return next((each for each in mine if each.sid == sid), None)

    def of(self, number: str) -> list[Sms]:
        """Answer what was sent to this number."""
        return [each for each in self.accepted if local(each.to) == local(number)]

    def reset(self) -> None:
        """Forget everything."""
        self.accepted.clear()
        self.unsubscribed.clear()


def local(number: str) -> str:
    """Answer a number's last ten digits: an Argentine mobile is one phone with 9 and without (phones-ar.md, 1)."""
    return "".join(filter(str.isdigit, number))[-10:]


def _callback(subject: Callback) -> Mapping[str, object]:
    return {"status": subject.status, "http_status": subject.http_status, "error": subject.error}
