"""Names that must exist on both sides, and sizes that must not grow."""

from importlib import import_module
from pathlib import Path

import pytest

from campotech_wa.signals import jobs
from campotech_wa.ui.text.english import ENGLISH
from campotech_wa.ui.text.spanish import SPANISH

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400


@pytest.mark.parametrize("job", [jobs.PROCESS, jobs.DRAIN, jobs.FETCH, jobs.SMS])
def test_every_job_that_is_enqueued_exists(job: str) -> None:
    module, _, name = job.rpartition(".")

    assert callable(getattr(import_module(module), name))


def test_both_languages_have_the_same_words() -> None:
    assert set(ENGLISH) == set(SPANISH)
    assert all(words.strip() for words in (*ENGLISH.values(), *SPANISH.values()))


def test_no_file_grows_beyond_reading_in_one_go() -> None:
    ours = [path for folder in ("campotech_wa", "worker", "tests") for path in (ROOT / folder).rglob("*.py")]

    assert [str(path) for path in ours if len(path.read_text().splitlines()) > LONGEST_FILE] == []
