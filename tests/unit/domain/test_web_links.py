"""What a page opens for a person is safe, or is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import web_links


class TestWeb:
    @pytest.mark.parametrize("address", ["https://x.ar/a?b=1#c", "http://x.ar", "https://x.ar:8443/"])
    def test_the_web_opens(self, address: str) -> None:
        assert web_links.web(f" {address}\n") == address

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "javascript://x.ar/%0aalert(1)",
            "data:text/html,<script>",
            "file:///etc/passwd",
            "//x.ar",
            "x.ar",
            "https://",
            "https://[",
            "https://x.ar/a b",
            "https://x.ar/\x00",
            "https://x.ar/" + "a" * 2048,
            "",
        ],
    )
    def test_nothing_else_does(self, address: str) -> None:
        assert web_links.web(address) == ""

    @given(st.text(max_size=60))
    def test_whatever_opens_is_of_the_web(self, text: str) -> None:
        assert web_links.web(text).lower().startswith(("http://", "https://")) or web_links.web(text) == ""


def test_an_address_is_named_by_its_host() -> None:
    hosts = ("https://www.x.ar/a", "https://x.ar:1/", "https://[", "no")

    assert [web_links.host(each) for each in hosts] == ["x.ar", "x.ar", "", ""]


@pytest.mark.parametrize(
    ("number", "opened"),
    [("+54 9 11 3123-4567", "tel:+5491131234567"), ("(011) 4312", "tel:0114312"), ("call me", ""), ("", "")],
)
def test_a_number_is_dialled_by_its_digits(number: str, opened: str) -> None:
    assert web_links.call(number) == opened


@pytest.mark.parametrize(
    ("email", "opened"),
    [("ana@x.ar", "mailto:ana@x.ar"), ("a@x.ar?bcc=b@y.ar", ""), ("ana", ""), ("a@b,c@d", ""), ("", "")],
)
def test_a_letter_goes_to_one_address_and_carries_nothing_else(email: str, opened: str) -> None:
    assert web_links.write(email) == opened
