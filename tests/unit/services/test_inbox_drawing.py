"""Every type of message has a drawing: its own, or a word about why not."""

from typing import Any

import pytest

from campotech_wa.blocks import (
    Advertisement,
    Card,
    Choice,
    Choices,
    ContactLine,
    Footer,
    Heading,
    Item,
    Linked,
    Menu,
    Notice,
    Place,
    Pressed,
    Purchase,
    Row,
    Section,
    Slides,
    Table,
)
from campotech_wa.domain.locale import SPANISH
from campotech_wa.services.inbox import drawing
from campotech_wa.services.inbox.drawing import Picture

Json = dict[str, Any]


def draw(kind: str, content: Json, **envelope: Any) -> Picture:
    return drawing.of(kind, content, envelope, locale=SPANISH)


def asked(kind: str, action: Json, **more: Any) -> Picture:
    return draw("interactive", {"type": kind, "body": {"text": "B"}, "action": action, **more})


def answered(kind: str, reply: Json) -> Picture:
    return draw("interactive", {"type": kind, kind: reply})


class TestPlain:
    def test_a_text_is_its_words(self) -> None:
        assert draw("text", {"body": "*Hola*"}) == Picture(text="*Hola*")

    @pytest.mark.parametrize("kind", ["image", "video", "document"])
    def test_a_files_words_are_its_caption(self, kind: str) -> None:
        assert draw(kind, {"id": "1", "caption": "La cocina"}) == Picture(text="La cocina")

    def test_a_file_sent_by_address_is_named_and_never_fetched(self) -> None:
        picture = draw("document", {"link": "https://cdn.example/a/b.pdf", "filename": "Presupuesto.pdf"})

        assert picture.above == (Linked("file", "Presupuesto.pdf", "https://cdn.example/a/b.pdf"),)

    def test_an_address_that_could_run_something_opens_nothing(self) -> None:
        assert draw("image", {"link": "javascript:alert(1)"}).above == ()

    def test_a_place_is_a_point_with_a_way_to_open_it(self) -> None:
        [place] = draw("location", {"latitude": "-34.6", "longitude": -58.4, "name": "Casa"}).above

        url = "https://www.google.com/maps/search/?api=1&query=-34.6,-58.4"
        assert place == Place(-34.6, -58.4, "Casa", "", url)

    @pytest.mark.parametrize(
        ("latitude", "longitude"), [(None, 1), ("north", 1), (91, 1), (1, 181), ("nan", 1), (True, 1)]
    )
    def test_a_point_that_is_none_is_not_drawn(self, latitude: Any, longitude: Any) -> None:
        [notice] = draw("location", {"latitude": latitude, "longitude": longitude}).above

        assert isinstance(notice, Notice)

    def test_a_card_lists_every_way_to_reach_somebody(self) -> None:
        contact = {
            "name": {"formatted_name": "Juan Pérez"},
            "org": {"company": "Clima", "title": "Dueño"},
            "phones": [{"phone": "+54 9 11 3123-4567"}],
            "emails": [{"email": "j@x.ar"}, {"email": "no <script>"}],
            "addresses": [{"street": "Mitre 1", "city": "Lanús"}],
            "urls": [{"url": "https://x.ar"}, {"url": "javascript:1"}],
            "birthday": "1990-01-23",
        }

        [card] = draw("contacts", {"contacts": [contact]}).above

        assert card == Card(
            name="Juan Pérez",
            initials="JP",
            organization="Dueño · Clima",
            is_own=False,
            lines=(
                ContactLine("phone", "+54 9 11 3123-4567", "tel:+5491131234567"),
                ContactLine("email", "j@x.ar", "mailto:j@x.ar"),
                ContactLine("email", "no <script>"),
                ContactLine("address", "Mitre 1, Lanús"),
                ContactLine("link", "https://x.ar", "https://x.ar"),
                ContactLine("link", "javascript:1"),
                ContactLine("birthday", "1990-01-23"),
            ),
        )

    def test_only_the_answer_to_our_request_is_somebodys_own_number(self) -> None:
        [card] = draw("contacts", {"contacts": [{"origin": "contact_request"}]}).above

        assert isinstance(card, Card)
        assert card.is_own

    def test_a_card_with_one_name_and_one_without_any_have_one(self) -> None:
        first, second = draw("contacts", {"contacts": [{"name": {"first_name": "Ana"}}, {}]}).above

        assert isinstance(first, Card)
        assert isinstance(second, Card)
        assert (first.name, second.name) == ("Ana", "—")

    def test_an_order_is_added_up_in_decimals(self) -> None:
        products = [
            {"product_retailer_id": "filtro", "quantity": 3, "item_price": 0.1, "currency": "ARS"},
            {"product_retailer_id": "gas", "quantity": "1", "item_price": "1234.5", "currency": "ARS"},
        ]

        picture = draw("order", {"text": "Para hoy", "product_items": products})

        assert picture.text == "Para hoy"
        assert picture.above == (
            Purchase(
                items=(
                    Item("filtro", "3", "ARS 0,10", "ARS 0,30"),
                    Item("gas", "1", "ARS 1.234,50", "ARS 1.234,50"),
                ),
                total="ARS 1.234,80",
            ),
        )

    @pytest.mark.parametrize("price", ["mucho", "1e999999", None, float("inf"), {}])
    def test_an_order_with_a_price_that_is_none_has_no_total(self, price: Any) -> None:
        [order] = draw("order", {"product_items": [{"quantity": 1, "item_price": price}]}).above

        assert isinstance(order, Purchase)
        assert order.total == order.items[0].total == ""

    def test_an_order_in_two_currencies_has_no_total(self) -> None:
        products = [{"quantity": 1, "item_price": 1, "currency": each} for each in ("ARS", "USD")]

        [order] = draw("order", {"product_items": products}).above

        assert isinstance(order, Purchase)
        assert order.total == ""

    def test_a_pressed_button_is_what_it_said(self) -> None:
        assert draw("button", {"payload": "p", "text": "Sí"}).above == (Pressed("Sí"),)


