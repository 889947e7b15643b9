"""Ask for slots in few words, and let time pass, leap or be set back as the pace sees it."""

from itertools import count

from campotech_wa.domain.ids import ChannelId, ConversationId, OrganizationId
from campotech_wa.signals import pace
from campotech_wa.signals.connection import redis

ONE, TWO = OrganizationId(1), OrganizationId(2)

_CLOCK = "pace:clock"
_conversations = count(1)


def new(*organizations: OrganizationId) -> None:
    """Make organizations known that have sent nothing."""
    for organization_id in organizations or (ONE,):
        pace.seed(organization_id, list)


def ask(
    slot: str,
    *,
    limit: int = 50,
    conversation: int | None = None,
    channel: int = 1,
    per_second: float = 10_000,
) -> pace.Ask:
    """Ask for a customer of its own over a channel that is never full, unless told otherwise."""
    conversation_id = ConversationId(next(_conversations) if conversation is None else conversation)
    return pace.Ask(slot, ChannelId(channel), conversation_id, limit, per_second)


def asks(prefix: str, number: int, *, limit: int = 50) -> list[pace.Ask]:
    """Ask for several."""
    return [ask(f"{prefix}.{i}", limit=limit) for i in range(number)]


def admitted(*wanted: pace.Ask, organization_id: OrganizationId = ONE) -> list[str]:
    """Return the names of those that get a slot."""
    return [each.slot for each in pace.admit(organization_id, wanted) if each.is_granted]


def only(wanted: pace.Ask, organization_id: OrganizationId = ONE) -> pace.Verdict:
    """Return the verdict on one."""
    [verdict] = pace.admit(organization_id, [wanted])
    return verdict


def pass_time(seconds: float) -> None:
    """Move on the clock of the pace, as ticks would in that time."""
    redis().hincrby(_CLOCK, "now", round(seconds * 1_000_000))


def leap(seconds: float) -> None:
    """Make the wall clock differ from what it was at the last call, as if somebody had set it."""
    redis().hincrby(_CLOCK, "wall", -round(seconds * 1_000_000))
