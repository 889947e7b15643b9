"""A stranger's name for a file reaches a header and a disk harmless, and stays readable."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import filenames


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("factura.pdf", "factura.pdf"),
        ("Ñandú 2026.pdf", "Ñandú 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\foto.jpg", "foto.jpg"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('"quoted".pdf', "_quoted_.pdf"),
        ("...", ""),
        ("", ""),
        ("a" * 300 + ".pdf", "a" * 236 + ".pdf"),
        ("b" * 300, "b" * 240),
        ("c" * 300 + "." + "d" * 20, "c" * 240),
    ],
)
def test_a_name_is_made_harmless(name: str, clean: str) -> None:
    assert filenames.clean(name) == clean


@pytest.mark.parametrize(
    ("name", "mime_type", "named"),
    [
        ("IMG_1.HEIC", "image/jpeg", "IMG_1.jpg"),
        ("nota", "audio/ogg", "nota.ogg"),
        ("lista.PDF", "application/pdf", "lista.PDF"),
        ("programa.exe", "application/octet-stream", "programa.exe"),
        ("", "image/jpeg", ""),
    ],
)
def test_a_converted_file_gets_its_new_extension(name: str, mime_type: str, named: str) -> None:
    assert filenames.named_as(name, mime_type) == named


def test_a_header_holds_the_true_name_and_one_in_ascii() -> None:
    header = filenames.disposition("Presupuesto Ñandú €.pdf", inline=False)

    assert header == (
        'attachment; filename="Presupuesto Nandu .pdf"; '
        "filename*=UTF-8''Presupuesto%20%C3%91and%C3%BA%20%E2%82%AC.pdf"
    )


def test_a_name_of_nothing_but_foreign_letters_still_has_one_in_ascii() -> None:
    assert filenames.disposition("日本", inline=True).startswith('inline; filename="file"; ')


@given(st.text(max_size=400))
def test_no_name_can_break_out_of_the_header(name: str) -> None:
    header = filenames.disposition(name, inline=False)
    parts = re.fullmatch(r"""attachment; filename="([^"]+)"; filename\*=UTF-8''([^;"]+)""", header)
    assert parts
    true_name = parts[2]
    assert header.isascii()
    assert header.isprintable()
    assert len(unquote(true_name)) <= filenames.LONGEST
