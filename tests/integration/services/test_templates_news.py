"""What a webhook tells of a template is known at once, and has its listing read again."""

from datetime import UTC, datetime

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.services.templates import sync
from campotech_wa.store import templates
from campotech_wa.store.templates import Listed
from campotech_wa.store.transaction import transaction
from tests.integration.desk import change
from tests.integration.template_shelf import BODY, known, news, put, shelf

WABA = "200000000000001"


@pytest.fixture(autouse=True)
def a_template(admin: Actor, simulator: httpx.Client) -> None:
    """Meta has approved a template, and was asked some time ago."""
    known(admin, simulator)


def let_minutes_pass() -> None:
    """Make the last reading older than it is."""
    change(
        """
        update channel set info = jsonb_set(info, '{templates,at}', to_jsonb(
            cast(cast(info -> 'templates' ->> 'at' as timestamptz) - interval '6 minutes' as text)))
        where info ? 'templates'
        """
    )


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("PAUSED", "PAUSED"),
        ("DISABLED", "DISABLED"),
        ("DELETED", "DELETED"),
        ("FLAGGED", "APPROVED"),
        ("A_NEW_WORD", "APPROVED"),
    ],
)
def test_a_status_update_changes_the_status_if_it_names_one(event: str, status: str) -> None:
    news("message_template_status_update", event=event, reason="NONE")

    assert shelf()["turno"]["status"] == status


def test_a_rejection_keeps_its_reason_until_the_template_is_approved() -> None:
    news("message_template_status_update", event="REJECTED", reason="PROMOTIONAL")
    assert shelf()["turno"]["rejected_reason"] == "PROMOTIONAL"

    news("message_template_status_update", event="APPROVED", reason=None)
    assert (shelf()["turno"]["status"], shelf()["turno"]["rejected_reason"]) == ("APPROVED", "")


def test_what_is_reinstated_is_approved() -> None:
    news("message_template_status_update", event="PAUSED")
    news("message_template_status_update", event="REINSTATED")

    assert shelf()["turno"]["status"] == "APPROVED"


def test_quality_and_category_are_noted_and_the_rest_is_left() -> None:
    news("message_template_quality_update", previous_quality_score="GREEN", new_quality_score="RED")
    news("template_category_update", previous_category="UTILITY", new_category="MARKETING")

    found = shelf()["turno"]
    assert (found["quality"], found["category"], found["status"]) == ("RED", "MARKETING", "APPROVED")
    assert found["definition"]["components"] == [BODY]


def test_an_announced_category_is_not_yet_in_force() -> None:
    news("template_category_update", new_category="UTILITY", correct_category="MARKETING")

    assert shelf()["turno"]["category"] == "UTILITY"


def test_new_words_are_noted() -> None:
    news("message_template_components_update", message_template_element="Hola {{1}}, ya vamos.")

    assert shelf()["turno"]["definition"]["components"] == [{"type": "BODY", "text": "Hola {{1}}, ya vamos."}]


def test_a_template_that_nobody_knew_is_known_by_its_name() -> None:
    news("message_template_status_update", event="PENDING", message_template_name="nueva")

    found = shelf()["nueva"]
    assert (found["status"], found["language"], found["meta_id"]) == ("PENDING", "es_AR", "7")
    assert found["definition"] == {}


@pytest.mark.parametrize(
    "odd", [{"message_template_name": None}, {"message_template_language": 5}, {"event": []}]
)
def test_news_of_an_odd_shape_change_nothing(odd: dict[str, object]) -> None:
    before = shelf()["turno"]

    news("message_template_status_update", **{"event": "PAUSED", "reason": "NONE", **odd})

    assert shelf()["turno"]["status"] == before["status"]


def test_a_listing_that_was_asked_for_before_the_news_changes_nothing_of_them(admin: Actor) -> None:
    asked_at = datetime.now(UTC)
    news("message_template_status_update", event="PAUSED")
    late = Listed("7", "turno", "es_AR", "UTILITY", "APPROVED", "", "", {})
    whose, now = admin.organization_id, datetime.now(UTC)

    with transaction() as tx:
        changed = templates.keep(
            tx.session, [late], organization_id=whose, waba_id=WABA, began=asked_at, now=now
        )
        gone = templates.leave(tx.session, organization_id=whose, waba_id=WABA, began=asked_at, now=now)

    assert (changed, gone) == (0, 0)
    assert shelf()["turno"]["status"] == "PAUSED"


def test_the_listing_has_the_last_word_whatever_came_late(simulator: httpx.Client) -> None:
    put(simulator, status="PAUSED")
    news("message_template_status_update", event="APPROVED")
    sync.sync_due()
    assert shelf()["turno"]["status"] == "APPROVED"

    let_minutes_pass()
    sync.sync_due()

    assert shelf()["turno"]["status"] == "PAUSED"
