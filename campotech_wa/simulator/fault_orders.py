"""Read the rules of misfortune as POST /_sim/faults takes them: a rule comes out, or a sentence that says why not."""

from dataclasses import fields
from random import Random
from typing import cast

from campotech_wa.simulator.faults import BODIES, MESSAGES, OUTCOMES, ROUTES, Effect, Fault, Match
from campotech_wa.simulator.identifiers import is_user_id
from campotech_wa.simulator.shapes import JsonObject, as_object, as_text


class FaultError(ValueError):
    """The rule makes no sense; the message says why, in one sentence."""


def parse(document: JsonObject) -> Fault:
    """Read a rule as POST /_sim/faults takes it; raise FaultError if it makes no sense."""
    known = {*OUTCOMES, "latency_ms", "match", "times", "share", "seed", "name"}
    _refuse_unknown(document, known, "The fault")
    effect, match = _effect(document), _match(document.get("match", {}))
    if effect.body and match.route != "media_download":
        raise FaultError('body needs {"match": {"route": "media_download"}}.')
    seed, name = _number(document, "seed", low=0), document.get("name", "")
    if not isinstance(name, str):
        raise FaultError("name must be a text.")
    dice = None if seed is None else Random(seed)  # noqa: S311 - it is to be guessed
    return Fault(effect, match, _times(document.get("times")), _share(document), dice, name)


def _effect(document: JsonObject) -> Effect:
    chosen = [name for name in OUTCOMES if name in document]
    if len(chosen) > 1 or not (chosen or "latency_ms" in document):
        raise FaultError(f"A fault needs exactly one of {', '.join(OUTCOMES)}, or latency_ms, or both.")
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


def _share(document: JsonObject) -> float:
    value = document.get("share", 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise FaultError("share must be a number above 0 and up to 1; leave it out to strike every request.")
    return float(value)


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
