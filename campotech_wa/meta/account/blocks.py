"""The block list of a number (sending.md 5): who is on it, who gets on and off, and who does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campotech_wa.domain.ids import BusinessScopedUserId, PhoneNumberId, WaId
from campotech_wa.errors import MetaError
from campotech_wa.meta import errors
from campotech_wa.meta.account.graph import Graph, Reply, checked
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text

Person = WaId | BusinessScopedUserId


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody on the list."""

    wa_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Somebody who did not get on the list, or off it, and why."""

    input: str
    error: MetaError | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of everybody. Meta does for some what it refuses for others (error 139100)."""

    changed: tuple[str, ...]
    """As they were given."""
    failed: tuple[Failure, ...]


def listing(graph: Graph, phone_number_id: PhoneNumberId) -> tuple[Blocked, ...]:
    """Return everybody on the list.

    Raises:
        MetaError: Meta refused or failed.
    """
    found = graph.pages(phone_number_id, "block_users")
    return tuple(Blocked(as_text(raw.get("wa_id")), as_text(raw.get("user_id"))) for raw in found)


def block(graph: Graph, phone_number_id: PhoneNumberId, people: Sequence[Person]) -> Outcome:
    """Put people on the list; only who wrote within the last 24 hours can be.

    Raises:
        MetaError: Meta refused altogether, or failed.
    """
    return _outcome(graph.call("POST", phone_number_id, "block_users", body=_body(people)))


def unblock(graph: Graph, phone_number_id: PhoneNumberId, people: Sequence[Person]) -> Outcome:
    """Take people off the list.

    Raises:
        MetaError: Meta refused altogether, or failed.
    """
    return _outcome(graph.call("DELETE", phone_number_id, "block_users", body=_body(people)))


def _body(people: Sequence[Person]) -> JsonObject:
    # A number is written with its plus: without it Meta may take it for a local one (sending.md 1.1).
    entries = [{"user_id": who} if "." in who else {"user": f"+{who}"} for who in people]
    return {"messaging_product": "whatsapp", "block_users": entries}


def _outcome(reply: Reply) -> Outcome:
    """Read who and who not, which stands in the body of a refusal too."""
    result = as_object(reply.body.get("block_users"))
    if not result:
        checked(reply)
    changed = [*_inputs(result.get("added_users")), *_inputs(result.get("removed_users"))]
    return Outcome(tuple(changed), tuple(_failures(result, reply.status)))


def _inputs(raw: object) -> Iterator[str]:
    return (as_text(as_object(item).get("input")) for item in as_list(raw))


def _failures(result: JsonObject, status: int) -> Iterator[Failure]:
    for raw in as_list(result.get("failed_users")):
        item = as_object(raw)
        told = as_list(item.get("errors"))
        error = errors.read_object(told[0]) if told else None
        yield Failure(as_text(item.get("input")), error and errors.classify(status, error))
