"""The values of every other webhook field, as webhooks.md sections 5 and 6 give them."""

from typing import Any

from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.shapes import ANA, ANA_USER, AT, BETO, BUSINESS, WRITTEN_AT, JsonObject

TEMPLATE: JsonObject = {
    "message_template_id": 594425479261596,
    "message_template_name": "turno_confirmado",
    "message_template_language": "es-AR",
}


def metadata() -> JsonObject:
    """Return what tells whose number it is."""
    return shapes.change()["value"]


def account_updates() -> dict[str, JsonObject]:
    """Return ``account_update`` by event (6.2)."""
    return {
        "ACCOUNT_DELETED": {},
        "ACCOUNT_OFFBOARDED": {},
        "ACCOUNT_RECONNECTED": {},
        "VERIFIED_ACCOUNT": {"phone_number": BUSINESS},
        "ACCOUNT_RESTRICTION": {
            "restriction_info": [
                {
                    "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
                    "expiration": AT,
                    "remediation": "Wait",
                },
                {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "expiration": WRITTEN_AT},
            ]
        },
        "ACCOUNT_VIOLATION": {"violation_info": {"violation_type": "SPAM", "remediation": "Stop"}},
        "DISABLED_UPDATE": {
            "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "April 17, 2025"}
        },
        "PARTNER_ADDED": {"waba_info": {"waba_id": "2", "owner_business_id": "3", "partner_app_id": "4"}},
        "PARTNER_REMOVED": {
            "waba_info": {"waba_id": "2", "solution_partner_business_ids": ["5", "6"]},
            "disconnection_info": {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"},
        },
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE": {
            "partner_client_certification_info": {
                "client_business_id": "3",
                "status": "FAILED",
                "rejection_reasons": ["NAME"],
            }
        },
        "PARTNER_CLIENT_CERTIFICATION_NEEDED": {},
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE": {"country": "AR"},
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE": {
            "auth_international_rate_eligibility": {
                "start_time": AT,
                "exception_countries": [{"country_code": "ID", "start_time": AT}],
            }
        },
        "VOLUME_BASED_PRICING_TIER_UPDATE": {
            "volume_tier_info": {
                "tier_update_time": AT,
                "pricing_category": "UTILITY",
                "tier": "25000001:50000000",
                "effective_month": "2025-11",
                "region": "Argentina",
            }
        },
    }


def whole_values() -> list[tuple[str, str, JsonObject]]:
    """Return fields that are one piece of news each: name, event, value."""
    return [
        *(("account_update", event, {"event": event, **more}) for event, more in account_updates().items()),
        *_templates(),
        *_number_and_account(),
        *_flows(),
        *_conversations(),
    ]


def _templates() -> list[tuple[str, str, JsonObject]]:
    status = {
        "event": "REJECTED",
        "reason": "INVALID_FORMAT",
        "message_template_category": "UTILITY",
        "disable_info": {"disable_date": "January 31, 2021"},
        "other_info": {"title": "FIRST_PAUSE", "description": "Paused for three hours"},
        "rejection_info": {"reason": "Variables at the end", "recommendation": "Add words"},
    }
    button = {
        "message_template_button_type": "URL",
        "message_template_button_text": "Ver",
        "message_template_button_url": "https://climasur.example",
        "message_template_button_phone_number": "+541140000000",
    }
    components = {
        "message_template_title": "Turno",
        "message_template_element": "Hola {{1}}",
        "message_template_footer": "Clima Sur",
        "message_template_buttons": [button],
    }
    quality = {"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"}
    announced = {
        "correct_category": "MARKETING",
        "new_category": "UTILITY",
        "category_update_timestamp": 1746169200,
    }
    changed = {"previous_category": "UTILITY", "new_category": "MARKETING"}
    return [
        ("message_template_status_update", "REJECTED", TEMPLATE | status),
        ("message_template_quality_update", "YELLOW", TEMPLATE | quality),
        ("message_template_components_update", "", TEMPLATE | components),
        ("template_category_update", "MARKETING", TEMPLATE | announced),
        ("template_category_update", "MARKETING", TEMPLATE | changed),
        ("template_correct_category_detection", "MARKETING", TEMPLATE | {"correct_category": "MARKETING"}),
    ]


