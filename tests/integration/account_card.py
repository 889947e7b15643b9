"""Look at an organization's card, and let the simulated Meta tell other things of a number."""

import httpx

from campotech_wa.account_views import AccountCard, Fact
from campotech_wa.domain.access import Actor
from campotech_wa.services.account import overview
from tests.integration.desk import NUMBER


def card(actor: Actor) -> AccountCard:
    """Return the organization's only card."""
    [found] = overview.overview(actor).cards
    return found


def fact(actor: Actor, key: str) -> Fact:
    """Return one line of it."""
    [found] = [each for each in card(actor).facts if each.key == key]
    return found


def stand(simulator: httpx.Client, **fields: object) -> None:
    """Let a number stand otherwise at Meta."""
    simulator.post("/_sim/numbers", json={"phone_number_id": NUMBER, "fields": fields}).raise_for_status()


def fault(simulator: httpx.Client, code: int, call: str = "", **more: object) -> None:
    """Let Meta refuse what is asked of an account."""
    order = {"error_code": code, "match": {"route": "account", "type": call}, **more}
    simulator.post("/_sim/faults", json=order).raise_for_status()
