"""What a customer sends is fetched from Meta, checked, kept once and shown; what can not be had says why."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import AttachmentId, ChannelId
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services import attachments, process, sweep
from campotech_wa.services.attachments import claiming
from campotech_wa.signals import jobs
from campotech_wa.signals.connection import redis
from tests import samples
from tests.integration.desk import NUMBER, change, eventually, listening, one, rows, woken
from tests.integration.files import at_meta, customer_sends, empty, fetch, row, stored, view, written

JPEG = "image/jpeg"


@pytest.fixture(autouse=True)
def _empty_storage(simulator: httpx.Client) -> Iterator[None]:
    """Nothing is stored, and Meta is there."""
    assert simulator
    empty()
    yield
    empty()


def spoil(simulator: httpx.Client, route: str, times: int = 1, **effect: object) -> None:
    rule = {"match": {"phone_number_id": NUMBER, "route": route}, "times": times, **effect}
    simulator.post("/_sim/faults", json=rule).raise_for_status()


def make_due() -> None:
    change("update wa_attachment set due_at = now()")


def tries(attachment_id: AttachmentId) -> tuple[str, str, int]:
    found = row(attachment_id)
    return found["state"], found["error"], found["attempts"]


class TestAFileThatIsThere:
    def test_a_photo_is_kept_with_its_thumbnail(self, simulator: httpx.Client, agent: Actor) -> None:
        photo = samples.picture(orientation=6)

        shown = view(agent, customer_sends(simulator, "image", photo, JPEG, caption="Pierde"))

        assert (shown.state, shown.kind, shown.mime_type, shown.size) == ("stored", "image", JPEG, len(photo))
        assert (shown.width, shown.height) == (200, 320)
        assert shown.url == f"/media/{shown.id}"
        assert shown.thumbnail_url == f"/media/{shown.id}/thumbnail"
        assert shown.play_url == ""
        assert sorted(key.partition(".")[2] for key in stored()) == ["", "thumb"]

    def test_a_voice_note_tells_its_length_and_plays_everywhere(
        self, simulator: httpx.Client, agent: Actor
    ) -> None:
        sent = customer_sends(simulator, "audio", samples.voice(), "audio/ogg; codecs=opus", voice=True)

        shown = view(agent, sent)

        assert shown.is_voice
        assert abs(shown.duration_ms - 2000) < 50
        assert len(shown.waveform) == 60
        assert shown.play_url == f"/media/{shown.id}/play"

    def test_a_document_keeps_its_name(self, simulator: httpx.Client, agent: Actor) -> None:
        sent = customer_sends(
            simulator, "document", samples.PDF, "application/pdf", filename="presupuesto.pdf"
        )

        shown = view(agent, sent)

        assert (shown.kind, shown.filename, shown.thumbnail_url) == ("document", "presupuesto.pdf", "")

    def test_the_pages_learn_of_it(self, simulator: httpx.Client, agent: Actor) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))

        with listening() as next_event:
            fetch()

            assert next_event() == {"organization_id": 1, "conversation_id": 1}
        assert view(agent, attachment_id).state == "stored"

    def test_the_same_file_is_kept_once_however_often_it_comes(self, simulator: httpx.Client) -> None:
        photo = samples.picture()

        for _ in range(3):
            customer_sends(simulator, "image", photo, JPEG)

        assert one("select count(*) from media_file") == 1
        assert rows("select distinct media_id, state from wa_attachment") == [
            {"media_id": 1, "state": "stored"}
        ]

    def test_a_repeated_webhook_brings_no_second_file(self, simulator: httpx.Client) -> None:
        file = at_meta(simulator, samples.picture(), JPEG)
        written("image", file)
        change("update webhook_event set processed_at = null")
        process.channel(ChannelId(1))

        assert one("select count(*) from wa_attachment") == 1

    def test_many_are_fetched_in_one_go(self, simulator: httpx.Client) -> None:
        for number in range(9):
            written("document", at_meta(simulator, b"%PDF-1.4 " + bytes([65 + number]), "application/pdf"))

        fetch()

        assert one("select count(*) from wa_attachment where state = 'stored'") == 9

    def test_the_newest_comes_first_however_many_wait(self, simulator: httpx.Client) -> None:
        for _ in range(3):
            written("document", at_meta(simulator, samples.PDF, "application/pdf"))
        change("update wa_attachment set due_at = now() - interval '1 minute' * (10 - id)")

        wanted = claiming.next_wanted(ChannelId(1), 2, except_for=[])

        assert [each.attachment_id for each in wanted] == [3, 2]

    def test_a_kind_that_nobody_knows_yet_is_a_document(self, simulator: httpx.Client, agent: Actor) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        change("update wa_attachment set kind = 'hologram'")

        assert (view(agent, attachment_id).kind, view(agent, attachment_id).state) == ("document", "pending")

    def test_one_organization_shows_nothing_of_another(
        self, simulator: httpx.Client, agent: Actor, stranger: Actor
    ) -> None:
        attachment_id = customer_sends(simulator, "image", samples.picture(), JPEG)

        assert view(agent, attachment_id)
        with pytest.raises(KeyError):
            view(stranger, attachment_id)


class TestAFileThatIsNotWhatItWasSaidToBe:
    def test_a_program_called_a_photo_is_offered_as_a_download(
        self, simulator: httpx.Client, agent: Actor
    ) -> None:
        shown = view(agent, customer_sends(simulator, "image", samples.PROGRAM, JPEG))

        assert (shown.state, shown.kind, shown.mime_type) == (
            "stored",
            "document",
            "application/octet-stream",
        )
        assert shown.thumbnail_url == ""

    def test_a_broken_photo_is_kept_without_a_thumbnail(self, simulator: httpx.Client, agent: Actor) -> None:
        shown = view(agent, customer_sends(simulator, "image", samples.picture()[:60], JPEG))

        assert (shown.state, shown.kind, shown.thumbnail_url) == ("stored", "image", "")

    def test_other_bytes_than_promised_are_refused(self, simulator: httpx.Client, agent: Actor) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        spoil(simulator, "media_download", body="wrong", times=3)

        for _ in range(3):
            make_due()
            fetch()

        assert tries(attachment_id) == ("failed", "wrong_digest", 3)
        assert view(agent, attachment_id).error == "wrong_digest"
        assert stored() == set()

    def test_a_page_instead_of_the_file_is_refused(self, simulator: httpx.Client) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        spoil(simulator, "media_download", body="html", times=3)

        for _ in range(3):
            make_due()
            fetch()

        assert tries(attachment_id) == ("failed", "wrong_type", 3)


class TestAFileThatComesLater:
    def test_a_download_that_breaks_off_is_tried_again(self, simulator: httpx.Client) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        spoil(simulator, "media_download", body="truncated")

        fetch()
        assert tries(attachment_id) == ("pending", "truncated", 1)
        make_due()
        fetch()

        assert tries(attachment_id) == ("stored", "", 2)

    def test_an_address_that_died_is_asked_for_anew(self, simulator: httpx.Client) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        spoil(simulator, "media_download", http_status=404)

        fetch()

        assert tries(attachment_id) == ("stored", "", 1)

    def test_while_meta_is_busy_it_waits(self, simulator: httpx.Client) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        spoil(simulator, "media_resolve", error_code=80007)

        fetch()

        assert tries(attachment_id) == ("pending", "no_answer", 1)
        waits = one("select extract(epoch from due_at - now()) from wa_attachment")
        assert 1 < waits < 6

    def test_an_id_that_meta_has_forgotten_is_given_up(self, simulator: httpx.Client) -> None:
        file = at_meta(simulator, samples.picture(), JPEG)
        attachment_id = written("image", file)
        simulator.post(f"/_sim/media/{file['id']}/expire", json={"what": "id"}).raise_for_status()

        for _ in range(3):
            make_due()
            fetch()

        assert tries(attachment_id) == ("expired", "gone", 3)

    def test_after_seven_days_nobody_asks_any_more(self, simulator: httpx.Client) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        change("update wa_attachment set attempts = 9, created_at = now() - interval '8 days'")

        fetch()

        assert tries(attachment_id) == ("expired", "gone", 9)

    def test_a_person_may_have_it_asked_for_again(
        self, simulator: httpx.Client, agent: Actor, stranger: Actor
    ) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        change(
            "update wa_attachment set state = 'expired', attempts = 9, created_at = now() - interval '8 days'"
        )

        with pytest.raises(NotFound):
            attachments.ask_again(stranger, attachment_id)
        attachments.ask_again(agent, attachment_id)
        assert (jobs.FETCH, 1) in woken(jobs.MEDIA)
        fetch()

        assert tries(attachment_id) == ("stored", "", 1)
        with pytest.raises(InvalidInput):
            attachments.ask_again(agent, attachment_id)


class TestTheStorage:
    def test_while_it_can_not_be_written_the_file_waits(self, simulator: httpx.Client) -> None:
        attachment_id = written("image", at_meta(simulator, samples.picture(), JPEG))
        media = Path(settings.get().data_dir) / "media"
        media.rename(media.with_name("elsewhere")) if media.exists() else None
        media.write_text("a file where the folder should be")

        fetch()
        assert tries(attachment_id) == ("pending", "storage", 1)
        media.unlink()
        make_due()
        fetch()

        assert tries(attachment_id) == ("stored", "", 2)

    def test_a_file_that_vanished_from_it_is_stored_anew(self, simulator: httpx.Client) -> None:
        customer_sends(simulator, "image", samples.picture(), JPEG)
        empty()

        customer_sends(simulator, "image", samples.picture(), JPEG)

        assert len(stored()) == 2


class TestWakeUps:
    def test_the_fetch_is_woken_by_the_message(self, simulator: httpx.Client) -> None:
        written("image", at_meta(simulator, samples.picture(), JPEG))

        assert woken(jobs.MEDIA) == [("worker.jobs.fetch", 1)]

    def test_a_lost_wake_up_is_repaired(self, simulator: httpx.Client) -> None:
        written("image", at_meta(simulator, samples.picture(), JPEG))
        redis().flushdb()  # pyright: ignore[reportUnknownMemberType]
        change("update wa_attachment set due_at = now() - interval '1 hour'")

        sweep.due()

        assert eventually(lambda: woken(jobs.MEDIA)) == [("worker.jobs.fetch", 1)]
