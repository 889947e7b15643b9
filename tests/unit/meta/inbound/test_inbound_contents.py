"""Contents, envelopes and values are read into models that name every key and lose none."""

from decimal import Decimal
from typing import Any, ClassVar

import pytest

from campotech_wa.meta.inbound import contents, fields
from campotech_wa.meta.inbound.models import account, templates
from campotech_wa.meta.inbound.models.chat import Edit, Reaction, System, Text
from campotech_wa.meta.inbound.models.commerce import Order
from campotech_wa.meta.inbound.models.conversing import MessagesValue
from campotech_wa.meta.inbound.models.interactive import FormReply, Interactive
from campotech_wa.meta.inbound.models.media import Audio, Image
from campotech_wa.meta.inbound.models.people import Contacts
from campotech_wa.meta.inbound.models.statuses import Status
from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.reading import only_message, unknown_keys
from tests.unit.meta.inbound.shapes import JsonObject

EVERY = {name: only_message(raw) for name, raw in shapes.every_message().items() if name != "unknown"}


class TestContents:
    @pytest.mark.parametrize("name", EVERY)
    def test_every_content_is_read_with_a_name_for_every_key(self, name: str) -> None:
        read = contents.read(EVERY[name].type, EVERY[name].content)

        assert type(read) is contents.CONTENTS[EVERY[name].type]
        # What an edited message says now is kept beside its type, as in a message.
        assert set(unknown_keys(read)) <= {".message.image", ".message.text"}

    @pytest.mark.parametrize("name", EVERY)
    def test_every_envelope_is_read_with_a_name_for_every_key(self, name: str) -> None:
        assert list(unknown_keys(contents.read_envelope(EVERY[name].envelope))) == []

    def test_every_type_of_the_reference_has_its_model(self) -> None:
        assert {message.type for message in EVERY.values()} == set(contents.CONTENTS)

    @pytest.mark.parametrize(
        ("kind", "content"), [("hologram", {"id": "7"}), ("system", {"raw": {"type": "system"}})]
    )
    def test_what_nobody_knows_is_none(self, kind: str, content: JsonObject) -> None:
        assert contents.read(kind, content) is None

    def test_unknown_keys_are_kept(self) -> None:
        read = contents.read("text", {"body": "Hola", "colour": {"r": 1}})

        assert isinstance(read, Text)
        assert read.model_extra == {"colour": {"r": 1}}

    def test_numbers_and_texts_stand_for_each_other(self) -> None:
        assert contents.read("text", {"body": 7}) == Text(body="7")
        assert contents.read("image", {"id": 2754859441498128}) == Image(id="2754859441498128")
        assert (
            getattr(contents.read("location", {"latitude": "-34.6", "longitude": 58}), "latitude", 0) == -34.6
        )

    def test_a_price_is_exact_however_it_is_written(self) -> None:
        lines = [{"item_price": price} for price in (99.99, "99.99", 1500)]

        read = contents.read("order", {"product_items": lines})

        assert isinstance(read, Order)
        assert [line.item_price for line in read.product_items] == [
            Decimal("99.99"),
            Decimal("99.99"),
            Decimal(1500),
        ]

    def test_a_detail_of_a_wrong_shape_costs_that_detail_alone(self) -> None:
        phones: list[Any] = [7, {"phone": "1", "wa_id": {}}, None, {"phone": "2"}]

        read = contents.read("contacts", {"contacts": [{"phones": phones, "org": "Pérez"}, 5, shapes.card()]})

        assert isinstance(read, Contacts)
        assert [[phone.phone for phone in card.phones] for card in read.contacts] == [
            ["1", "2"],
            ["+54 9 11 3123-4567"],
        ]
        assert (read.contacts[0].org, read.contacts[1].is_their_own) == (None, True)

    @pytest.mark.parametrize("response", [["a"], True, [{"str": 1}]])
    def test_a_detail_that_may_be_of_several_shapes_and_is_of_none_is_left_out(
        self, response: object
    ) -> None:
        reply = {"name": "flow", "response_json": response}

        read = contents.read("interactive", {"type": "nfm_reply", "nfm_reply": reply})

        assert isinstance(read, Interactive)
        assert read.nfm_reply == FormReply(name="flow")

    def test_several_faults_of_one_element_cost_no_other(self) -> None:
        statuses: list[Any] = [{"id": None, "timestamp": []}, shapes.status(), {"status": "sent"}]

        read = fields.read("messages", {"statuses": statuses})

        assert isinstance(read, MessagesValue)
        assert [status.id for status in read.statuses] == ["wamid.OUT"]

    def test_depth_is_no_error(self) -> None:
        deep: Any = []
        for _ in range(100_000):
            deep = [deep]

        assert contents.read("text", {"body": "Hola", "x": deep}) is not None
        assert contents.read("text", {"body": deep}) is None

    def test_what_is_read_from_a_content_does_not_change_it(self) -> None:
        content = {"id": "1", "caption": {"not": "a text"}}

        assert contents.read("image", content) == Image(id="1")
        assert content == {"id": "1", "caption": {"not": "a text"}}