def _number_and_account() -> list[tuple[str, str, JsonObject]]:
    number = {"display_phone_number": BUSINESS}
    quality = {
        "event": "UPGRADE",
        "max_daily_conversations_per_business": "TIER_2K",
        "current_limit": "TIER_2K",
        "old_limit": "TIER_250",
    }
    name = {
        "decision": "REJECTED",
        "requested_verified_name": "Clima Sur",
        "rejection_reason": "NAME_FORMAT_UNACCEPTABLE",
    }
    alert = {
        "alert_severity": "CRITICAL",
        "alert_status": "ACTIVE",
        "alert_type": "PROFILE_PICTURE_LOST",
        "alert_description": "Gone",
    }
    entity = {"entity_type": "PHONE_NUMBER", "entity_id": 100000000000001}
    settings: JsonObject = {"phone_number_id": "100", "calling": {"status": "ENABLED"}}
    payment = {
        "configuration_name": "main",
        "provider_name": "razorpay",
        "provider_mid": "m",
        "status": "Active",
        "created_timestamp": AT,
        "updated_timestamp": AT,
    }
    solution = {"event": "SOLUTION_UPDATED", "solution_id": "9", "solution_status": "ACTIVE"}
    return [
        ("phone_number_quality_update", "UPGRADE", number | quality),
        ("phone_number_name_update", "REJECTED", number | name),
        ("business_username_updates", "approved", number | {"username": "climasur", "status": "approved"}),
        ("business_username_update", "deleted", number | {"username": "climasur", "status": "deleted"}),
        ("account_review_update", "APPROVED", {"decision": "APPROVED"}),
        ("account_alerts", "PROFILE_PICTURE_LOST", {**entity, "alert_info": alert}),
        ("account_alerts", "PROFILE_PICTURE_LOST", {**entity, **alert}),
        (
            "business_capability_update",
            "",
            {
                "max_daily_conversations_per_business": 2000,
                "max_phone_numbers_per_waba": 25,
                "max_daily_conversation_per_phone": -1,
            },
        ),
        (
            "account_settings_update",
            "phone_number_settings",
            {
                "messaging_product": "whatsapp",
                "timestamp": WRITTEN_AT,
                "type": "phone_number_settings",
                "phone_number_settings": settings,
            },
        ),
        ("security", "PIN_CHANGED", number | {"event": "PIN_CHANGED", "requester": "7"}),
        ("payment_configuration_update", "Active", payment),
        ("partner_solutions", "SOLUTION_UPDATED", solution),
        ("automatic_events", "", {**metadata(), "automatic_events": [{"id": "e1"}]}),
    ]


def _flows() -> list[tuple[str, str, JsonObject]]:
    rate = {
        "message": "Too many errors",
        "flow_id": "66",
        "error_rate": 14.28,
        "threshold": 10,
        "alert_state": "ACTIVATED",
        "errors": [{"error_type": "INVALID_SCREEN_TRANSITION", "error_rate": 66.66, "error_count": 2}],
    }
    latency = {
        "flow_id": "66",
        "p50_latency": 1000,
        "p90_latency": 3000,
        "requests_count": 7,
        "threshold": 1000,
        "alert_state": "ACTIVATED",
    }
    events: dict[str, dict[str, Any]] = {
        "FLOW_STATUS_CHANGE": {
            "message": "Published",
            "flow_id": "66",
            "old_status": "DRAFT",
            "new_status": "PUBLISHED",
        },
        "CLIENT_ERROR_RATE": rate,
        "ENDPOINT_ERROR_RATE": rate,
        "ENDPOINT_LATENCY": latency,
        "ENDPOINT_AVAILABILITY": {"flow_id": "66", "availability": 75, "threshold": 90},
        "FLOW_VERSION_EXPIRY_WARNING": {"flow_id": "66", "warning": "Version 2.1 expires"},
    }
    return [("flows", event, {"event": event, **value}) for event, value in events.items()]


