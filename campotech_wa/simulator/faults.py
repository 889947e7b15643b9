"""Decide which requests suffer: rules that refuse, delay, drop, fail or spoil what they match."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from random import Random
from typing import Literal, cast

from campotech_wa.simulator.shapes import JsonObject

OutcomeKind = Literal["error_code", "http_status", "drop_response", "status_failed_code", "body"]
OUTCOMES: tuple[OutcomeKind, ...] = (
    "error_code",
    "http_status",
    "drop_response",
    "status_failed_code",
    "body",
)
MESSAGES = "messages"
ROUTES = (MESSAGES, "media_upload", "media_resolve", "media_download", "account", "sms")
"""What a rule can be for: `sms` is the SMS provider, `account` every other call about a number, account or token."""
BODIES = ("truncated", "wrong", "html")
"""How a media download can be spoiled."""


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


UNHARMED = Effect()


@dataclass(slots=True)
class Fault:
    """A rule; `remaining` counts the requests it is still good for, None means until it is cleared."""

    effect: Effect
    match: Match = field(default_factory=Match)
    remaining: int | None = None
    share: float = 1.0
    """How many of the requests that it matches it strikes."""
    dice: Random | None = None
    """Its own where it was given a seed; else it throws those of all rules."""
    name: str = ""
    id: int = 0
    hits: int = 0

    def view(self) -> JsonObject:
        """Answer the rule as GET /_sim/faults lists it."""
        outcomes = {name: cast("object", getattr(self.effect, name)) for name in OUTCOMES}
        effect = {name: value for name, value in outcomes.items() if value is not None and value is not False}
        if self.effect.latency:
            effect["latency_ms"] = self.effect.latency * 1000
        usual = asdict(Match())
        match = {name: value for name, value in asdict(self.match).items() if value != usual[name]}
        told = {"match": match, "share": self.share, "remaining": self.remaining, "hits": self.hits}
        return {"id": self.id, "name": self.name, **effect, **told}


class Faults:
    """The rules in force, oldest first."""

    def __init__(self, dice: Random | None = None) -> None:
        self.rules: list[Fault] = []
        self._dice = dice or Random()  # noqa: S311 - nobody guards anything with it
        self._last_id = 0

    def add(self, rule: Fault) -> Fault:
        """Put a rule in force, behind those that are."""
        self._last_id += 1
        rule.id = self._last_id
        self.rules.append(rule)
        return rule

    def lift(self, rule_id: int) -> bool:
        """End one rule; tell whether it was in force."""
        found = [rule for rule in self.rules if rule.id == rule_id]
        self.rules = [rule for rule in self.rules if rule.id != rule_id]
        return bool(found)

    def take(self, occasion: Occasion) -> Effect:
        """Answer what happens to the request: by the oldest rule that decides and the oldest that delays."""
        if not self.rules:
            return UNHARMED
        matching = [rule for rule in self.rules if rule.match.covers(occasion)]
        deciding = self._first(rule for rule in matching if rule.effect.decides)
        delaying = self._first(rule for rule in matching if not rule.effect.decides)
        for rule in filter(None, (deciding, delaying)):
            self._spend(rule)
        delay = delaying.effect.latency if delaying else 0.0
        decided = deciding.effect if deciding else UNHARMED
        return replace(decided, latency=decided.latency + delay)

    def _first(self, rules: Iterable[Fault]) -> Fault | None:
        """Answer the oldest rule whose dice fall so; those behind it throw none."""
        return next((rule for rule in rules if self._strikes(rule)), None)

    def _strikes(self, rule: Fault) -> bool:
        return rule.share == 1.0 or (rule.dice or self._dice).random() < rule.share

    def _spend(self, rule: Fault) -> None:
        rule.hits += 1
        if rule.remaining is None:
            return
        rule.remaining -= 1
        if rule.remaining == 0:
            self.rules.remove(rule)