class TestMeaning:
    @pytest.mark.parametrize(("emoji", "is_removal"), [("👍", False), ("", True), (None, True)])
    def test_a_reaction_without_emoji_takes_one_back(self, emoji: str | None, *, is_removal: bool) -> None:
        assert Reaction(message_id="w", emoji=emoji).is_removal is is_removal

    def test_a_voice_note_is_told_from_a_file(self) -> None:
        read = contents.read("audio", shapes.audio()["audio"])

        assert isinstance(read, Audio)
        assert read.voice is True

    def test_answers_of_a_form_are_read_from_their_text(self) -> None:
        flow, address = (
            contents.read("interactive", raw["interactive"])
            for raw in (shapes.flow_reply(), shapes.address_reply())
        )

        assert isinstance(flow, Interactive)
        assert isinstance(address, Interactive)
        assert flow.nfm_reply is not None
        assert address.nfm_reply is not None
        assert flow.nfm_reply.answers["problem"] == "pérdida"
        assert address.nfm_reply.answers["values"]["in_pin_code"] == "400063"

    def test_an_edit_says_what_the_message_is_now(self) -> None:
        read = contents.read("edit", shapes.edit_of_text()["edit"])

        assert isinstance(read, Edit)
        assert read.message is not None
        assert (read.message.type, read.message.model_extra) == ("text", {"text": {"body": "Hola, a las 10"}})

    def test_a_changed_number_has_two_spellings(self) -> None:
        assert contents.read("system", {"new_wa_id": 5491}) == System(new_wa_id="5491")

    def test_an_envelope_tells_where_a_message_came_from(self) -> None:
        envelope = contents.read_envelope(EVERY["text"].envelope)

        assert envelope.referral is not None
        assert envelope.context is not None
        assert (envelope.referral.ctwa_clid, envelope.context.sender) == ("ARA_1", shapes.BUSINESS)

    def test_an_envelope_that_can_not_be_read_is_empty(self) -> None:
        deep: Any = []
        for _ in range(100_000):
            deep = [deep]

        assert contents.read_envelope({"context": deep}).context is None


class TestStatus:
    FULL: ClassVar[JsonObject] = shapes.status(
        recipient_user_id="AR.1",
        recipient_type="group",
        recipient_identity_key_hash="h",
        recipient_participant_user_id="AR.2",
        recipient_participant_parent_user_id="AR.ENT.2",
        biz_opaque_callback_data="m7.2",
        template_id="5",
        conversation={"id": "c", "expiration_timestamp": "1764000000", "origin": {"type": "utility"}},
        errors=[shapes.fault()],
    )
    PRICE: ClassVar[JsonObject] = {
        "billable": True,
        "pricing_model": "PMP",
        "type": "regular",
        "category": "utility",
    }

    @pytest.mark.parametrize("place", ["status", "conversation"])
    def test_its_price_is_found_wherever_it_stands(self, place: str) -> None:
        price = {"pricing": self.PRICE}

        read = Status.read(shapes.status() | (price if place == "status" else {"conversation": price}))

        assert read is not None
        assert read.price is not None
        assert (read.price.category, list(unknown_keys(read))) == ("utility", [])

    @pytest.mark.parametrize(
        "parent", ["recipient_parent_user_id", "parent_recipient_user_id", "parent_user_id"]
    )
    @pytest.mark.parametrize("member", ["recipient_participant_id", "participant_recipient_id"])
    def test_every_spelling_is_read(self, parent: str, member: str) -> None:
        read = Status.read(self.FULL | {parent: "AR.ENT.1", member: shapes.ANA})

        assert read is not None
        assert (read.recipient_parent_user_id, read.recipient_participant_id) == ("AR.ENT.1", shapes.ANA)
        assert list(unknown_keys(read)) == []

    def test_without_a_price_there_is_none(self) -> None:
        read = Status.read(shapes.status())

        assert read is not None
        assert read.price is None


class TestFields:
    def test_a_field_nobody_knows_is_none(self) -> None:
        assert fields.read("holograms", {}) is None

    def test_the_language_of_a_template_is_spelled_as_templates_do(self) -> None:
        read = fields.read("message_template_status_update", {"message_template_language": "es-AR"})

        assert isinstance(read, templates.TemplateStatusValue)
        assert (read.language, templates.TemplateValue().language) == ("es_AR", "")

    def test_a_category_may_be_announced_or_changed(self) -> None:
        announced = templates.TemplateCategoryValue(correct_category="MARKETING", new_category="UTILITY")

        assert announced.is_announced
        assert not templates.TemplateCategoryValue(new_category="MARKETING").is_announced

    def test_an_alert_is_found_wherever_it_stands(self) -> None:
        wrapped = account.AccountAlertsValue(alert_info=account.Alert(alert_type="OBA_APPROVED"))
        bare = account.AccountAlertsValue(alert_type="OBA_APPROVED")

        assert wrapped.alert.alert_type == bare.alert.alert_type == "OBA_APPROVED"

    @pytest.mark.parametrize("limit", [2000, "2000"])
    def test_a_limit_may_be_a_number_or_a_text(self, limit: object) -> None:
        read = fields.read("business_capability_update", {"max_daily_conversations_per_business": limit})

        assert getattr(read, "max_daily_conversations_per_business", None) == "2000"
