"""An admin registers numbers, blocks customers, and keeps short links and a username."""

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.errors import InvalidInput, MetaRefused
from campotech_wa.services.account import blocks, links, refresh, registration, usernames
from tests.integration.account_card import card, fact
from tests.integration.desk import ANA, NUMBER, hear, one

pytestmark = pytest.mark.usefixtures("simulator")


class TestRegistration:
    def test_a_number_is_registered_and_taken_off(self, admin: Actor) -> None:
        registration.set_pin(admin, NUMBER, "123456")
        registration.deregister(admin, NUMBER)
        registration.register(admin, NUMBER, "123456")

        refresh.now(admin, NUMBER)
        assert fact(admin, "pin").value == "Activada"

    def test_a_wrong_pin_is_told(self, admin: Actor) -> None:
        registration.set_pin(admin, NUMBER, "123456")

        with pytest.raises(MetaRefused) as refused:
            registration.register(admin, NUMBER, "654321")

        assert refused.value.code == 133005

    def test_what_is_no_pin_never_leaves(self, admin: Actor) -> None:
        with pytest.raises(InvalidInput):
            registration.set_pin(admin, NUMBER, "12345")


class TestBlocks:
    def write(self, simulator: httpx.Client) -> None:
        """Let Ana write, at Meta and at the desk: only who wrote can be blocked."""
        order = {
            "phone_number_id": NUMBER,
            "from": ANA,
            "message": {"type": "text", "text": {"body": "Hola"}},
        }
        simulator.post("/_sim/inbound", json=order).raise_for_status()
        hear()

    @pytest.mark.parametrize("spelling", [ANA, "+54 9 11 3123-4567", "011 15 3123-4567", "3123-4567"])
    def test_a_customer_is_blocked_and_unblocked_in_any_spelling(
        self, simulator: httpx.Client, admin: Actor, spelling: str
    ) -> None:
        self.write(simulator)

        assert blocks.block(admin, NUMBER, [spelling]).changed == (f"+{ANA}",)
        assert [each.wa_id for each in blocks.listing(admin, NUMBER)] == [ANA]
        assert one("select blocked_at is not null from customer") is True

        assert blocks.unblock(admin, NUMBER, [spelling]).failed == ()
        assert blocks.listing(admin, NUMBER) == ()
        assert one("select blocked_at is null from customer") is True

    def test_some_may_fail_and_others_not(self, simulator: httpx.Client, admin: Actor) -> None:
        self.write(simulator)

        found = blocks.block(admin, NUMBER, [ANA, "+54 9 351 512-3456"])

        assert found.changed == (f"+{ANA}",)
        [failure] = found.failed
        assert failure.error is not None

    @pytest.mark.parametrize("users", [[], ["nobody"], [""], ["AR.ENT.123"], ["\x00"], ["1"] * 101])
    def test_who_is_nobody_is_refused(self, admin: Actor, users: list[str]) -> None:
        with pytest.raises(InvalidInput) as refused:
            blocks.block(admin, NUMBER, users)

        assert refused.value.field.startswith("users")

    def test_a_business_scoped_id_is_one(self, admin: Actor) -> None:
        assert [each.input for each in blocks.block(admin, NUMBER, ["AR.13491208655302741918"]).failed] == [
            "AR.13491208655302741918"
        ]


class TestLinks:
    def test_a_link_is_made_reworded_shown_and_deleted(self, admin: Actor) -> None:
        made = links.create(admin, NUMBER, "Hola, quiero un presupuesto")
        [shown] = card(admin).links
        assert (shown.code, shown.words) == (made.code, "Hola, quiero un presupuesto")
        assert shown.url.endswith(made.code)

        links.update(admin, NUMBER, made.code, "Hola")
        assert [each.prefilled_message for each in links.listing(admin, NUMBER)] == ["Hola"]

        links.delete(admin, NUMBER, made.code)
        assert card(admin).links == ()

    def test_more_than_a_page_of_them_is_listed(self, admin: Actor) -> None:
        for index in range(27):
            links.create(admin, NUMBER, f"Hola {index}")

        assert len(links.listing(admin, NUMBER)) == 27


class TestUsername:
    def test_a_name_is_claimed_and_given_up(self, admin: Actor) -> None:
        assert usernames.claim(admin, NUMBER, "@climasur").username == "climasur"

        usernames.release(admin, NUMBER)
        assert usernames.read(admin, NUMBER).username == ""
