"""News of the number and the account (section 6.2)."""

from pydantic import AliasChoices, Field

from campotech_wa.meta.inbound.models.base import Shape
from campotech_wa.meta.shapes import JsonObject


class PhoneQualityValue(Shape):
    """``phone_number_quality_update``: how many people may be written to, and at what speed."""

    display_phone_number: str | None = None
    event: str | None = None
    max_daily_conversations_per_business: str | None = None
    current_limit: str | None = None
    old_limit: str | None = None


class PhoneNameValue(Shape):
    """``phone_number_name_update``: what was decided about the name that customers see."""

    display_phone_number: str | None = None
    decision: str | None = None
    requested_verified_name: str | None = None
    rejection_reason: str | None = None


class BusinessUsernameValue(Shape):
    """``business_username_updates``, also documented in the singular (section 5)."""

    display_phone_number: str | None = None
    username: str | None = None
    status: str | None = None


class Restriction(Shape):
    """What the account may not do for a while."""

    restriction_type: str | None = None
    expiration: str | None = None
    remediation: str | None = None


class Violation(Shape):
    """Which policy was broken."""

    violation_type: str | None = None
    remediation: str | None = None


class Ban(Shape):
    """Whether the account is switched off; the date is in words."""

    waba_ban_state: str | None = None
    waba_ban_date: str | None = None


class WabaInfo(Shape):
    """Who shares the account."""

    waba_id: str | None = None
    owner_business_id: str | None = None
    partner_app_id: str | None = None
    solution_id: str | None = None
    solution_partner_business_ids: list[str] = Field(default_factory=list[str])
    ad_account_linked: str | None = None


class Disconnection(Shape):
    """Why the phone and the API parted."""

    reason: str | None = None
    initiated_by: str | None = None


class Certification(Shape):
    """How the certification of a partner's client went."""

    client_business_id: str | None = None
    status: str | None = None
    rejection_reasons: list[str] = Field(default_factory=list[str])


class ExceptionCountry(Shape):
    """A country with its own start of international prices."""

    country_code: str | None = None
    start_time: int | None = None


class InternationalRate(Shape):
    """From when international prices are charged for authentication."""

    start_time: int | None = None
    exception_countries: list[ExceptionCountry] = Field(default_factory=list[ExceptionCountry])


class VolumeTier(Shape):
    """Which price tier was reached by volume."""

    tier_update_time: int | None = None
    pricing_category: str | None = None
    tier: str | None = None
    effective_month: str | None = None
    region: str | None = None


class AccountUpdateValue(Shape):
    """``account_update``: the event says which of the others is there."""

    event: str | None = None
    phone_number: str | None = None
    country: str | None = None
    restriction_info: list[Restriction] = Field(default_factory=list[Restriction])
    violation_info: Violation | None = None
    ban_info: Ban | None = None
    waba_info: WabaInfo | None = None
    disconnection_info: Disconnection | None = None
    partner_client_certification_info: Certification | None = None
    auth_international_rate_eligibility: InternationalRate | None = None
    volume_tier_info: VolumeTier | None = None


class AccountReviewValue(Shape):
    """``account_review_update``: what was decided about the account."""

    decision: str | None = None


class Alert(Shape):
    """What the account should look at."""

    alert_severity: str | None = None
    alert_status: str | None = None
    alert_type: str | None = None
    alert_description: str | None = None


class AccountAlertsValue(Alert):
    """``account_alerts``: in older payloads the alert stands at the top."""

    entity_type: str | None = None
    entity_id: str | None = None
    alert_info: Alert | None = None

    @property
    def alert(self) -> Alert:
        """The alert, wherever it stands."""
        return self.alert_info or self


class BusinessCapabilityValue(Shape):
    """``business_capability_update``: limits, as a number or a tier's name; -1 and TIER_UNLIMITED mean none."""

    max_daily_conversations_per_business: str | None = None
    max_daily_conversation_per_phone: str | None = None
    max_phone_numbers: int | None = Field(
        default=None,
        validation_alias=AliasChoices("max_phone_numbers_per_business", "max_phone_numbers_per_waba"),
    )


class PhoneNumberSettings(Shape):
    """Which settings of a number are in force."""

    phone_number_id: str | None = None
    calling: JsonObject | None = None


class AccountSettingsValue(Shape):
    """``account_settings_update``: settings of a number changed."""

    messaging_product: str | None = None
    timestamp: int | None = None
    type: str | None = None
    phone_number_settings: PhoneNumberSettings | None = None


class SecurityValue(Shape):
    """``security``: something happened to the PIN; nobody in particular asked for it if the requester is missing."""

    display_phone_number: str | None = None
    event: str | None = None
    requester: str | None = None


class PaymentConfigurationValue(Shape):
    """``payment_configuration_update``: India and Brazil."""

    configuration_name: str | None = None
    provider_name: str | None = None
    provider_mid: str | None = None
    status: str | None = None
    created_timestamp: int | None = None
    updated_timestamp: int | None = None


class PartnerSolutionValue(Shape):
    """``partner_solutions``: an arrangement of several partners changed."""

    event: str | None = None
    solution_id: str | None = None
    solution_status: str | None = None


class FlowError(Shape):
    """One kind of error that a flow had, and how often (section 6.7)."""

    error_type: str | None = None
    error_rate: float | None = None
    error_count: int | None = None


class FlowsValue(Shape):
    """``flows``: a form was published or blocked, fails or is slow (section 6.7)."""

    event: str | None = None
    message: str | None = None
    flow_id: str | None = None
    old_status: str | None = None
    new_status: str | None = None
    error_rate: float | None = None
    threshold: float | None = None
    alert_state: str | None = None
    errors: list[FlowError] = Field(default_factory=list[FlowError])
    p50_latency: float | None = None
    p90_latency: float | None = None
    requests_count: int | None = None
    availability: float | None = None
    warning: str | None = None
