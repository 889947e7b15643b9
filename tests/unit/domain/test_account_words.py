"""Meta's words for a number become words for staff; a word that is new stands for itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain import account_state, account_words
from campotech_wa.domain.account_words import Saying, Tone
from campotech_wa.domain.locale import ENGLISH, SPANISH

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class TestLimit:
    @pytest.mark.parametrize(
        ("tier", "spanish", "english"),
        [
            ("TIER_50", "50 clientes por día", "50 customers a day"),
            ("TIER_250", "250 clientes por día", "250 customers a day"),
            ("TIER_2K", "2.000 clientes por día", "2,000 customers a day"),
            ("TIER_100K", "100.000 clientes por día", "100,000 customers a day"),
            ("TIER_UNLIMITED", "Sin límite", "No limit"),
            ("TIER_NOT_SET", "Meta no lo informa", "Meta does not say"),
            ("", "Meta no lo informa", "Meta does not say"),
            ("TIER_SOME", "TIER_SOME", "TIER_SOME"),
        ],
    )
    def test_a_tier_is_customers_a_day(self, tier: str, spanish: str, english: str) -> None:
        said = account_words.messaging_limit(tier)

        assert (said.words(SPANISH), said.words(ENGLISH)) == (spanish, english)


class TestStates:
    @pytest.mark.parametrize(
        ("say", "word", "spanish", "tone"),
        [
            (account_words.status, "CONNECTED", "Conectado", Tone.GOOD),
            (account_words.status, "BANNED", "Bloqueado por Meta", Tone.BAD),
            (account_words.status, "UNKNOWN", "Meta no lo informa", Tone.QUIET),
            (account_words.status, "NOVELTY", "NOVELTY", Tone.QUIET),
            (account_words.name_status, "PENDING_REVIEW", "Nombre en revisión", Tone.WARN),
            (account_words.quality, "YELLOW", "Media", Tone.WARN),
            (account_words.quality, "NA", "Todavía sin datos", Tone.QUIET),
            (account_words.sending, "BLOCKED", "No puede enviar mensajes", Tone.BAD),
        ],
    )
    def test_each_has_words_and_a_tone(
        self, say: Callable[[str], Saying], word: str, spanish: str, tone: Tone
    ) -> None:
        said = say(word)

        assert (said.spanish, said.tone) == (spanish, tone)

    def test_a_number_that_a_phone_shares_passes_twenty_a_second(self) -> None:
        assert account_words.throughput("STANDARD", is_coexisting=True).english.startswith("20 ")
        assert account_words.throughput("STANDARD", is_coexisting=False).english.startswith("80 ")
        assert account_words.throughput("HIGH", is_coexisting=False).english.startswith("Up to 1,000 ")

    def test_an_entity_has_a_name_or_its_own_word(self) -> None:
        assert account_words.entity("WABA", locale=SPANISH) == "La cuenta de WhatsApp"
        assert account_words.entity("WABA", locale=ENGLISH) == "The WhatsApp account"
        assert account_words.entity("MOON", locale=SPANISH) == "MOON"


def token(*, expires_in: timedelta | None = None, is_valid: bool = True, is_known: bool = True) -> Saying:
    return account_state.token(
        is_known=is_known,
        is_valid=is_valid,
        expires_at=NOW + expires_in if expires_in is not None else None,
        expires="Viernes",
        now=NOW,
    )


class TestToken:
    def test_one_that_never_expires_is_good(self) -> None:
        assert token() == account_state.TOKEN_LASTING

    @pytest.mark.parametrize(
        ("days", "tone"), [(8, Tone.GOOD), (7, Tone.GOOD), (6.9, Tone.WARN), (0, Tone.BAD), (-1, Tone.BAD)]
    )
    def test_a_week_before_its_end_it_warns(self, days: float, tone: Tone) -> None:
        assert token(expires_in=timedelta(days=days)).tone is tone

    def test_a_revoked_one_is_bad_whatever_its_date(self) -> None:
        assert token(is_valid=False, expires_in=timedelta(days=90)) == account_state.TOKEN_INVALID

    def test_what_nobody_looked_at_is_neither_good_nor_bad(self) -> None:
        assert token(is_known=False, is_valid=False) == account_state.TOKEN_UNCHECKED

    @pytest.mark.parametrize(
        ("saying", "missing", "reaches", "advice"),
        [
            (account_state.TOKEN_LASTING, (), True, None),
            (account_state.TOKEN_LASTING, ("x",), True, "Le faltan permisos: x."),
            (account_state.TOKEN_LASTING, (), False, "No tiene acceso a esta cuenta de WhatsApp."),
            (account_state.TOKEN_INVALID, (), True, "Un administrador tiene que generar uno nuevo en Meta."),
            (
                account_state.TOKEN_UNCHECKED,
                ("x",),
                False,
                "Para verificarlo, cargá el identificador de la app de Meta.",
            ),
        ],
    )
    def test_what_is_to_be_done_is_said(
        self, saying: Saying, missing: tuple[str, ...], *, reaches: bool, advice: str | None
    ) -> None:
        said = account_state.token_advice(saying, missing, reaches_account=reaches)

        assert (said and said.spanish) == advice


class TestVerdict:
    @pytest.mark.parametrize(
        ("tones", "words"),
        [
            ([], "Todavía sin revisar"),
            ([Tone.QUIET, Tone.GOOD], "Todo en orden"),
            ([Tone.WARN, Tone.GOOD], "Para revisar"),
            ([Tone.WARN, Tone.BAD, Tone.GOOD], "Hay que actuar"),
        ],
    )
    def test_the_worst_counts(self, tones: list[Tone], words: str) -> None:
        assert account_state.verdict(tones).spanish == words

    @pytest.mark.parametrize(
        ("subscribed", "ours", "tone"),
        [(True, True, Tone.GOOD), (True, False, Tone.BAD), (False, True, Tone.BAD)],
    )
    def test_a_webhook_is_good_only_where_it_reaches_us(
        self, *, subscribed: bool, ours: bool, tone: Tone
    ) -> None:
        assert account_state.webhook(is_subscribed=subscribed, is_ours=ours).tone is tone
