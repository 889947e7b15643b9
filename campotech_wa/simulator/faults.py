"""Let a test order misfortune: rules that refuse, delay, drop, fail or spoil the requests they match."""

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Literal, cast

from campotech_wa.simulator.identifiers import is_user_id
from campotech_wa.simulator.shapes import JsonObject, as_object, as_text

OutcomeKind = Literal["error_code", "http_status", "drop_response", "status_failed_code", "body"]
_OUTCOMES: tuple[OutcomeKind, ...] = (
    "error_code",
    "http_status",
    "drop_response",
    "status_failed_code",
    "body",
)
MESSAGES = "messages"
ROUTES = (MESSAGES, "media_upload", "media_resolve", "media_download", "account")
"""What a rule can be for; `account` is every other call about a number, an account or a token."""
BODIES = ("truncated", "wrong", "html")
"""How a media download can be spoiled."""


class FaultError(ValueError):
    """The rule makes no sense; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One request that rules may be for; `type` is a message's type or a medium's MIME type."""

    route: str
    phone_number_id: str = ""
    to: str = ""
    type: str = ""
    text: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Which requests of a route a rule is for; an empty field matches every one, `text` is a substring."""

    phone_number_id: str = ""
    to: str = ""
    type: str = ""
    text: str = ""
    id: str = ""
    route: str = MESSAGES

    def covers(self, occasion: Occasion) -> bool:
        """Tell whether the rule is for this request."""
        return (
            self.route == occasion.route
            and self.phone_number_id in {"", occasion.phone_number_id}
            and self.to in {"", occasion.to}
            and self.type in {"", occasion.type}
            and self.id in {"", occasion.id}
            and self.text in occasion.text
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to one request; all empty means nothing unusual."""

    error_code: int | None = None
    http_status: int | None = None
    drop_response: bool = False
    status_failed_code: int | None = None
    body: str | None = None
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
        usual = asdict(Match())
        match = {name: value for name, value in asdict(self.match).items() if value != usual[name]}
        return {**effect, "match": match, "remaining": self.remaining}


class Faults:
    """The rules in force, oldest first."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def take(self, occasion: Occasion) -> Effect:
        """Answer what happens to the request: by the oldest rule that decides and the oldest that delays."""
        matching = [rule for rule in self.rules if rule.match.covers(occasion)]
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
    effect, match = _effect(document), _match(document.get("match", {}))
    if effect.body and match.route != "media_download":
        raise FaultError('body needs {"match": {"route": "media_download"}}.')
    return Fault(effect, match, _times(document.get("times")))


def _effect(document: JsonObject) -> Effect:
    chosen = [name for name in _OUTCOMES if name in document]
    if len(chosen) > 1 or not (chosen or "latency_ms" in document):
        raise FaultError(f"A fault needs exactly one of {', '.join(_OUTCOMES)}, or latency_ms, or both.")
    return Effect(
        error_code=_number(document, "error_code", low=0),
        http_status=_number(document, "http_status", low=400, high=599),
        drop_response=_flag(document, "drop_response"),
        status_failed_code=_number(document, "status_failed_code", low=0),
        body=_body(document),
        latency=(_number(document, "latency_ms", low=0) or 0) / 1000,
    )


def _match(value: object) -> Match:
    match = as_object(value)
    if match is None or not all(isinstance(each, str) for each in match.values()):
        raise FaultError("match must be an object of texts.")
    names = {each.name for each in fields(Match)}
    _refuse_unknown(match, names, "match")
    texts = {"route": MESSAGES, **cast("dict[str, str]", match)}
    if texts["route"] not in ROUTES:
        raise FaultError(f"match.route must be one of {', '.join(ROUTES)}.")
    return Match(**{**texts, "to": _customer(texts.get("to", ""))})


def _customer(written: str) -> str:
    return written if is_user_id(written) else "".join(filter(str.isdigit, written))


def _body(document: JsonObject) -> str | None:
    value = document.get("body")
    if "body" in document and value not in BODIES:
        raise FaultError(f"body must be one of {', '.join(BODIES)}.")
    return as_text(value)


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
