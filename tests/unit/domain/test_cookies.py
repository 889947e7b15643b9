"""A cookie is found in whatever header a browser sends, by its whole name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import cookies


class TestRead:
    @pytest.mark.parametrize(
        ("header", "value"),
        [
            ("campotech_session=abc", "abc"),
            ("a=1; campotech_session=abc; campotech_locale=en", "abc"),
            ("a=1;campotech_session=abc", "abc"),
            ('campotech_session="abc"', "abc"),
            ("campotech_session=a=b", "a=b"),
            ("campotech_session=first; campotech_session=second", "first"),
            ("campotech_session=", ""),
            ("campotech_session", ""),
            ("xcampotech_session=abc", ""),
            ("CAMPOTECH_SESSION=abc", ""),
            ("a=campotech_session=abc", ""),
            ("", ""),
            (";;;", ""),
        ],
    )
    def test_its_value_is_found_or_nothing(self, header: str, value: str) -> None:
        assert cookies.read(header, cookies.SESSION) == value

    @given(st.text())
    def test_no_header_is_an_error(self, header: str) -> None:
        assert isinstance(cookies.read(header, cookies.LOCALE), str)
