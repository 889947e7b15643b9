"""What is sent has the shape that Meta takes; what can never work is refused with the culprit's name."""

import pytest

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.errors import InvalidInput
from campotech_wa.meta import payloads

TEMPLATE = {"name": "turno", "language": {"code": "es_AR"}}


class TestText:
    def test_a_text_is_its_body(self) -> None:
        assert payloads.text(" Hola ") == {"body": " Hola "}

    @pytest.mark.parametrize("wish", [False, None, 1, "true"])
    def test_only_true_asks_for_a_link_preview(self, wish: object) -> None:
        assert payloads.text("Hola", preview_url=True) == {"body": "Hola", "preview_url": True}
        assert payloads.text("Hola", preview_url=wish) == {"body": "Hola"}

    @pytest.mark.parametrize("body", ["", " \n\t", None, 7, ["Hola"], {"body": "Hola"}])
    def test_a_text_without_words_is_refused(self, body: object) -> None:
        with pytest.raises(InvalidInput) as refused:
            payloads.text(body)

        assert (refused.value.code, refused.value.field) == ("text_empty", "text.body")

    def test_a_text_is_as_long_as_meta_allows(self) -> None:
        longest = "ñ" * payloads.TEXT_LIMIT

        assert payloads.text(longest) == {"body": longest}
        with pytest.raises(InvalidInput) as refused:
            payloads.text(f"{longest}!")
        assert refused.value.code == "text_too_long"
        assert "4097 characters" in refused.value.detail


class TestTemplate:
    @pytest.mark.parametrize("components", [[], [{"type": "body"}]])
    def test_a_whole_template_passes_as_it_is(self, components: list[object]) -> None:
        given = {**TEMPLATE, "components": components}

        assert payloads.template(TEMPLATE) == TEMPLATE
        assert payloads.template(given) == given

    @pytest.mark.parametrize(
        ("value", "field"),
        [
            (None, "template.name"),
            ("turno", "template.name"),
            ({"language": {"code": "es"}}, "template.name"),
            ({**TEMPLATE, "name": ""}, "template.name"),
            ({**TEMPLATE, "name": 7}, "template.name"),
            ({"name": "turno"}, "template.language.code"),
            ({"name": "turno", "language": "es"}, "template.language.code"),
            ({"name": "turno", "language": {"code": 7}}, "template.language.code"),
            ({**TEMPLATE, "components": {}}, "template.components"),
        ],
    )
    def test_a_part_that_is_missing_is_named(self, value: object, field: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            payloads.template(value)

        assert refused.value.field == field


class TestMessage:
    def test_a_number_is_written_with_its_plus(self) -> None:
        body = payloads.message("text", {"body": "Hola"}, to=WaId("5491131234567"), callback_data="m1.1")

        assert body == {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "+5491131234567",
            "type": "text",
            "text": {"body": "Hola"},
            "biz_opaque_callback_data": "m1.1",
        }

    def test_a_customer_without_number_is_addressed_by_their_user_id(self) -> None:
        body = payloads.message(
            "template", TEMPLATE, to=None, recipient=BusinessScopedUserId("AR.1"), callback_data="m1.1"
        )

        assert body["recipient"] == "AR.1"
        assert body["template"] == TEMPLATE
        assert "to" not in body