class TestAnswers:
    def test_a_reply_is_what_was_pressed(self) -> None:
        assert answered("button_reply", {"id": "a", "title": "Mañana"}).above == (Pressed("Mañana"),)
        reply = {"id": "a", "title": "10:00", "description": "Dra. Paz"}
        assert answered("list_reply", reply).above == (Pressed("10:00", "Dra. Paz"),)

    def test_a_form_is_a_table(self) -> None:
        written = '{"flow_token": "t", "full_name": "Ana", "ok": true, "days": ["lu", "ma"], "at": {"h": 9}}'

        [table] = answered("nfm_reply", {"name": "flow", "body": "Sent", "response_json": written}).above

        rows = (("full name", "Ana"), ("ok", "✓"), ("days", "lu, ma"), ("at", "h: 9"))
        assert table == Table("Formulario", rows)

    def test_an_address_is_a_table_of_its_values(self) -> None:
        written = '{"saved_address_id": "1", "values": {"city": "Lanús"}}'

        [table] = answered("nfm_reply", {"name": "address_message", "response_json": written}).above

        assert table == Table("Dirección", (("city", "Lanús"),))

    @pytest.mark.parametrize("written", ["{", "[1]", "[" * 100_000, None, 7, '{"flow_token": "t"}'])
    def test_a_form_that_can_not_be_read_shows_its_words(self, written: Any) -> None:
        picture = answered("nfm_reply", {"name": "flow", "body": "Sent", "response_json": written})

        assert picture == Picture(text="Sent", above=(Heading("Formulario"),))

    def test_an_answer_about_calls_is_a_line(self) -> None:
        assert answered("call_permission_reply", {"response": "accept"}).is_line
        assert answered("call_permission_reply", {"response": "reject"}).text.startswith("No quiere")


