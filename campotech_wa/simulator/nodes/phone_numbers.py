"""Tell everything about a business number, and change its PIN, its name and its own webhook address."""

from starlette.requests import Request

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.nodes.fields import selected
from campotech_wa.simulator.nodes.office import SUCCESS, Office
from campotech_wa.simulator.nodes.registration import pin_of
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.numbers import Number

MAX_ADDRESS = 200
"""Characters of a callback address (webhooks.md, 1.6)."""
_DEFAULTS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "last_onboarded_time",
    "webhook_configuration",
)
_NEVER_TOLD = (
    "certificate",
    "new_certificate",
    "country_code",
    "country_dial_code",
    "is_preverified_number",
    "eligibility_for_api_business_global_search",
)
"""Fields that exist, and that an ordinary number's node leaves out."""


def describe(request: Request, number: Number, office: Office) -> JsonObject:
    """Answer the node with the fields that were asked for (sending.md, 4)."""
    test_number = office.world.behaviour.allowed_recipients is not None
    known = {
        **_standing(number),
        "account_mode": "SANDBOX" if test_number else "LIVE",
        "webhook_configuration": office.courier.callbacks.configuration(number.channel),
        "health_status": office.health(number.channel, number.id, "PHONE_NUMBER"),
        **number.fields,
    }
    return selected(request, known, _DEFAULTS, "WhatsAppBusinessPhoneNumber")


async def change(number: Number, asked: Part, office: Office) -> JsonObject:
    """Set the two-step PIN, ask for another display name, or override the webhook address."""
    known = {"pin", "new_display_name", "webhook_configuration"}
    if not known & set(asked.values):
        raise refusal(100, f"One of {', '.join(sorted(known))} is required.")
    if asked.has("webhook_configuration"):
        configuration = asked.part("webhook_configuration")
        url = await accepted_address(configuration, office)
        office.courier.callbacks.override_number(number.id, url)
    if asked.has("pin"):
        number.pin = pin_of(asked)
    if asked.has("new_display_name"):
        number.display_name_wished = asked.text("new_display_name", most=512)
    return SUCCESS


async def accepted_address(configuration: Part, office: Office) -> str:
    """Answer the callback address after its handshake; an empty one is as good, and ends the override."""
    if not configuration.values.get("override_callback_uri"):
        return ""
    url = configuration.link("override_callback_uri", most=MAX_ADDRESS)
    if not await office.courier.handshake(url, configuration.text("verify_token")):
        raise refusal(100, "Param override_callback_uri did not answer the verification with its challenge.")
    return url


def _standing(number: Number) -> JsonObject:
    wished = number.display_name_wished or None
    return {
        "id": number.id,
        "verified_name": number.channel.verified_name,
        "display_phone_number": number.channel.display_phone_number,
        "name_status": "APPROVED",
        "new_display_name": wished,
        "new_name_status": wished and "PENDING_REVIEW",
        "status": "CONNECTED" if number.registered else "PENDING",
        "quality_rating": "GREEN",
        "quality_score": {"score": "GREEN"},
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "throughput": {"level": "STANDARD"},
        "code_verification_status": "VERIFIED" if number.verified else "NOT_VERIFIED",
        "platform_type": "CLOUD_API" if number.registered else "NOT_APPLICABLE",
        "is_official_business_account": False,
        "is_pin_enabled": bool(number.pin),
        "is_on_biz_app": False,
        "host_platform": "CLOUD_API",
        "last_onboarded_time": "2026-01-05T12:00:00+0000",
        "conversational_automation": number.automation or None,
        "search_visibility": "VISIBLE",
        "username": number.username or None,
        **dict.fromkeys(_NEVER_TOLD),
    }
