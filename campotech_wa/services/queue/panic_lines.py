"""Tell of a number's panics: rows go in, lines of its history come out."""

from collections.abc import Callable, Mapping
from datetime import datetime

from campotech_wa.domain import meta_errors, queue_words
from campotech_wa.domain.account_words import Saying, Tone
from campotech_wa.queue_views import PanicLine
from campotech_wa.tables.outbox import WaPanic

_NUMBERS = {
    "failed": Saying("fallaron", "failed", Tone.QUIET),
    "transmitted": Saying("transmitidos", "transmitted", Tone.QUIET),
    "throttled": Saying("demorados por Meta", "delayed by Meta", Tone.QUIET),
    "minutes": Saying("minutos", "minutes", Tone.QUIET),
    "seconds": Saying("segundos", "seconds", Tone.QUIET),
}


def line(
    panic: WaPanic, people: Mapping[int, str], moment: Callable[[datetime], str], locale: str
) -> PanicLine:
    """Return a panic's line: why it began, what was counted, who or what ended it."""
    began, ended = moment(panic.triggered_at), _ended(panic, people, moment, locale)
    by = people.get(panic.triggered_by_id or 0)
    return PanicLine(
        title=queue_words.PANIC_REASONS[panic.reason].words(locale),
        cause=meta_errors.find(panic.error_code).sentence(locale) if panic.error_code is not None else "",
        numbers=_numbers(panic.numbers, locale),
        began=f"{began} · {by}" if by else began,
        ended=ended,
        note=" · ".join(note for note in (panic.note, panic.resolve_note) if note),
    )


def _ended(panic: WaPanic, people: Mapping[int, str], moment: Callable[[datetime], str], locale: str) -> str:
    if panic.resolved_at is None:
        return ""
    by_itself = Saying("se recuperó solo", "recovered by itself", Tone.GOOD).words(locale)
    return f"{moment(panic.resolved_at)} · {people.get(panic.resolved_by_id or 0, by_itself)}"


def _numbers(numbers: Mapping[str, object], locale: str) -> str:
    """Write what was counted; what nobody has words for stays out."""
    return ", ".join(
        f"{numbers[name]} {saying.words(locale)}" for name, saying in _NUMBERS.items() if name in numbers
    )
