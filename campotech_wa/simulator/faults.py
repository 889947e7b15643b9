"""Let a test order misfortune: rules that refuse, delay, drop or fail the messages they match."""

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Literal, cast

from campotech_wa.simulator.shapes import JsonObject, as_object
from campotech_wa.simulator.validation import Outgoing

OutcomeKind = Literal["error_code", "http_status", "drop_response", "status_failed_code"]
_OUTCOMES: tuple[OutcomeKind, ...] = ("error_code", "http_status", "drop_response", "status_failed_code")


class FaultError(ValueError):
    """The rule makes no sense; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which messages a rule is for; an empty field matches every message, `text` is a substring."""

    phone_number_id: str = ""
    to: str = ""
    type: str = ""
    text: str = ""

    def covers(self, phone_number_id: str, outgoing: Outgoing) -> bool:
        """Tell whether the rule is for this message."""
        return (
            self.phone_number_id in {"", phone_number_id}
            and self.to in {"", outgoing.wa_id}
            and self.type in {"", outgoing.type}
            and self.text in outgoing.text
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to one message; all empty means nothing unusual."""

    error_code: int | None = None
    http_status: int | None = None
    drop_response: bool = False
    status_failed_code: int | None = None
    latency: float = 0.0
    """Seconds between deciding and answering."""

    @property
    def decides(self) -> bool:
        """Tell whether there is more to it than a delay."""
        return self != Effect(latency=self.latency)


@dataclass(slots=True)
class Fault:
    """A rule; `remaining` counts the messages it is still good for, None means until it is cleared."""

    effect: Effect
    match: Match = field(default_factory=Match)
    remaining: int | None = None

    def view(self) -> JsonObject:
        """Answer the rule as GET /_sim/faults lists it."""
        outcomes = {name: cast("object", getattr(self.effect, name)) for name in _OUTCOMES}
        effect = {name: value for name, value in outcomes.items() if value is not None and value is not False}
        if self.effect.latency:
            effect["latency_ms"] = self.effect.latency * 1000
        match = {name: value for name, value in asdict(self.match).items() if value}
        return {**effect, "match": match, "remaining": self.remaining}


class Faults:
    """The rules in force, oldest first."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def take(self, phone_number_id: str, outgoing: Outgoing) -> Effect:
        """Answer what happens to the message: by the oldest rule that decides and the oldest that delays."""
        matching = [rule for rule in self.rules if rule.match.covers(phone_number_id, outgoing)]
        deciding = next((rule for rule in matching if rule.effect.decides), None)
        delaying = next((rule for rule in matching if not rule.effect.decides), None)
        for rule in filter(None, (deciding, delaying)):
            self._spend(rule)
        delay = delaying.effect.latency if delaying else 0.0
        decided = deciding.effect if deciding else Effect()
        return replace(decided, latency=decided.latency + delay)

    def _spend(self, rule: Fault) -> None:
        if rule.remaining is None:
            return
        rule.remaining -= 1
        if rule.remaining == 0:
            self.rules.remove(rule)


def parse(document: JsonObject) -> Fault:
    """Read a rule as POST /_sim/faults takes it; raise FaultError if it makes no sense."""
    known = {*_OUTCOMES, "latency_ms", "match", "times"}
    _refuse_unknown(document, known, "The fault")
    effect = _effect(document)
    return Fault(effect, _match(document.get("match", {})), _times(document.get("times")))


def _effect(document: JsonObject) -> Effect:
    chosen = [name for name in _OUTCOMES if name in document]
    if len(chosen) > 1 or not (chosen or "latency_ms" in document):
        raise FaultError(f"A fault needs exactly one of {', '.join(_OUTCOMES)}, or latency_ms, or both.")
    return Effect(
        error_code=_number(document, "error_code", low=0),
        http_status=_number(document, "http_status", low=400, high=599),
        drop_response=_flag(document, "drop_response"),
        status_failed_code=_number(document, "status_failed_code", low=0),
        latency=(_number(document, "latency_ms", low=0) or 0) / 1000,
    )


def _match(value: object) -> Match:
    match = as_object(value)
    if match is None or not all(isinstance(each, str) for each in match.values()):
        raise FaultError("match must be an object of texts.")
    names = {each.name for each in fields(Match)}
    _refuse_unknown(match, names, "match")
    texts = cast("dict[str, str]", match)
    to = "".join(filter(str.isdigit, texts.get("to", "")))
    return Match(texts.get("phone_number_id", ""), to, texts.get("type", ""), texts.get("text", ""))


def _times(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise FaultError("times must be a whole number, one or more; leave it out for a fault that stays.")
    return value


def _number(document: JsonObject, name: str, *, low: int, high: int = 2**31) -> int | None:
    if name not in document:
        return None
    value = document[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise FaultError(f"{name} must be a whole number from {low} to {high}.")
    return value


def _flag(document: JsonObject, name: str) -> bool:
    if document.get(name, True) is not True:
        raise FaultError(f"{name} must be true; leave it out otherwise.")
    return name in document


def _refuse_unknown(document: JsonObject, known: set[str], owner: str) -> None:
    if unknown := sorted(set(document) - known):
        raise FaultError(f"{owner} has unknown keys: {', '.join(unknown)}.")