class TestAsked:
    def test_buttons_stand_below_the_words(self) -> None:
        buttons = [{"type": "reply", "reply": {"id": "1", "title": title}} for title in ("Sí", "No")]

        picture = asked(
            "button", {"buttons": buttons}, header={"type": "text", "text": "H"}, footer={"text": "F"}
        )

        choices = Choices((Choice("reply", "Sí"), Choice("reply", "No")))
        assert picture == Picture(text="B", above=(Heading("H"),), below=(Footer("F"), choices))

    def test_a_header_sent_by_address_is_named(self) -> None:
        header = {"type": "image", "image": {"link": "https://x.ar/a.jpg"}}

        assert asked("button", {}, header=header).above == (Linked("image", "x.ar", "https://x.ar/a.jpg"),)

    def test_a_list_opens_from_a_button(self) -> None:
        section = {"title": "Lunes", "rows": [{"id": "r", "title": "10:00", "description": "Dra. Paz"}]}

        picture = asked("list", {"button": "Ver turnos", "sections": [section]})

        assert picture.below == (Menu("Ver turnos", (Section("Lunes", (Row("10:00", "Dra. Paz"),)),)),)

    @pytest.mark.parametrize(
        ("url", "opened"), [("https://x.ar/p", "https://x.ar/p"), ("javascript:alert(1)", "")]
    )
    def test_a_link_button_opens_the_web_and_nothing_else(self, url: str, opened: str) -> None:
        picture = asked("cta_url", {"parameters": {"display_text": "Pagar", "url": url}})

        assert picture.below == (Choices((Choice("link", "Pagar", opened),)),)

    @pytest.mark.parametrize(
        ("kind", "icon", "words"),
        [
            ("location_request_message", "place", "Enviar ubicación"),
            ("request_contact_info", "phone", "Compartir teléfono"),
            ("address_message", "form", "Completar dirección"),
            ("catalog_message", "product", "Ver catálogo"),
            ("call_permission_request", "phone", "Permitir llamadas"),
            ("voice_call", "phone", "Llamar por WhatsApp"),
            ("flow", "form", "Formulario"),
        ],
    )
    def test_what_whatsapp_labels_itself_has_a_button_here_too(
        self, kind: str, icon: str, words: str
    ) -> None:
        assert asked(kind, {"name": kind}).below == (Choices((Choice(icon, words),)),)

    def test_products_are_listed_by_their_ids(self) -> None:
        section = {
            "title": "S",
            "product_items": [{"product_retailer_id": "sku"}, {"product_retailer_id": 7}],
        }

        assert asked("product_list", {"sections": [section]}).below == (
            Menu("Ver productos", (Section("S", (Row("sku"), Row("7"))),)),
        )
        assert asked("product", {"product_retailer_id": "sku"}).below[0] == Notice("sku")

    def test_the_files_of_a_carousel_belong_to_its_cards_in_order(self) -> None:
        link = {"name": "cta_url", "parameters": {"display_text": "Ver", "url": "https://x.ar"}}
        cards = [
            {
                "header": {"type": "image", "image": {"id": "local:1"}},
                "body": {"text": "Uno"},
                "action": link,
            },
            {"header": {"type": "image", "image": {"link": "https://x.ar/2.jpg"}}, "action": link},
            {"header": {"type": "image", "image": {"id": "local:3"}}, "action": link},
            {"type": "product", "action": {"product_retailer_id": "sku", "catalog_id": "1"}},
        ]

        [slides] = asked("carousel", {"cards": cards}).below

        assert isinstance(slides, Slides)
        assert [slide.file for slide in slides.slides] == [0, -1, 1, -1]
        assert slides.slides[1].linked == Linked("image", "x.ar", "https://x.ar/2.jpg")
        assert slides.slides[0].choices == (Choice("link", "Ver", "https://x.ar"),)
        assert slides.slides[3].text == "sku"

    def test_one_file_on_two_cards_is_shown_on_both(self) -> None:
        cards = [{"header": {"type": "image", "image": {"id": f"local:{each}"}}} for each in (7, 8, 7)]

        [slides] = asked("carousel", {"cards": cards}).below

        assert isinstance(slides, Slides)
        assert [slide.file for slide in slides.slides] == [0, 1, 0]

    def test_quick_replies_of_a_carousel_are_buttons(self) -> None:
        quick = {"buttons": [{"type": "quick_reply", "quick_reply": {"id": "1", "title": "Quiero"}}]}

        [slides] = asked("carousel", {"cards": [{"action": quick}]}).below

        assert isinstance(slides, Slides)
        assert slides.slides[0].choices == (Choice("reply", "Quiero"),)


