"""A business number: what Meta says of it, its registration, its two-step PIN (sending.md 4)."""

import re
from typing import Annotated

from pydantic import Field

from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.errors import InvalidInput, MetaRefused
from campotech_wa.meta.account.fields import Answer, Flag, Object, Text, ToObject
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.account.health import Health

_ESSENTIAL = (
    "id",
    "display_phone_number",
    "verified_name",
    "name_status",
    "status",
    "quality_rating",
    "whatsapp_business_manager_messaging_limit",
    "throughput",
    "code_verification_status",
    "platform_type",
    "is_pin_enabled",
    "is_on_biz_app",
    "webhook_configuration",
    "health_status",
)
FIELDS = (
    *_ESSENTIAL,
    "new_display_name",
    "new_name_status",
    "quality_score",
    "account_mode",
    "is_official_business_account",
    "host_platform",
    "last_onboarded_time",
    "conversational_automation",
    "search_visibility",
    "certificate",
)
"""Asked for by name: the default set is small."""

_UNKNOWN_FIELD = 100
_PIN = re.compile(r"[0-9]{6}", re.ASCII)


class Throughput(Answer):
    """Messages a second: STANDARD is 80, HIGH up to 1,000."""

    level: Text = ""


class WebhookConfiguration(Answer):
    """The callback URLs that are set, by who set them."""

    application: Text = ""
    whatsapp_business_account: Text = ""
    phone_number: Text = ""

    @property
    def effective(self) -> str:
        """Where messages go: the number's goes before the WABA's before the app's (webhooks.md 1.6)."""
        return self.phone_number or self.whatsapp_business_account or self.application


class Number(Answer):
    """The node of a business number."""

    id: Text = ""
    display_phone_number: Text = ""
    verified_name: Text = ""
    name_status: Text = ""
    new_display_name: Text = ""
    new_name_status: Text = ""
    status: Text = ""
    quality_rating: Text = ""
    quality_score: Object = Field(default_factory=dict)
    messaging_limit: Text = Field(default="", alias="whatsapp_business_manager_messaging_limit")
    throughput: Annotated[Throughput, ToObject] = Throughput()
    code_verification_status: Text = ""
    account_mode: Text = ""
    platform_type: Text = ""
    is_official_business_account: Flag = False
    is_pin_enabled: Flag = False
    is_on_biz_app: Flag = False
    host_platform: Text = ""
    last_onboarded_time: Text = ""
    webhook_configuration: Annotated[WebhookConfiguration, ToObject] = WebhookConfiguration()
    conversational_automation: Object = Field(default_factory=dict)
    health_status: Annotated[Health, ToObject] = Health()
    search_visibility: Text = ""
    certificate: Text = Field(default="", repr=False)

    @property
    def is_coexisting(self) -> bool:
        """Whether the business app on a phone uses the number too."""
        return self.is_on_biz_app and self.platform_type == "CLOUD_API"


def info(graph: Graph, phone_number_id: PhoneNumberId) -> Number:
    """Return what Meta says of a number.

    Where this version of the API lacks one of the fields, the essential ones alone are asked for: one dropped
    field would hide all the others.

    Raises:
        MetaError: Meta refused or failed.
    """
    try:
        return _read(graph, phone_number_id, FIELDS)
    except MetaRefused as refusal:
        if refusal.code != _UNKNOWN_FIELD:
            raise
    return _read(graph, phone_number_id, _ESSENTIAL)


def health(graph: Graph, phone_number_id: PhoneNumberId) -> Health:
    """Return whether a number may send, by Meta's own account: it costs nothing, and no customer's message.

    Raises:
        MetaError: Meta refused or failed.
    """
    return _read(graph, phone_number_id, ("id", "health_status")).health_status


def listing(graph: Graph, waba_id: str) -> tuple[Number, ...]:
    """Return the numbers of a WABA.

    Raises:
        MetaError: Meta refused or failed.
    """
    return tuple(Number.model_validate(raw) for raw in graph.pages(waba_id, "phone_numbers"))


def register(graph: Graph, phone_number_id: PhoneNumberId, pin: str) -> None:
    """Register a number; ``pin`` becomes its two-step PIN, or has to be the one that it has.

    Raises:
        InvalidInput: a PIN is six digits.
        MetaError: Meta refused or failed. Ten times in 72 hours is all that Meta allows (133016).
    """
    body = {"messaging_product": "whatsapp", "pin": _checked(pin)}
    graph.post(phone_number_id, "register", body=body, registering=True)


def deregister(graph: Graph, phone_number_id: PhoneNumberId) -> None:
    """Take a number off the Cloud API: it sends and receives no more. Not for coexistence numbers.

    Raises:
        MetaError: Meta refused or failed.
    """
    graph.post(phone_number_id, "deregister", registering=True)


def set_pin(graph: Graph, phone_number_id: PhoneNumberId, pin: str) -> None:
    """Set the two-step PIN. The API can not switch it off.

    Raises:
        InvalidInput: a PIN is six digits.
        MetaError: Meta refused or failed.
    """
    graph.post(phone_number_id, body={"pin": _checked(pin)}, registering=True)


def _checked(pin: str) -> str:
    if not _PIN.fullmatch(pin):
        raise InvalidInput("pin", field="pin", detail="pin must be exactly 6 digits.")
    return pin


def _read(graph: Graph, phone_number_id: PhoneNumberId, fields: tuple[str, ...]) -> Number:
    return Number.model_validate(graph.get(phone_number_id, fields=",".join(fields)))
