"""Every type of message is read whole: its content, what is around it, what it is about, and its files."""

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from campotech_wa.meta.inbound import Author, MediaReference, Message, Unreadable, parse
from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.reading import only_item, only_message
from tests.unit.meta.inbound.shapes import JsonObject

EVERY = shapes.every_message()
DIGEST = hashlib.sha256(b"a file").digest()
WORDLESS = {"media_placeholder", "request_welcome", "unsupported"}


class TestEveryType:
    @pytest.mark.parametrize("raw", EVERY.values(), ids=EVERY)
    def test_nothing_of_it_is_lost(self, raw: JsonObject) -> None:
        message = only_message(raw, contacts=[shapes.full_contact()])

        kind = raw["type"]
        content = message.content if kind != "contacts" else message.content["contacts"]
        assert message.envelope | ({kind: content} if kind in raw else {}) == raw
        assert (message.wamid, message.type, message.is_readable) == (raw["id"], kind, True)
        assert message.sent_at == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)
        assert (message.author, message.is_history) == (Author.CUSTOMER, False)

    @pytest.mark.parametrize("raw", EVERY.values(), ids=EVERY)
    def test_its_sender_is_known_by_everything_the_contact_tells(self, raw: JsonObject) -> None:
        person = only_message(raw, contacts=[shapes.full_contact()]).person

        assert (person.wa_id, person.user_id) == (shapes.ANA, shapes.ANA_USER)
        assert (person.name, person.username) == ("Ana Gómez", "ana.gomez")
        assert (person.parent_user_id, person.identity_key_hash) == (shapes.ANA_PARENT, "DF2lS5v2W6x=")


class TestContent:
    def test_cards_are_stored_under_their_own_name(self) -> None:
        assert only_message(shapes.contacts()).content == {"contacts": shapes.contacts()["contacts"]}

    @pytest.mark.parametrize("kind", sorted(WORDLESS))
    def test_a_type_that_says_everything_by_being_there_has_an_empty_content(self, kind: str) -> None:
        raw = shapes.message(kind, errors=[shapes.fault()])

        message = only_message(raw)

        assert (message.content, message.is_readable) == ({}, True)
        assert message.envelope == raw

    def test_an_interactive_message_without_its_body_is_kept_whole(self) -> None:
        raw = shapes.message("interactive")
        error = shapes.fault(131000, "Unsupported webhook payload")

        message, news = parse(shapes.payload(shapes.change(messages=[raw], errors=[error])))

        assert isinstance(message, Message)
        assert (message.content, message.is_readable) == ({"raw": raw}, False)
        assert getattr(news, "event", "") == "131000"

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            ("text", {}),
            ("text", {"body": None}),
            ("text", "Hola"),
            ("image", {"caption": "sin archivo"}),
            ("location", {"latitude": "north", "longitude": 1}),
            ("contacts", {"name": "Ana"}),
            ("reaction", {"emoji": "👍"}),
            ("edit", {"message": {"type": "text"}}),
            ("revoke", {}),
            ("button", {"text": ""}),
            ("system", None),
        ],
    )
    def test_a_content_without_the_shape_of_its_type_is_kept_and_marked(
        self, kind: str, content: Any
    ) -> None:
        raw = shapes.message(kind) | {kind: content}

        message = only_message(raw)

        assert not message.is_readable
        assert message.content == (content if isinstance(content, dict) else {"raw": raw})

    def test_a_type_nobody_knows_is_readable_as_far_as_anybody_can_tell(self) -> None:
        assert only_message(shapes.unknown()).is_readable
        assert only_message(shapes.message("ephemeral")).is_readable

    def test_the_group_stays_in_the_envelope(self) -> None:
        assert only_message(shapes.unsupported_in_group()).envelope["group_id"] == "GROUP-1"


class TestTarget:
    @pytest.mark.parametrize(
        "name", ["text", "button", "list_reply", "order", "reaction", "reaction_removed", "edit", "revoke"]
    )
    def test_what_a_message_is_about_is_told(self, name: str) -> None:
        assert only_message(EVERY[name]).target_wamid == shapes.QUOTED

    @pytest.mark.parametrize("name", ["image", "video", "sticker", "unknown", "system"])
    def test_a_forwarded_or_first_message_is_about_none(self, name: str) -> None:
        assert only_message(EVERY[name]).target_wamid is None

    @pytest.mark.parametrize("context", [None, 7, [], {"id": None}, {"id": ""}, {"id": 7}, {"id": "w" * 600}])
    def test_a_quotation_without_an_id_is_about_none(self, context: object) -> None:
        assert only_message(shapes.text() | {"context": context}).target_wamid is None


