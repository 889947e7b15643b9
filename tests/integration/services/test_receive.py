"""Posts of Meta's are proved, stored once, and only then received."""

import asyncio
import json

import pytest
from sqlalchemy import text

from campotech_wa.errors import NotFound
from campotech_wa.meta.inbound import Malformed
from campotech_wa.services.receive import BadSignature, ForeignNumber, Receiver
from campotech_wa.store.transaction import reading
from tests.integration.desk import sign


def payload(phone_number_id: str = "100000000000001", **value: object) -> bytes:
    body = {"metadata": {"phone_number_id": phone_number_id}, **value}
    return json.dumps({"entry": [{"changes": [{"field": "messages", "value": body}]}]}).encode()


def receive(*posts: tuple[str, bytes, str | None]) -> None:
    async def all_at_once() -> None:
        receiver = Receiver()
        await asyncio.gather(*(receiver.receive(*post) for post in posts))

    asyncio.run(all_at_once())


def stored() -> int:
    with reading() as session:
        return session.scalar(text("select count(*) from webhook_event")) or 0


@pytest.mark.usefixtures("desk")
class TestReceive:
    def test_a_genuine_post_is_stored(self) -> None:
        body = payload()

        receive(("demo-1", body, sign(body)))

        assert stored() == 1

    def test_the_same_post_twice_is_stored_once(self) -> None:
        body = payload()

        receive(*[("demo-1", body, sign(body))] * 3)
        receive(("demo-1", body, sign(body)))

        assert stored() == 1

    def test_a_hundred_posts_at_once_are_all_stored(self) -> None:
        bodies = [payload(number=number) for number in range(100)]

        receive(*[("demo-1", body, sign(body)) for body in bodies])

        assert stored() == 100

    @pytest.mark.parametrize(
        "header", [None, "", "sha256=", "sha256=00", "sha1=abc", "sha256=\udcff", "ñ" * 71]
    )
    def test_a_post_without_the_right_signature_is_refused(self, header: str | None) -> None:
        with pytest.raises(BadSignature):
            receive(("demo-1", payload(), header))

        assert stored() == 0

    def test_another_channels_secret_is_a_wrong_signature(self) -> None:
        body = payload()

        with pytest.raises(BadSignature):
            receive(("demo-1", body, sign(body, "demo-app-secret-2")))

    def test_a_signed_post_for_somebody_elses_number_is_refused(self) -> None:
        body = payload(phone_number_id="100000000000001")

        with pytest.raises(ForeignNumber):
            receive(("demo-2", body, sign(body, "demo-app-secret-2")))

        assert stored() == 0

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"entry": {}}', b"\xff\xfe", b"[" * 100_000])
    def test_a_signed_post_that_is_no_payload_is_malformed(self, body: bytes) -> None:
        with pytest.raises(Malformed):
            receive(("demo-1", body, sign(body)))

    def test_a_key_that_nobody_has_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            receive(("nobody", b"{}", None))
