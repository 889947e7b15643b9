"""What each template says."""

import json

import pytest

from campotech_wa.simulator.phrasebook import Phrasebook, PhrasebookError


def definition(name: str = "turno", language: str = "es_AR", text: str = "Hola") -> bytes:
    components = [{"type": "BODY", "text": text}]
    return json.dumps({"name": name, "language": language, "components": components}).encode()


def test_a_definition_belongs_to_one_channel() -> None:
    book = Phrasebook()

    book.learn("1", definition())

    assert book.of("1") == [json.loads(definition())]
    assert book.of("2") == []


def test_the_same_name_and_language_is_learnt_anew() -> None:
    book = Phrasebook()

    book.learn("1", definition(text="Hola"))
    book.learn("1", definition(text="Chau"))
    book.learn("1", definition(language="en"))

    texts = [json.loads(definition(text="Chau")), json.loads(definition(language="en"))]
    assert book.of("1") == texts


@pytest.mark.parametrize(
    ("number", "raw", "words"),
    [
        ("1", b"{", "not JSON"),
        ("1", b"[]", "must be a JSON object"),
        ("1", definition(name=""), "needs a phone_number_id, a name and a language"),
        ("", definition(), "needs a phone_number_id, a name and a language"),
        ("1", b'{"name": "a", "language": "es", "components": {}}', "components must be an array"),
    ],
)
def test_what_is_no_definition_is_refused_with_a_sentence(number: str, raw: bytes, words: str) -> None:
    with pytest.raises(PhrasebookError, match=words):
        Phrasebook().learn(number, raw)
