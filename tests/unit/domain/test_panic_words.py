"""Staff read what stopped, why, what still works and what comes next, for every panic there can be."""

from itertools import product

import pytest

from campotech_wa.domain import alert_words, panic_words
from campotech_wa.domain.alerts import Kind
from campotech_wa.domain.locale import ENGLISH, LOCALES, SPANISH
from campotech_wa.domain.meta_errors import TABLE
from campotech_wa.domain.panic import Extent, Phase, Reason
from campotech_wa.domain.panic_words import Happening, banner


def happening(
    reason: Reason = Reason.FAILURE_RATE,
    extent: Extent = Extent.BUSINESS,
    phase: Phase = Phase.HALTED,
    *,
    code: int | None = None,
    numbers: dict[str, object] | None = None,
    note: str = "",
    number: str = "",
    probe_size: int = 0,
    is_due: bool = False,
) -> Happening:
    return Happening(
        reason=reason,
        extent=extent,
        phase=phase,
        code=code,
        numbers=numbers or {},
        note=note,
        number=number,
        next_look="15:40",
        is_due=is_due,
        probe_size=probe_size,
    )


EXTENTS = (Extent.BUSINESS, Extent.ALL)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_panic_has_its_four_sentences(locale: str) -> None:
    for reason, extent, phase in product(Reason, EXTENTS, Phase):
        said = banner(happening(reason, extent, phase), locale=locale)
        for sentence in (said.title, said.why, said.works, said.outlook):
            assert sentence, (reason, extent, phase)
            assert "{" not in sentence, (reason, extent, phase)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_reason_has_words_of_its_own(locale: str) -> None:
    assert len({banner(happening(reason), locale=locale).why for reason in Reason}) == len(Reason)


def test_every_code_of_the_catalogue_can_be_the_cause() -> None:
    for entry in TABLE:
        assert banner(happening(Reason.API_ERROR, code=entry.code), locale=SPANISH).why


def test_what_was_counted_is_told() -> None:
    numbers: dict[str, object] = {"failed": 14, "transmitted": 40, "minutes": 5}

    assert "14 de los últimos 40" in banner(happening(numbers=numbers), locale=SPANISH).why
    assert "14 of the last 40" in banner(happening(numbers=numbers), locale=ENGLISH).why


def test_only_what_stops_everything_says_that_nothing_leaves() -> None:
    part, whole = (banner(happening(Reason.MANUAL, extent), locale=SPANISH) for extent in EXTENTS)

    assert (part.title, whole.title) == ("Las plantillas están frenadas", "Los envíos están frenados")
    assert "seguir respondiendo" in part.works
    assert "seguir respondiendo" not in whole.works


def test_a_limit_set_for_conduct_is_told_as_the_catalogue_tells_it() -> None:
    assert "denunciaron" in banner(happening(Reason.RATE_LIMITED, code=131048), locale=SPANISH).why
    assert "envíe menos" in banner(happening(Reason.RATE_LIMITED, code=130429), locale=SPANISH).why


def test_the_next_look_is_named_and_what_it_will_be() -> None:
    probed = banner(happening(), locale=SPANISH).outlook
    checked = banner(happening(Reason.AUTH, Extent.ALL), locale=SPANISH).outlook

    assert probed == "A las 15:40 se prueba con un solo mensaje."
    assert "15:40 se vuelve a consultar a Meta" in checked
    assert "ahora" in banner(happening(is_due=True), locale=SPANISH).outlook


def test_a_probe_says_how_far_it_is() -> None:
    first, second = (
        banner(happening(phase=Phase.PROBING, probe_size=size), locale=SPANISH).outlook for size in (1, 5)
    )

    assert "próximo mensaje" in first
    assert "de a 5" in second


def test_the_number_is_named_where_there_are_several() -> None:
    assert banner(happening(number="Norte"), locale=SPANISH).title == "Norte: las plantillas están frenadas"


def test_an_admins_reason_is_quoted() -> None:
    assert "“Mal la campaña”" in banner(happening(Reason.MANUAL, note="Mal la campaña"), locale=SPANISH).why


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", Kind)
def test_every_alert_has_words_also_without_details(kind: Kind, locale: str) -> None:
    said = alert_words.alert(kind, "recordatorio {x} (es_AR)", {}, locale=locale)
    over = alert_words.cleared(said, locale=locale)

    assert said.headline
    assert said.body
    assert over.headline.endswith(said.headline)
    assert over.headline != said.headline


def test_a_panic_is_told_in_an_alert_as_in_the_banner() -> None:
    numbers: dict[str, object] = {"failed": 14, "transmitted": 40}
    detail: dict[str, object] = {"reason": "high_failure_rate", "lanes": "business", "numbers": numbers}

    said = alert_words.alert(Kind.PANIC, "", detail, locale=SPANISH)

    shown = panic_words.banner(happening(numbers=numbers), locale=SPANISH)
    assert (said.headline, said.body) == (shown.title, f"{shown.why} {shown.works}")