class TestTemplate:
    def test_it_shows_its_name_and_what_it_was_filled_with(self) -> None:
        components: list[Json] = [
            {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://x.ar/a.jpg"}}]},
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "Ana"},
                    {"type": "text", "parameter_name": "hora", "text": "10:30"},
                    {"type": "currency", "currency": {"fallback_value": "$ 10"}},
                ],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "0",
                "parameters": [{"type": "text", "text": "abc"}],
            },
            {"type": "button", "sub_type": "quick_reply", "index": 1, "parameters": []},
        ]
        content: Json = {"name": "turno", "language": {"code": "es_AR"}, "components": components}

        picture = draw("template", content)

        assert picture.above == (
            Heading("turno · es_AR"),
            Linked("image", "x.ar", "https://x.ar/a.jpg"),
            Table("Datos de la plantilla", (("1", "Ana"), ("hora", "10:30"), ("3", "$ 10"))),
        )
        assert picture.below == (Choices((Choice("link", "abc"), Choice("reply", "Botón 1"))),)

    def test_a_carousel_shows_its_cards(self) -> None:
        body = {"type": "body", "parameters": [{"type": "text", "text": "Split"}]}

        picture = draw(
            "template", {"name": "t", "components": [{"type": "carousel", "cards": [{"components": [body]}]}]}
        )

        [slides] = picture.below
        assert isinstance(slides, Slides)
        assert slides.slides[0].text == "Split"


class TestToldRatherThanSaid:
    @pytest.mark.parametrize(
        ("kind", "content", "words"),
        [
            ("system", {"type": "user_changed_number"}, "Cambió de número de teléfono"),
            ("system", {"type": "customer_identity_changed"}, "Cambió de teléfono o reinstaló WhatsApp"),
            ("user_preferences", {"value": "stop"}, "Pidió no recibir promociones"),
            ("request_welcome", {}, "Abrió el chat por primera vez"),
            ("reaction", {"emoji": "👍"}, "Reaccionó 👍 a un mensaje que no está acá"),
            ("reaction", {}, "Quitó su reacción a un mensaje que no está acá"),
            ("edit", {}, "Editó un mensaje que no está acá"),
            ("revoke", {}, "Eliminó un mensaje que no está acá"),
        ],
    )
    def test_it_is_a_line_in_the_middle(self, kind: str, content: Json, words: str) -> None:
        assert draw(kind, content) == Picture(text=words, is_line=True)

    def test_what_whatsapp_keeps_to_itself_is_named_where_it_has_a_name(self) -> None:
        [named] = draw("unsupported", {"type": "poll"}, errors=[{"code": 131051}]).above
        [unnamed] = draw("unsupported", {}).above

        assert isinstance(named, Notice)
        assert isinstance(unnamed, Notice)
        assert named.detail.startswith("Encuesta · ")
        assert unnamed.detail.startswith("Pedile")

    @pytest.mark.parametrize("kind", ["hologram", "", "text", "location", "interactive", "template", "order"])
    def test_what_can_not_be_read_says_so_by_its_name(self, kind: str) -> None:
        [notice] = draw(kind, {}).above

        assert isinstance(notice, Notice)
        assert notice.text == "Mensaje de un tipo que todavía no se puede mostrar"


class TestAround:
    def test_an_advertisement_stands_above(self) -> None:
        referral = {
            "headline": "20 % de descuento",
            "body": "Hoy",
            "source_url": "https://fb.me/1",
            "source_type": "ad",
        }

        picture = draw("text", {"body": "Hola"}, referral=referral)

        assert picture.text == "Hola"
        assert picture.above == (
            Advertisement("Llegó desde tu anuncio", "20 % de descuento", "Hoy", "https://fb.me/1"),
        )

    def test_a_product_that_is_asked_about_stands_above(self) -> None:
        context = {"referred_product": {"catalog_id": "1", "product_retailer_id": "sku"}}

        assert draw("text", {"body": "¿Hay?"}, context=context).above == (
            Notice("Pregunta por un producto", "sku"),
        )

    def test_errors_inside_a_message_stand_below(self) -> None:
        errors = [{"code": 131052}, {"code": 7, "error_data": {"details": "Odd."}}]

        too_large, odd = draw("image", {}, errors=errors).below

        assert isinstance(too_large, Notice)
        assert too_large.text.startswith("Mandó un archivo que WhatsApp no pudo entregar")
        assert odd == Notice("WhatsApp avisó de un problema con este mensaje", "Odd.")
