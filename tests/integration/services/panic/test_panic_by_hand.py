"""Admins stop a number and let it go again, and say why."""

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.panic import Allowance, Extent
from campotech_wa.domain.verdict import Verdict
from campotech_wa.errors import InvalidInput, NotAllowed, NotFound
from campotech_wa.services.panic.acting import LONGEST_NOTE, resolve, trigger
from campotech_wa.signals import jobs
from tests.integration.account_card import fault
from tests.integration.desk import NUMBER, woken
from tests.integration.services.panic.circuit import allowed, attempt, notice, panics


def test_an_admin_stops_templates_unless_told_to_stop_everything(admin: Actor) -> None:
    trigger(admin, NUMBER, note="Se mandó mal la campaña")
    assert allowed() == Allowance(None, 0)

    trigger(admin, NUMBER, extent=Extent.ALL)

    assert allowed() == Allowance(0, 0, is_shared=True)
    first, second = panics()
    assert (first["note"], first["triggered_by_id"], first["resolved_by_id"]) == (
        "Se mandó mal la campaña",
        1,
        1,
    )
    assert (second["reason"], second["lanes"]) == ("manual", "all")


def test_a_second_press_changes_nothing(admin: Actor) -> None:
    trigger(admin, NUMBER)
    trigger(admin, NUMBER)

    assert len(panics()) == 1


def test_an_admin_ends_a_panic_with_a_reason(admin: Actor) -> None:
    trigger(admin, NUMBER)

    resolve(admin, NUMBER, note="  Ya está corregida ")

    assert allowed() == Allowance()
    assert [(panic["resolved_by_id"], panic["resolve_note"]) for panic in panics()] == [
        (1, "Ya está corregida")
    ]
    assert woken(jobs.OUTBOUND) == [(jobs.DRAIN, 1)]


def test_a_reason_is_needed(admin: Actor) -> None:
    trigger(admin, NUMBER)

    with pytest.raises(InvalidInput, match="note is required"):
        resolve(admin, NUMBER, note=" ")
    with pytest.raises(InvalidInput, match="at most"):
        resolve(admin, NUMBER, note="a" * (LONGEST_NOTE + 1))
    assert allowed() == Allowance(None, 0)


def test_a_panic_that_is_over_is_resolved_once_more_without_harm(admin: Actor) -> None:
    resolve(admin, NUMBER, note="Por las dudas")

    assert not panics()


def test_bad_credentials_are_not_talked_away(admin: Actor, simulator: httpx.Client) -> None:
    notice(attempt(Verdict.DENIED, 190))
    fault(simulator, 190, times=1)

    with pytest.raises(InvalidInput, match="still refuses"):
        resolve(admin, NUMBER, note="Ya lo arreglé")
    assert allowed() == Allowance(0, 0, is_shared=True)

    resolve(admin, NUMBER, note="Ahora sí")
    assert allowed() == Allowance()


def test_agents_stop_nothing(agent: Actor) -> None:
    for act in (lambda: trigger(agent, NUMBER), lambda: resolve(agent, NUMBER, note="x")):
        with pytest.raises(NotAllowed):
            act()


def test_the_number_of_another_organization_does_not_exist(stranger: Actor) -> None:
    for act in (lambda: trigger(stranger, NUMBER), lambda: resolve(stranger, NUMBER, note="x")):
        with pytest.raises(NotFound):
            act()
    assert not panics()
