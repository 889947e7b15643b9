"""A file goes when nothing of its organization needs it any more, and not before."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest

from campotech_wa import settings, storage
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import AttachmentId, ChannelId, MediaId, OrganizationId
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services import attachments, compose
from campotech_wa.services.attachments import forgetting
from campotech_wa.services.attachments.keeping import alone_with
from campotech_wa.store import media
from campotech_wa.store.transaction import transaction
from tests import samples
from tests.integration.desk import change, hear, listening, one, rows
from tests.integration.files import empty, row, stored, upload, view


@pytest.fixture(autouse=True)
def _empty_storage(desk: None) -> Iterator[None]:
    """Nothing is stored."""
    empty()
    yield
    empty()


def sent(actor: Actor) -> AttachmentId:
    """Send a photo; each call sends the same one."""
    received = upload(actor, samples.picture())
    file = {"type": "image", "image": {"id": received.id}}
    compose.answer(actor, hear(), file, key=str(uuid4()))
    return AttachmentId(one("select max(id) from wa_attachment"))


class TestDelete:
    def test_a_deleted_file_is_gone_with_all_that_was_made_of_it(self, agent: Actor) -> None:
        attachment_id = sent(agent)
        assert len(stored()) == 2

        with listening() as next_event:
            attachments.delete(agent, attachment_id)

            assert next_event() == {"organization_id": 1, "conversation_id": 1}
        assert stored() == set()
        shown = view(agent, attachment_id)
        assert (shown.state, shown.url, shown.thumbnail_url) == ("deleted", "", "")
        attachments.delete(agent, attachment_id)

    def test_a_file_that_another_message_needs_stays(self, agent: Actor) -> None:
        first, second = sent(agent), sent(agent)

        attachments.delete(agent, first)
        assert len(stored()) == 2
        attachments.delete(agent, second)

        assert stored() == set()

    def test_the_same_file_of_another_organization_stays(self, agent: Actor, stranger: Actor) -> None:
        upload(stranger, samples.picture())

        attachments.delete(agent, sent(agent))

        assert {key.partition("/")[0] for key in stored()} == {"2"}

    def test_nobody_deletes_what_is_not_theirs(self, agent: Actor, stranger: Actor) -> None:
        attachment_id = sent(agent)

        with pytest.raises(NotFound):
            attachments.delete(stranger, attachment_id)

        assert row(attachment_id)["state"] == "stored"

    def test_a_deleted_file_can_come_again(self, agent: Actor) -> None:
        attachments.delete(agent, sent(agent))

        again = sent(agent)

        assert view(agent, again).state == "stored"
        assert len(stored()) == 2
        attachments.delete(agent, again)
        assert stored() == set()

    def test_while_the_same_file_is_being_stored_it_is_not_removed(self, agent: Actor) -> None:
        attachment_id = sent(agent)
        sha256 = bytes(one("select sha256 from media_file"))

        with alone_with(sha256) as held:
            assert held
            attachments.delete(agent, attachment_id)
            assert len(stored()) == 2

        change("update media_file set used_at = now() - interval '2 hours'")
        attachments.forget()
        assert stored() == set()


class TestForget:
    def test_what_an_organization_keeps_no_longer_goes(self, agent: Actor) -> None:
        old, new = sent(agent), sent(agent)
        change("update organization set media_days = 30 where id = 1")
        change(
            "update wa_message set sent_at = now() - interval '31 days' where id = "
            "(select message_id from wa_attachment where id = :id)",
            id=old,
        )

        attachments.forget()

        assert [row(old)["state"], row(new)["state"]] == ["deleted", "stored"]
        assert len(stored()) == 2

    def test_without_a_limit_nothing_goes(self, agent: Actor) -> None:
        attachment_id = sent(agent)
        change("update wa_message set sent_at = now() - interval '9 years'")
        change("update media_file set used_at = now() - interval '9 years'")

        attachments.forget()

        assert row(attachment_id)["state"] == "stored"
        assert len(stored()) == 2

    def test_an_upload_that_was_never_sent_goes_after_a_month(self, agent: Actor) -> None:
        received = upload(agent, samples.picture())
        change("update media_file set used_at = now() - interval '29 days'")
        attachments.forget()
        assert len(stored()) == 2
        change("update media_file set used_at = now() - interval '31 days'")

        attachments.forget()

        assert stored() == set()
        with pytest.raises(InvalidInput):
            compose.answer(agent, hear(), {"type": "image", "image": {"id": received.id}}, key="1")

    def test_using_a_file_again_makes_it_young(self, agent: Actor) -> None:
        upload(agent, samples.picture())
        change("update media_file set used_at = now() - interval '31 days'")
        upload(agent, samples.picture())

        attachments.forget()

        assert len(stored()) == 2


class TestAStorageThatDoesNotAnswer:
    @pytest.fixture
    def silent(self, agent: Actor, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
        """A photo was sent from the folder; from now on the storage is a bucket that takes calls and says nothing."""
        sent(agent)
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(20)
            monkeypatch.setenv("CAMPOTECH_MEDIA_STORE", "s3://media")
            monkeypatch.setenv("CAMPOTECH_S3_ENDPOINT", f"http://127.0.0.1:{server.getsockname()[1]}")
            monkeypatch.setenv("CAMPOTECH_S3_ACCESS_KEY", "a")
            monkeypatch.setenv("CAMPOTECH_S3_SECRET_KEY", "b")
            _choose_anew()
            yield server
        monkeypatch.undo()
        _choose_anew()

    def test_nobody_waits_for_it_or_sends_what_is_being_removed(
        self, agent: Actor, silent: socket.socket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deleting = Thread(target=attachments.delete, args=(agent, AttachmentId(1)))
        deleting.start()
        asked, _ = silent.accept()

        with pytest.raises(InvalidInput):
            compose.answer(agent, hear(), {"type": "image", "image": {"id": "local:1"}}, key="1")

        assert deleting.is_alive()
        silent.close()
        asked.close()
        deleting.join(30)
        assert rows("select deleted_at is null as kept, erased_at from media_file") == [
            {"kept": False, "erased_at": None}
        ]
        monkeypatch.undo()
        _choose_anew()
        assert len(stored()) == 2
        attachments.forget()
        assert stored() == set()
        assert one("select erased_at is not null from media_file")


def _choose_anew() -> None:
    for chosen in (settings.get, storage.get):
        chosen.cache_clear()


class TestAFileThatCanNotBeRemoved:
    @pytest.fixture
    def stuck(self, agent: Actor) -> Iterator[Path]:
        """There is a folder in the place of the first of two files that nobody needs."""
        for content in (samples.PDF, samples.PDF + b"%"):
            upload(agent, content)
        change("update media_file set used_at = now() - interval '33 days' + id * interval '1 hour'")
        place = settings.get().data_dir / "media" / "1" / bytes(one(_FIRST_DIGEST)).hex()
        place.unlink()
        place.mkdir()
        yield place
        if place.is_dir():
            place.rmdir()

    def test_it_keeps_no_other_from_being_removed(self, stuck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forgetting, "_BATCH", 1)

        for _ in range(2):
            attachments.forget()

        assert rows("select id from media_file where erased_at is not null") == [{"id": 2}]
        assert stored() == set()
        stuck.rmdir()
        attachments.forget()
        assert one("select count(*) from media_file where erased_at is not null") == 2

    def test_it_may_come_again(self, agent: Actor, stuck: Path) -> None:
        attachments.forget()
        stuck.rmdir()

        received = upload(agent, samples.PDF)
        attachments.forget()

        assert received.id == "local:1"
        assert stored() == {f"1/{stuck.name}"}


_FIRST_DIGEST = "select sha256 from media_file where id = 1"


def test_a_file_taken_up_by_a_message_is_not_unused(agent: Actor) -> None:
    attachment_id = sent(agent)
    media_id, one_ = MediaId(row(attachment_id)["media_id"]), OrganizationId(1)

    with transaction() as tx:
        assert media.lock_unused(tx.session, media_id, organization_id=one_) is None
    change("update wa_attachment set state = 'deleted'")
    with transaction() as tx:
        assert media.lock_unused(tx.session, media_id, organization_id=one_)


def test_ids_of_metas_are_remembered_per_channel_and_forgotten_with_the_file(agent: Actor) -> None:
    attachment_id = sent(agent)
    soon = datetime.now(UTC) + timedelta(days=1)
    media_id = MediaId(row(attachment_id)["media_id"])
    with transaction() as tx:
        for meta_id in ("1", "2"):
            media.record_upload(
                tx.session,
                media_id,
                meta_id,
                organization_id=OrganizationId(1),
                channel_id=ChannelId(1),
                expires_at=soon,
            )
    assert [found["meta_id"] for found in rows("select meta_id from media_upload")] == ["2"]

    attachments.delete(agent, attachment_id)

    assert rows("select * from media_upload") == []