def _conversations() -> list[tuple[str, str, JsonObject]]:
    passed = {
        "previous_owner_role": "ai_agent",
        "new_owner_role": "customer_service",
        "metadata": "ticket 7",
        "conversation_context": {"type": "summary", "summary": {"text": "Wants a plumber"}},
    }
    handover = {
        "messaging_product": "whatsapp",
        "sender": {"phone_number": ANA, "user_id": ANA_USER},
        "recipient": {"phone_number_id": "100", "display_phone_number": BUSINESS},
        "type": "control_passed",
        "timestamp": WRITTEN_AT,
        "control_passed": passed,
    }
    return [("messaging_handovers", "control_passed", handover)]


def listed_values() -> list[tuple[str, str, str, JsonObject]]:
    """Return elements of lists that are one piece of news each: field, list, event, element."""
    call = {"id": "wacid.1", "from": ANA, "to": BUSINESS, "timestamp": WRITTEN_AT}
    connect = call | {
        "event": "connect",
        "direction": "USER_INITIATED",
        "session": {"sdp_type": "offer", "sdp": "v=0"},
        "deeplink_payload": "d",
        "cta_payload": "c",
        "biz_opaque_callback_data": "x",
    }
    end = {"event": "terminate", "start_time": WRITTEN_AT, "end_time": WRITTEN_AT, "duration": 20}
    ringing = {
        "id": "wacid.1",
        "type": "call",
        "status": "RINGING",
        "timestamp": WRITTEN_AT,
        "recipient_id": ANA,
    }
    click = {
        "action_type": "marketing_messages_link_click",
        "marketing_messages_link_click_data": {
            "click_id": "c",
            "tracking_token": "t",
            "click_component": "cta",
            "product_id": "p",
        },
        "timestamp": WRITTEN_AT,
    }
    return [
        ("calls", "calls", "connect", connect),
        ("calls", "calls", "terminate", call | end | {"status": "COMPLETED"}),
        ("calls", "calls", "terminate", call | end | {"status": ["FAILED"], "errors": [shapes.fault()]}),
        *(
            ("calls", "calls", word, call | {"event": word})
            for word in ("call_created", "call_recording_available")
        ),
        ("calls", "statuses", "RINGING", ringing),
        ("messages", "user_actions", "marketing_messages_link_click", click),
        ("messages", "errors", "131051", shapes.fault()),
        *(
            (field, "groups", group["type"], {"timestamp": WRITTEN_AT, "group_id": "G1"} | group)
            for field, group in _groups()
        ),
    ]


def _groups() -> list[tuple[str, JsonObject]]:
    ana, asked = {"wa_id": ANA, "user_id": ANA_USER}, {"input": BETO, "errors": [shapes.fault()]}
    words = {"text": "Obra", "update_successful": True}
    return [
        (
            "group_lifecycle_update",
            {
                "type": "group_create",
                "request_id": "r",
                "subject": "Obra",
                "description": "Calle 7",
                "invite_link": "https://chat.whatsapp.com/x",
                "join_approval_mode": "auto_approve",
            },
        ),
        ("group_lifecycle_update", {"type": "group_delete", "request_id": "r", "errors": [shapes.fault()]}),
        (
            "group_participants_update",
            {"type": "group_participants_add", "reason": "invite_link", "added_participants": [ana]},
        ),
        (
            "group_participants_update",
            {
                "type": "group_participants_remove",
                "initiated_by": "business",
                "removed_participants": [ana],
                "failed_participants": [asked],
            },
        ),
        (
            "group_participants_update",
            {"type": "group_join_request_created", "join_request_id": "j", "wa_id": ANA},
        ),
        ("group_participants_update", {"type": "group_join_request_revoked", "join_request_id": "j"}),
        (
            "group_settings_update",
            {
                "type": "group_settings_update",
                "profile_picture": {
                    "mime_type": "image/jpeg",
                    "sha256": shapes.SHA256,
                    "update_successful": False,
                },
                "group_subject": words,
                "group_description": words,
            },
        ),
        ("group_status_update", {"type": "group_suspend"}),
        ("group_status_update", {"type": "group_suspend_cleared"}),
    ]
