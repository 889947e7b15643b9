"""Only the app secret's own signature of the very bytes is genuine; anything else is false and never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.meta.signature import is_genuine, is_verify_token

BODY = b'{"entry":[]}'
SECRET = "app-secret"
SIGNED = "sha256=fe6aaed5aff30b5679e782271914a2287bdd7de6bedb495c95c24ad91e5e3fdb"

any_text = st.text(alphabet=st.characters(exclude_categories=[]))
"""What a header can become: also surrogates, which stand for bytes that are no UTF-8."""


class TestIsGenuine:
    def test_the_signature_of_these_bytes_is_genuine(self) -> None:
        assert is_genuine(BODY, SIGNED, app_secret=SECRET)

    @pytest.mark.parametrize(
        "header",
        [
            None,
            "",
            "sha256=",
            SIGNED.removeprefix("sha256="),
            SIGNED.replace("sha256", "sha1"),
            SIGNED.upper(),
            SIGNED[:-1],
            f"{SIGNED} ",
            "sha256=ñandú",
            "\udcff\udcfe",
        ],
    )
    def test_any_other_header_is_not(self, header: str | None) -> None:
        assert not is_genuine(BODY, header, app_secret=SECRET)

    @given(any_text)
    def test_no_header_is_an_error(self, header: str) -> None:
        assert is_genuine(BODY, header, app_secret=SECRET) is (header == SIGNED)

    @given(st.binary())
    def test_other_bytes_have_another_signature(self, body: bytes) -> None:
        assert is_genuine(body, SIGNED, app_secret=SECRET) is (body == BODY)

    def test_the_same_json_written_otherwise_is_not_the_same(self) -> None:
        assert not is_genuine(b'{"entry": []}', SIGNED, app_secret=SECRET)

    @pytest.mark.parametrize("body", [BODY + b"\n", b" " + BODY, b"\xef\xbb\xbf" + BODY])
    def test_nor_are_bytes_that_only_look_the_same(self, body: bytes) -> None:
        assert not is_genuine(body, SIGNED, app_secret=SECRET)

    def test_another_secret_has_another_signature(self) -> None:
        assert not is_genuine(BODY, SIGNED, app_secret="app-secret-2")


class TestIsVerifyToken:
    def test_the_token_is_recognised(self) -> None:
        assert is_verify_token("tokén", verify_token="tokén")

    @pytest.mark.parametrize("given_token", [None, "", "token", "tokén ", "\udcff"])
    def test_anything_else_is_not(self, given_token: str | None) -> None:
        assert not is_verify_token(given_token, verify_token="tokén")
