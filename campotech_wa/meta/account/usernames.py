"""The username of a number (sending.md 5)."""

from typing import Literal

from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.meta.account.fields import Answer, Text
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.shapes import JsonObject, as_list, as_object

Transfer = Literal["none", "force_transfer"]


class Username(Answer):
    """The name, and whether it is in force."""

    username: Text = ""
    status: Text = ""


def read(graph: Graph, phone_number_id: PhoneNumberId) -> Username:
    """Return the name; empty when there is none.

    Raises:
        MetaError: Meta refused or failed.
    """
    answer = graph.get(phone_number_id, "username")
    inside = as_list(answer.get("data"))
    return Username.model_validate(as_object(inside[0]) if inside else answer)


def claim(
    graph: Graph, phone_number_id: PhoneNumberId, username: str, *, transfer: Transfer = "none"
) -> None:
    """Claim a name. ``force_transfer`` takes it from another number of the company: a person decides that.

    Raises:
        MetaError: Meta refused (147001 to 147005) or failed.
    """
    body: JsonObject = {"username": username.strip().removeprefix("@"), "transfer_action": transfer}
    graph.post(phone_number_id, "username", body=body)


def release(graph: Graph, phone_number_id: PhoneNumberId) -> None:
    """Give the name up.

    Raises:
        MetaError: Meta refused or failed.
    """
    graph.delete(phone_number_id, "username")
