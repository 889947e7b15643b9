"""Every message has one line in the list, whatever its type and its shape."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import summary
from campotech_wa.domain.preview import PREVIEW_LENGTH

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=12,
)
KINDS = ("text", "image", "audio", "location", "contacts", "button", "interactive", "template", "reaction")
MORE = ("edit", "order", "system", "user_preferences", "sticker", "unsupported", "poll", "")
KEYS = (
    "body",
    "caption",
    "name",
    "contacts",
    "text",
    "button_reply",
    "message",
    "type",
    "product_items",
    "edit",
)


LINES: list[tuple[str, dict[str, Any], str]] = [
    ("text", {"body": "Hola\n¿vienen?"}, "Hola ¿vienen?"),
    ("text", {"body": "El *aire* _no_ ~anda~ ```FX-2300``` *_ya_*"}, "El aire no anda FX-2300 ya"),
    ("text", {"body": "2*3*4, snake_case_name, ** y *"}, "2*3*4, snake_case_name, ** y *"),
    ("text", {}, "Texto"),
    ("image", {"id": "1"}, "📷 Foto"),
    ("image", {"id": "1", "caption": "La cocina"}, "📷 La cocina"),
    ("image", {"caption": "  "}, "📷 Foto"),
    ("video", {}, "🎬 Video"),
    ("audio", {"voice": True}, "🎤 Mensaje de voz"),
    ("audio", {"voice": False}, "🎵 Audio"),
    ("document", {"filename": "factura.pdf"}, "📄 factura.pdf"),
    ("document", {"filename": "factura.pdf", "caption": "La de mayo"}, "📄 La de mayo"),
    ("sticker", {"animated": True}, "💟 Sticker"),
    ("location", {"latitude": 1, "name": "Casa"}, "📍 Casa"),
    ("location", {"latitude": 1, "longitude": 2}, "📍 Ubicación"),
    ("contacts", {"contacts": [{"name": {"formatted_name": "Juan"}}]}, "👤 Juan"),
    ("contacts", {"contacts": [{"name": {"first_name": "Juan"}}, {}, {}]}, "👤 Juan y 2 más"),
    ("contacts", {"contacts": "?"}, "👤 Contacto"),
    ("button", {"payload": "p", "text": "Sí"}, "Sí"),
    ("interactive", {"type": "button_reply", "button_reply": {"id": "a", "title": "Mañana"}}, "Mañana"),
    ("interactive", {"type": "list_reply", "list_reply": {"title": "10:00"}}, "10:00"),
    ("interactive", {"type": "nfm_reply", "nfm_reply": {"name": "flow"}}, "📝 Formulario respondido"),
    ("interactive", {"type": "button", "body": {"text": "¿Vamos?"}}, "¿Vamos?"),
    ("interactive", {}, "Mensaje interactivo"),
    ("template", {"name": "turno"}, "[turno]"),
    ("reaction", {"emoji": "👍"}, "Reacción 👍"),
    ("reaction", {"message_id": "wamid.1"}, "Reacción quitada"),
    ("edit", {"message": {"type": "text", "text": {"body": "a las 9"}}}, "✏️ a las 9"),
    ("edit", {"message": {"type": "image", "image": {"caption": "x"}}}, "✏️ 📷 x"),
    ("edit", {"message": {"type": "edit", "edit": {}}}, "Mensaje editado"),
    ("text", {"body": " \u202e\x07 "}, "Texto"),
    ("revoke", {"original_message_id": "wamid.1"}, "🚫 Mensaje eliminado"),
    ("order", {"product_items": [{}, {}]}, "🛒 Pedido: 2 productos"),
    ("order", {"product_items": [{}]}, "🛒 Pedido: 1 producto"),
    ("system", {"type": "user_changed_number", "body": "User A"}, "Cambió de número de teléfono"),
    ("system", {"type": "new thing"}, "Aviso de WhatsApp"),
    ("user_preferences", {"value": "stop"}, "Pidió no recibir promociones"),
    ("user_preferences", {"value": "resume"}, "Volvió a aceptar promociones"),
    ("user_preferences", {"value": "some day"}, "Pidió no recibir promociones"),
    ("request_welcome", {}, "Abrió el chat por primera vez"),
    ("hologram", {"beam": 1}, "Mensaje"),
]


@pytest.mark.parametrize(("kind", "content", "line"), LINES)
def test_a_message_is_summed_up(kind: str, content: dict[str, Any], line: str) -> None:
    assert summary.of(kind, content) == line


@given(st.sampled_from(KINDS + MORE), st.dictionaries(st.sampled_from(KEYS), JSON, max_size=5))
def test_any_shape_has_a_line_of_its_own(kind: str, content: dict[str, Any]) -> None:
    line = summary.of(kind, content)

    assert 1 <= len(line) <= PREVIEW_LENGTH
    assert "\n" not in line


def test_a_long_text_is_cut() -> None:
    assert len(summary.of("text", {"body": "x" * 5000})) == PREVIEW_LENGTH
