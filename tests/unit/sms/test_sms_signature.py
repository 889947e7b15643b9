"""A callback is believed when, and only when, the provider's signature fits every byte of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.sms.signature import is_genuine, sign

URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
]
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
"""The example of the provider's own documentation (twilio.com/docs/usage/security), with the token 12345."""

texts = st.text(max_size=12)


def test_the_providers_own_example_is_genuine() -> None:
    assert is_genuine(URL, FORM, SIGNATURE, auth_token="12345")
    assert is_genuine(URL, FORM[::-1], SIGNATURE, auth_token="12345")


@pytest.mark.parametrize(
    ("url", "form", "header", "token"),
    [
        (URL, FORM, SIGNATURE, "12346"),
        (URL, FORM, SIGNATURE[:-2], "12345"),
        (URL, FORM, "", "12345"),
        (URL, FORM, None, "12345"),
        (URL, FORM, "ñ\udcff", "12345"),
        (URL + "3", FORM, SIGNATURE, "12345"),
        (URL, FORM[1:], SIGNATURE, "12345"),
        (URL, [*FORM, ("More", "")], SIGNATURE, "12345"),
    ],
)
def test_anything_else_is_not(url: str, form: list[tuple[str, str]], header: str | None, token: str) -> None:
    assert not is_genuine(url, form, header, auth_token=token)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("https://a.example/x?y=1", "https://a.example:443/x?y=1"),
        ("http://a.example/x", "http://a.example:80/x"),
        ("https://a.example:8443/x", "https://a.example/x"),
    ],
)
def test_an_address_may_be_signed_with_its_port_or_without(ours: str, theirs: str) -> None:
    assert is_genuine(ours, FORM, sign(theirs, FORM, auth_token="t"), auth_token="t")


@given(st.lists(st.tuples(texts, texts), max_size=5), texts, texts)
def test_what_is_signed_is_genuine_under_its_own_token_only(
    form: list[tuple[str, str]], token: str, other: str
) -> None:
    header = sign(URL, form, auth_token=token)

    assert is_genuine(URL, form, header, auth_token=token)
    assert is_genuine(URL, form, header, auth_token=other) == (token == other)