class TestMedia:
    @pytest.mark.parametrize(
        ("name", "kind", "mime_type", "filename"),
        [
            ("image", "image", "image/jpeg", ""),
            ("video", "video", "video/mp4", ""),
            ("audio", "audio", "audio/ogg; codecs=opus", ""),
            ("document", "document", "application/pdf", "factura.pdf"),
            ("sticker", "sticker", "image/webp", ""),
            ("edit", "image", "image/jpeg", ""),
            ("flow_reply", "image", "image/jpeg", "patio.jpg"),
        ],
    )
    def test_its_file_is_told(self, name: str, kind: str, mime_type: str, filename: str) -> None:
        [reference] = only_message(EVERY[name]).media

        assert reference == MediaReference(kind, reference.meta_id, mime_type, DIGEST, filename)
        assert reference.meta_id.isdigit()

    @pytest.mark.parametrize("name", [name for name, raw in EVERY.items() if "sha256" not in str(raw)])
    def test_without_a_file_none_is_told(self, name: str) -> None:
        assert only_message(EVERY[name]).media == ()

    @pytest.mark.parametrize(
        "written", [DIGEST.hex(), DIGEST.hex().upper(), base64.b64encode(DIGEST).decode()]
    )
    def test_a_digest_may_be_hex_or_base64(self, written: str) -> None:
        [reference] = only_message(shapes.message("image", {"id": "1", "sha256": written})).media

        assert reference.sha256 == DIGEST

    @pytest.mark.parametrize("written", [None, 7, "", "short", "é" * 44, "AAAA", DIGEST.hex()[:-1]])
    def test_any_other_digest_is_none(self, written: object) -> None:
        [reference] = only_message(shapes.message("image", {"id": 1, "sha256": written})).media

        assert (reference.meta_id, reference.sha256) == ("1", None)

    def test_a_file_by_address_alone_can_not_be_fetched_by_id(self) -> None:
        message = only_message(shapes.message("image", {"url": shapes.URL}))

        assert (message.media, message.is_readable) == ((), True)

    def test_an_edit_of_text_has_no_file(self) -> None:
        assert only_message(shapes.edit_of_text()).media == ()

    @pytest.mark.parametrize(
        ("mime_type", "kind"),
        [("video/mp4", "video"), ("audio/ogg", "audio"), ("application/pdf", "document"), ("x", "document")],
    )
    def test_files_of_a_form_go_by_their_type(self, mime_type: str, kind: str) -> None:
        answer = {"id": 7, "mime_type": mime_type, "sha256": shapes.SHA256}

        message = only_message(shapes.interactive("nfm_reply", {"response_json": {"deep": [[answer]]}}))

        assert [(file.kind, file.meta_id) for file in message.media] == [(kind, "7")]

    def test_files_of_a_form_come_in_order_and_not_without_end(self) -> None:
        files = [{"id": n, "mime_type": "image/jpeg", "sha256": shapes.SHA256} for n in range(500)]

        message = only_message(shapes.interactive("nfm_reply", {"response_json": {"files": files}}))

        assert [file.meta_id for file in message.media] == [str(n) for n in range(100)]

    @pytest.mark.parametrize("lacking", ["id", "mime_type", "sha256"])
    def test_an_answer_of_a_form_is_a_file_only_with_all_that_a_file_has(self, lacking: str) -> None:
        answer = {"id": "7", "mime_type": "image/jpeg", "sha256": shapes.SHA256} | {lacking: None}

        message = only_message(shapes.interactive("nfm_reply", {"response_json": {"photo": answer}}))

        assert message.media == ()

    @pytest.mark.parametrize("response", [None, 7, "{", "[]", "[" * 5000, '{"id": "1"}'])
    def test_a_form_that_can_not_be_read_has_no_files(self, response: object) -> None:
        message = only_message(shapes.interactive("nfm_reply", {"response_json": response}))

        assert (message.media, message.is_readable) == ((), True)


class TestId:
    @pytest.mark.parametrize("wamid", [None, "", 7, "w" * 600])
    def test_what_is_no_id_is_made_up(self, wamid: object) -> None:
        assert only_message(shapes.text() | {"id": wamid}).wamid.startswith("local.")

    def test_without_id_and_too_deep_for_one_it_is_unreadable(self) -> None:
        deep: Any = []
        for _ in range(100_000):
            deep = [deep]
        whole = shapes.text()

        items = parse(shapes.payload(shapes.change(messages=[{"from": shapes.ANA, "x": deep}, whole])))

        assert items == [
            Unreadable("message without id, too deep for a made-up one"),
            only_message(whole),
        ]

    @pytest.mark.parametrize("raw", [None, 7, [], {}])
    def test_nothing_is_no_message_even_of_the_only_contact(self, raw: object) -> None:
        change = shapes.change(messages=[raw], contacts=[shapes.contact()])

        assert only_item(change) == Unreadable("message without sender")
