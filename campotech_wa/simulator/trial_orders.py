"""Read what is set against a sender: a disorder, condition or keeping comes out, or a sentence that says why not."""

from dataclasses import fields
from enum import StrEnum
from typing import TypeVar

from campotech_wa.simulator.disorder import ORDERLY, Plan
from campotech_wa.simulator.orders import ControlError, flag
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.conditions import Account, Condition, Outage
from campotech_wa.simulator.world.keeping import Keeping, Kept

Chosen = TypeVar("Chosen", bound=StrEnum)


def plan(document: JsonObject) -> Plan:
    """Read a disorder; what is left out is orderly."""
    _refuse_unknown(document, Plan, "The disorder")
    wanted = Plan(**{name: _amount(name, value) for name, value in document.items()})
    return ORDERLY if wanted == ORDERLY else wanted


def condition(document: JsonObject, known: Condition) -> Condition:
    """Read a change of a condition; what is left out stays as it is known."""
    _refuse_unknown(document, Condition, "The condition")
    return Condition(
        token_revoked=flag(document, "token_revoked", usual=known.token_revoked),
        account=_choice(Account, document, "account", known.account),
        outage=_choice(Outage, document, "outage", known.outage),
        throughput=_count(document, "throughput", known.throughput),
        pair_limit=flag(document, "pair_limit", usual=known.pair_limit),
        messaging_limit=_count(document, "messaging_limit", known.messaging_limit),
    )


def keeping(document: JsonObject) -> Keeping:
    """Read what shall be remembered; what is left out is as after a reset."""
    _refuse_unknown(document, Keeping, "The keeping")
    kept = _choice(Kept, document, "keep", Kept.EVERYTHING)
    return Keeping(kept, flag(document, "statuses", usual=True))


def _refuse_unknown(document: JsonObject, kind: type[Plan | Condition | Keeping], owner: str) -> None:
    if unknown := sorted(set(document) - {each.name for each in fields(kind)}):
        raise ControlError(f"{owner} has unknown keys: {', '.join(unknown)}.")


def _amount(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ControlError(f"{name} must be a number, zero or more.")
    if name.endswith("_share") and value > 1:
        raise ControlError(f"{name} must be at most 1: it is a share of all statuses.")
    return float(value)


def _choice(kind: type[Chosen], document: JsonObject, name: str, usual: Chosen) -> Chosen:
    try:
        return kind(str(document.get(name, usual)))
    except ValueError as error:
        raise ControlError(f"{name} must be one of {', '.join(kind)}.") from error


def _count(document: JsonObject, name: str, usual: int) -> int:
    value = document.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ControlError(f"{name} must be a whole number; zero switches it off.")
    return value
