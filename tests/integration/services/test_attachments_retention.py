"""An admin chooses for how long files are kept, for the own organization and for no other."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.errors import InvalidInput, NotAllowed
from campotech_wa.services import attachments
from campotech_wa.store import people
from campotech_wa.store.transaction import reading


@pytest.fixture(autouse=True)
def as_it_was(admin: Actor) -> None:
    """Organizations outlive a test: files are kept for ever again."""
    attachments.keep_for(admin, None)


def limits() -> list[tuple[int, int]]:
    with reading() as session:
        return people.media_limits(session)


def test_files_are_kept_for_ever_unless_an_admin_says_otherwise(admin: Actor, stranger: Actor) -> None:
    assert attachments.kept_days(admin) is None

    attachments.keep_for(admin, 90)

    assert (attachments.kept_days(admin), attachments.kept_days(stranger)) == (90, None)
    assert limits() == [(admin.organization_id, 90)]
    attachments.keep_for(admin, None)
    assert limits() == []


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_time_that_is_none_is_refused(admin: Actor, days: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        attachments.keep_for(admin, days)

    assert (refused.value.field, refused.value.limit, refused.value.count) == ("media_days", 3650, days)
    assert attachments.kept_days(admin) is None


def test_an_agent_neither_sees_nor_changes_it(agent: Actor) -> None:
    with pytest.raises(NotAllowed):
        attachments.kept_days(agent)
    with pytest.raises(NotAllowed):
        attachments.keep_for(agent, 30)
