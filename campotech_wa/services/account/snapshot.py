"""What Meta last said of a number: asked part by part, kept as JSON, read back as values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campotech_wa.errors import MetaError
from campotech_wa.meta.account import links, number, profile, tokens, waba
from campotech_wa.meta.account.links import Link
from campotech_wa.meta.account.number import Number
from campotech_wa.meta.account.profile import Profile
from campotech_wa.meta.account.tokens import Token
from campotech_wa.meta.account.waba import Subscription, Waba
from campotech_wa.meta.shapes import JsonObject, as_integer, as_list, as_object, as_text
from campotech_wa.services.account.line import Line
from campotech_wa.tables.channels import Channel

NUMBER, WABA, PROFILE, SUBSCRIPTIONS = "number", "waba", "profile", "subscriptions"
TOKEN, LINKS = "token", "links"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a part could not be read the last time."""

    part: str
    code: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is known of a number; a part that was never read is empty."""

    at: datetime | None
    number: Number
    waba: Waba
    profile: Profile
    subscriptions: tuple[Subscription, ...]
    token: Token
    links: tuple[Link, ...]
    faults: tuple[Fault, ...]
    told: frozenset[str]
    """The parts that Meta has told at least once."""

    def has(self, part: str) -> bool:
        """Tell whether a part was ever read."""
        return part in self.told


def ask(line: Line, part: str) -> JsonObject:
    """Ask Meta for one part; returns it as it is kept, or the reason why there is none."""
    try:
        return {part: _ASK[part](line), _fault_key(part): None}
    except MetaError as fault:
        return {_fault_key(part): {"code": fault.code, "detail": fault.detail}}


def is_silent(answer: JsonObject, part: str) -> bool:
    """Tell whether Meta could not be reached at all: then the other parts need not be tried."""
    fault = as_object(answer.get(_fault_key(part)))
    return bool(fault) and fault.get("code") is None


def of(channel: Channel) -> Snapshot:
    """Read back what is kept of a channel."""
    info = as_object(channel.info)
    return Snapshot(
        at=channel.info_at,
        number=Number.model_validate(as_object(info.get(NUMBER))),
        waba=Waba.model_validate(as_object(info.get(WABA))),
        profile=Profile.model_validate(as_object(info.get(PROFILE))),
        subscriptions=tuple(
            Subscription.model_validate(as_object(raw)) for raw in as_list(info.get(SUBSCRIPTIONS))
        ),
        token=Token.model_validate(as_object(info.get(TOKEN))),
        links=tuple(Link.model_validate(as_object(raw)) for raw in as_list(info.get(LINKS))),
        faults=tuple(fault for part in PARTS if (fault := _fault(info, part))),
        told=frozenset(part for part in PARTS if part in info),
    )


def _number(line: Line) -> Any:
    found = number.info(line.graph, line.phone_number_id)
    # Of no use here, and whoever has it can register the number elsewhere.
    return found.model_dump(mode="json", by_alias=True, exclude={"certificate"})


def _waba(line: Line) -> Any:
    return waba.info(line.graph, line.channel.waba_id).model_dump(mode="json", by_alias=True)


def _profile(line: Line) -> Any:
    return profile.read(line.graph, line.phone_number_id).model_dump(mode="json", by_alias=True)


def _subscriptions(line: Line) -> Any:
    found = waba.subscriptions(line.graph, line.channel.waba_id)
    return [each.model_dump(mode="json", by_alias=True) for each in found]


def _token(line: Line) -> Any:
    """Inspect the token in its app's name; where nobody told the app, it is the only one that is subscribed."""
    app_id = line.channel.app_id or waba.only_app(line.graph, line.channel.waba_id)
    if not app_id:
        return {}
    found = tokens.inspect(
        line.graph, line.channel.access_token, app_id=app_id, app_secret=line.channel.app_secret
    )
    return found.model_dump(mode="json", by_alias=True)


def _links(line: Line) -> Any:
    found = links.listing(line.graph, line.phone_number_id)
    return [each.model_dump(mode="json", by_alias=True) for each in found]


_ASK: dict[str, Callable[[Line], Any]] = {
    NUMBER: _number,
    WABA: _waba,
    SUBSCRIPTIONS: _subscriptions,
    TOKEN: _token,
    PROFILE: _profile,
    LINKS: _links,
}
PARTS = tuple(_ASK)
"""In the order in which they are asked."""


def _fault_key(part: str) -> str:
    return f"{part}_fault"


def _fault(info: JsonObject, part: str) -> Fault | None:
    raw = as_object(info.get(_fault_key(part)))
    return Fault(part, as_integer(raw.get("code")), as_text(raw.get("detail"))) if raw else None
