"""Read the value of a webhook field, by its name, into a value with names and types (webhooks.md 2 to 6)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from campotech_wa.meta.inbound.models import account, coexistence, conversing, groups_calls, templates
from campotech_wa.meta.inbound.models.base import Shape
from campotech_wa.meta.shapes import JsonObject

FIELDS: Final[Mapping[str, type[Shape]]] = MappingProxyType(
    {
        "messages": conversing.MessagesValue,
        # Lists of the field messages that are told as news of their own.
        "errors": conversing.MessagesValue,
        "user_actions": conversing.MessagesValue,
        "user_preferences": conversing.UserPreferencesValue,
        "user_id_update": conversing.UserIdUpdateValue,
        "messaging_handovers": conversing.MessagingHandoversValue,
        "standby": conversing.StandbyValue,
        "smb_message_echoes": coexistence.MessageEchoesValue,
        "message_echoes": coexistence.MessageEchoesValue,
        "smb_app_state_sync": coexistence.AppStateSyncValue,
        "history": coexistence.HistoryValue,
        "message_template_status_update": templates.TemplateStatusValue,
        "message_template_quality_update": templates.TemplateQualityValue,
        "message_template_components_update": templates.TemplateComponentsValue,
        "template_category_update": templates.TemplateCategoryValue,
        "template_correct_category_detection": templates.TemplateDetectionValue,
        "phone_number_quality_update": account.PhoneQualityValue,
        "phone_number_name_update": account.PhoneNameValue,
        "business_username_updates": account.BusinessUsernameValue,
        "business_username_update": account.BusinessUsernameValue,
        "account_update": account.AccountUpdateValue,
        "account_review_update": account.AccountReviewValue,
        "account_alerts": account.AccountAlertsValue,
        "account_settings_update": account.AccountSettingsValue,
        "business_capability_update": account.BusinessCapabilityValue,
        "security": account.SecurityValue,
        "payment_configuration_update": account.PaymentConfigurationValue,
        "partner_solutions": account.PartnerSolutionValue,
        "flows": account.FlowsValue,
        "automatic_events": groups_calls.AutomaticEventsValue,
        "calls": groups_calls.CallsValue,
        "group_lifecycle_update": groups_calls.GroupsValue,
        "group_participants_update": groups_calls.GroupsValue,
        "group_settings_update": groups_calls.GroupsValue,
        "group_status_update": groups_calls.GroupsValue,
    }
)


def read(name: str, value: JsonObject) -> Shape | None:
    """Return the value of this field, or the payload of news of this name; None when nobody knows the name."""
    model = FIELDS.get(name)
    return None if model is None else model.read(value)
