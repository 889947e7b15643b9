"""What two rows that turn out to be one person's become: pure, so that every case can be told apart."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phones import match_key
from campotech_wa.tables.conversations import Conversation, Customer

_LINE = ("last_message_at", "last_preview", "last_direction")
"""What the list shows of a conversation."""

Values = dict[str, Any]

NO_NUMBER: Values = {"wa_id": None, "other_wa_id": None, "match_key": ""}
"""A customer whose number is not known."""

_OF_THE_NUMBER = frozenset({*NO_NUMBER, "confirmed"})


def customers(survivor: Customer, absorbed: Customer, number: WaId | None) -> tuple[Values, Values]:
    """Return what to write on each of the two.

    ``number`` is the one that Meta has just shown to be theirs: every other one is theirs no more. Without it the
    survivor keeps its own, and the absorbed one's goes on leading to the survivor.
    """
    kept = number or survivor.wa_id or absorbed.wa_id
    after = _said(survivor, absorbed) | _number(survivor, absorbed, kept, is_shown=number is not None)
    gives_up = absorbed.wa_id is not None and (number is not None or absorbed.wa_id == kept)
    return after, (dict(NO_NUMBER) if gives_up else {})


def given_up(survivor: Customer, absorbed: Customer, number: WaId | None) -> list[WaId]:
    """Return the numbers that are nobody's of the two any more, among those Meta has shown."""
    confirmed = [one.wa_id for one in (survivor, absorbed) if one.confirmed and one.wa_id]
    return [WaId(wa_id) for wa_id in confirmed if number is not None and wa_id != number]


def threads(survivor: Conversation, absorbed: Conversation) -> Values:
    """Return the list's row of both: the newest line, the newest window, everything unread."""
    newest = absorbed if _is_newer(absorbed, survivor) else survivor
    inbound = [one.last_inbound_at for one in (survivor, absorbed) if one.last_inbound_at]
    return {
        **{name: getattr(newest, name) for name in _LINE},
        "last_inbound_at": max(inbound, default=None),
        "unread_count": survivor.unread_count + absorbed.unread_count,
    }


def customer_before(now: Customer, before: Mapping[str, Any], after: Mapping[str, Any]) -> Values:
    """Return what the merge overwrote on the survivor, but for what has been written there since."""
    before, after = typed(before), typed(after)
    still = {name: value for name, value in before.items() if getattr(now, name) == after[name]}
    if "wa_id" in before and "wa_id" not in still:
        return {name: value for name, value in still.items() if name not in _OF_THE_NUMBER}
    return still


def thread_before(now: Conversation, before: Mapping[str, Any], after: Mapping[str, Any]) -> Values:
    """Return what the merge overwrote on the list's row, but for what has been written there since."""
    before, after = typed(before), typed(after)
    changes: Values = {}
    if all(getattr(now, name) == after[name] for name in _LINE):
        changes |= {name: before[name] for name in _LINE}
    if now.last_inbound_at == after["last_inbound_at"]:
        changes["last_inbound_at"] = before["last_inbound_at"]
    return changes


def unread(now: int, absorbed: int, heard_since: int) -> tuple[int, int]:
    """Part what is unread again, into the survivor's and the absorbed one's.

    If staff have looked meanwhile, nobody knows at which: then one too many is shown, and never one too few.
    """
    return max(now - absorbed, min(now, heard_since)), min(absorbed, now)


def changed(row: object, values: Mapping[str, Any]) -> Values:
    """Return what the row holds where ``values`` would change it."""
    return {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}


def plain(values: Mapping[str, Any]) -> Values:
    """Write values as JSON does."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }


def typed(values: Mapping[str, Any]) -> Values:
    """Read them back: a column whose name ends in ``_at`` is a moment."""
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in values.items()
    }


def _said(survivor: Customer, absorbed: Customer) -> Values:
    """Keep what each is called and what the customer wants; of two wishes, the newer one."""
    newest = absorbed if _wished_later(absorbed, survivor) else survivor
    return {
        "profile_name": survivor.profile_name or absorbed.profile_name,
        "contact_name": survivor.contact_name or absorbed.contact_name,
        "marketing_preference": newest.marketing_preference,
        "marketing_preference_at": newest.marketing_preference_at,
        "blocked_at": survivor.blocked_at or absorbed.blocked_at,
    }


def _number(survivor: Customer, absorbed: Customer, kept: str | None, *, is_shown: bool) -> Values:
    owner = survivor if survivor.wa_id == kept else absorbed
    return {
        "wa_id": kept,
        "match_key": match_key(WaId(kept)) if kept else "",
        "other_wa_id": None if is_shown else owner.other_wa_id,
        "confirmed": is_shown or owner.confirmed,
    }


def _wished_later(one: Customer, other: Customer) -> bool:
    if one.marketing_preference_at is None:
        return False
    return (
        other.marketing_preference_at is None or one.marketing_preference_at > other.marketing_preference_at
    )


def _is_newer(one: Conversation, other: Conversation) -> bool:
    if one.last_direction == "":
        return False
    return other.last_direction == "" or one.last_message_at > other.last_message_at
