"""Codes and type names of Meta's become words that staff understand."""

from campotech_wa.domain import wording
from campotech_wa.domain.locale import ENGLISH, SPANISH
from campotech_wa.domain.meta_errors import find


class TestReason:
    def test_a_known_code_is_a_sentence_without_its_number(self) -> None:
        sentence = wording.reason(131047, locale=SPANISH)

        assert sentence.startswith("Pasaron más de 24 horas")
        assert "131047" not in sentence

    def test_the_sentence_is_the_catalogues(self) -> None:
        assert wording.reason(131026, locale=ENGLISH) == find(131026).english
        assert wording.reason(131026, locale=SPANISH) == find(131026).spanish

    def test_a_code_known_by_its_neighbours_only_keeps_its_number_too(self) -> None:
        assert wording.reason(132999, locale=SPANISH).endswith("avisá a un administrador. (132999)")

    def test_an_unknown_code_keeps_its_number_for_whoever_looks_it_up(self) -> None:
        assert wording.reason(987654, locale=ENGLISH) == "WhatsApp could not deliver it. (987654)"

    def test_without_a_code_we_gave_up(self) -> None:
        assert wording.reason(None, locale=ENGLISH) == "It could not be sent after several attempts."
        assert wording.reason(None, locale=SPANISH) == "No se pudo enviar después de varios intentos."
