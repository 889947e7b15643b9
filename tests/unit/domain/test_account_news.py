"""Every piece of Meta's news becomes a sentence in both languages, also the ones nobody knows yet."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.account_news import accounts, numbers, tell, templates
from campotech_wa.domain.account_words import Tone
from campotech_wa.domain.locale import ENGLISH, SPANISH

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
)
KNOWN_KEYS = (
    "event", "decision", "restriction_info", "ban_info", "alert_info", "errors", "user_preferences",
    "new_quality_score", "correct_category", "message_template_name", "max_daily_conversations_per_business",
)  # fmt: skip
FIELDS = (
    "message_template_status_update", "message_template_quality_update", "template_category_update",
    "message_template_components_update", "template_correct_category_detection",
    "phone_number_quality_update", "phone_number_name_update", "security", "business_capability_update",
    "account_settings_update", "account_update", "account_review_update", "account_alerts",
    "user_preferences", "errors", "flows", "",
)  # fmt: skip
TURNO = {"message_template_name": "turno"}


@pytest.mark.parametrize(
    ("field", "event", "payload", "tone", "sentence"),
    [
        (
            "message_template_status_update", "APPROVED", TURNO | {"reason": "NONE"}, Tone.GOOD,
            "Plantilla “turno”: Meta la aprobó: ya se puede usar.",
        ),
        (
            "message_template_status_update", "REJECTED", TURNO | {"reason": "SCAM"}, Tone.WARN,
            "Plantilla “turno”: Meta la rechazó. Corregila y mandala de nuevo. Motivo: parece una estafa.",
        ),
        (
            "message_template_status_update", "", TURNO | {"new_quality_score": "RED"}, Tone.BAD,
            "Plantilla “turno”: Su calidad ahora es: baja.",
        ),
        (
            "template_category_update", "", TURNO | {"correct_category": "MARKETING", "new_category": "UTILITY"},
            Tone.WARN,
            "Plantilla “turno”: En 24 horas Meta la pasa a la categoría promoción: cambia su precio.",
        ),
        (
            "template_category_update", "", TURNO | {"previous_category": "UTILITY", "new_category": "MARKETING"},
            Tone.WARN, "Plantilla “turno”: Meta la pasó a la categoría promoción: cambió su precio.",
        ),
        (
            "phone_number_quality_update", "UPGRADE", {"max_daily_conversations_per_business": "TIER_10K"},
            Tone.GOOD, "Subió el límite de mensajes. Ahora: 10.000 clientes por día.",
        ),
        (
            "phone_number_name_update", "REJECTED", {"requested_verified_name": "Clima"}, Tone.WARN,
            "Meta rechazó el nombre “Clima”.",
        ),
        (
            "business_capability_update", "", {"max_daily_conversations_per_business": -1}, Tone.QUIET,
            "El límite de la empresa ahora es: sin límite.",
        ),
        (
            "business_capability_update", "", {"max_daily_conversations_per_business": 2000}, Tone.QUIET,
            "El límite de la empresa ahora es: 2.000 clientes por día.",
        ),
        (
            "account_update", "ACCOUNT_RESTRICTION",
            {"restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}]}, Tone.BAD,
            "Meta no deja enviar plantillas. Las respuestas a clientes siguen saliendo.",
        ),
        (
            "account_update", "ACCOUNT_RESTRICTION", {"restriction_info": [{"restriction_type": "NEW"}]}, Tone.BAD,
            "Meta restringió la cuenta.",
        ),
        (
            "account_update", "DISABLED_UPDATE", {"ban_info": {"waba_ban_state": "REINSTATE"}}, Tone.GOOD,
            "Meta habilitó la cuenta otra vez.",
        ),
        ("account_review_update", "", {"decision": "APPROVED"}, Tone.GOOD, "Meta aprobó la cuenta."),
        (
            "account_alerts", "", {"alert_info": {"alert_severity": "WARNING", "alert_type": "PROFILE_PICTURE_LOST"}},
            Tone.WARN, "Se perdió la foto de perfil del número. Subila de nuevo.",
        ),
        (
            "account_alerts", "", {"alert_severity": "INFORMATIONAL", "alert_type": "OBA_APPROVED"}, Tone.QUIET,
            "La cuenta ahora es oficial.",
        ),
        (
            "security", "PIN_RESET_REQUEST", {}, Tone.BAD,
            "Alguien pidió restablecer el PIN del número. Si no fue alguien de la empresa, actuá ya.",
        ),
        (
            "user_preferences", "", {"user_preferences": [{"value": "resume"}]}, Tone.GOOD,
            "Un cliente quiere recibir promociones otra vez.",
        ),
        (
            "user_preferences", "", {"user_preferences": [{"value": "a word of tomorrow"}]}, Tone.QUIET,
            "Un cliente pidió no recibir más promociones. Los avisos de su servicio siguen permitidos.",
        ),
        (
            "errors", "131042", {"errors": [{"code": 131031}]}, Tone.BAD,
            "Meta bloqueó la cuenta de WhatsApp de la empresa. Avisá a un administrador.",
        ),
        ("account_update", "A_NOVELTY", {}, Tone.QUIET, "Meta avisó de un cambio (account_update · A_NOVELTY)."),
        ("brand_new", "", {}, Tone.QUIET, "Meta avisó de un cambio (brand_new)."),
    ],
)  # fmt: skip
def test_news_become_a_sentence_and_a_tone(
    field: str, event: str, payload: dict[str, Any], tone: Tone, sentence: str
) -> None:
    told = tell(field, event, payload)

    assert (told.tone, told.sentence(SPANISH)) == (tone, sentence)
    assert told.sentence(ENGLISH) not in ("", sentence)


@given(
    st.sampled_from(FIELDS),
    st.sampled_from(["", "REJECTED", "ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "UPGRADE"])
    | st.text(max_size=9),
    st.dictionaries(st.sampled_from(KNOWN_KEYS) | st.text(max_size=5), json_values, max_size=4),
)
def test_any_payload_is_told(field: str, event: str, payload: dict[str, Any]) -> None:
    told = tell(field, event, payload)

    assert told.sentence(SPANISH).endswith(".")
    assert told.sentence(ENGLISH).endswith(".")


def test_every_event_of_the_reference_has_a_sentence_of_its_own() -> None:
    told = [templates.status(event, TURNO) for event in (
        "APPROVED", "REJECTED", "PENDING", "PAUSED", "DISABLED", "FLAGGED", "REINSTATED", "IN_APPEAL",
        "LIMIT_EXCEEDED", "LOCKED", "ARCHIVED", "UNARCHIVED", "DELETED", "PENDING_DELETION",
    )]  # fmt: skip
    told += [numbers.quality(event, {}) for event in (
        "ONBOARDING", "THROUGHPUT_UPGRADE", "FLAGGED", "UNFLAGGED", "UPGRADE", "DOWNGRADE",
    )]  # fmt: skip
    told += [accounts.updated(event, {}) for event in (
        "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "ACCOUNT_RECONNECTED", "VERIFIED_ACCOUNT", "ACCOUNT_RESTRICTION",
        "ACCOUNT_VIOLATION", "PARTNER_ADDED", "PARTNER_REMOVED", "PARTNER_APP_INSTALLED",
        "PARTNER_APP_UNINSTALLED", "AD_ACCOUNT_LINKED", "MM_LITE_TERMS_SIGNED",
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
        "VOLUME_BASED_PRICING_TIER_UPDATE",
    )]  # fmt: skip

    sentences = [each.spanish for each in told if each]
    assert len(sentences) == len(set(sentences)) == len(told)
