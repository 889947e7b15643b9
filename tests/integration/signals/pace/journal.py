"""What workers did, in one file that all of them append to: the database of the hammering test, and its witness."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from campotech_wa.signals.pace import Past


class Journal:
    """Lines of a word, a slot and a time of the machine's clock, which all processes share."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, word: str, *slots: str) -> None:
        """Append a line for each slot, whole or not at all."""
        now = time.monotonic()
        os.write(self._file, "".join(f"{word} {slot} {now}\n" for slot in slots).encode())

    def times(self, word: str) -> dict[str, float]:
        """Return when a word was written of each slot."""
        return {slot: at for kind, slot, at in self._lines() if kind == word}

    def past(self) -> Iterator[Past]:
        """Yield what a database would know: attempts that were not given back, with the age of their answers."""
        answers, given_back = self.times("answer"), self.times("void")
        now = time.monotonic()
        for slot in self.times("attempt").keys() - given_back.keys():
            answered = answers.get(slot)
            yield Past(slot, None if answered is None else timedelta(seconds=now - answered))

    def _lines(self) -> Iterator[tuple[str, str, float]]:
        for line in self._path.read_text().splitlines():
            kind, slot, at = line.split()
            yield kind, slot, float(at)
