"""An admin sees how each number stands at Meta and changes it; nobody else, and no other organization's."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.domain.access import Actor
from campotech_wa.errors import InvalidInput, NotAllowed, NotFound
from campotech_wa.services.account import (
    blocks,
    links,
    overview,
    profile,
    refresh,
    registration,
    token,
    usernames,
    webhook,
)
from tests.integration.account_card import card, fact, fault, stand
from tests.integration.desk import ANA, NUMBER, change, listening

OTHERS = "100000000000002"

USES: list[Callable[[Actor, str], Any]] = [
    refresh.now,
    overview.info,
    profile.read,
    lambda actor, number: profile.write(actor, number, {"about": "x"}),
    webhook.check,
    webhook.subscribe,
    webhook.unsubscribe,
    token.inspect,
    lambda actor, number: registration.register(actor, number, "123456"),
    registration.deregister,
    lambda actor, number: registration.set_pin(actor, number, "123456"),
    blocks.listing,
    lambda actor, number: blocks.block(actor, number, [ANA]),
    lambda actor, number: blocks.unblock(actor, number, [ANA]),
    links.listing,
    lambda actor, number: links.create(actor, number, "Hola"),
    lambda actor, number: links.update(actor, number, "A", "Hola"),
    lambda actor, number: links.delete(actor, number, "A"),
    usernames.read,
    lambda actor, number: usernames.claim(actor, number, "climasur"),
    usernames.release,
]


pytestmark = pytest.mark.usefixtures("simulator")


class TestWhoMay:
    def test_an_agent_may_do_nothing_of_it(self, agent: Actor) -> None:
        for use in USES:
            with pytest.raises(NotAllowed):
                use(agent, NUMBER)

    @pytest.mark.parametrize("number", [OTHERS, "1", "", "../me", "\x00"])
    def test_a_number_of_others_is_none(self, admin: Actor, number: str) -> None:
        for use in USES:
            with pytest.raises(NotFound):
                use(admin, number)

    def test_an_agent_sees_no_overview(self, agent: Actor) -> None:
        with pytest.raises(NotAllowed):
            overview.overview(agent)

    def test_each_organization_sees_its_own(self, admin: Actor, stranger: Actor) -> None:
        refresh.due()

        assert card(admin).phone_number_id == NUMBER
        assert card(stranger).phone_number_id == OTHERS


class TestRefresh:
    def test_before_the_first_look_the_card_says_so(self, admin: Actor) -> None:
        found = card(admin)

        assert (found.checked, found.facts, found.tone) == ("", (), "quiet")
        assert found.number == "+54 9 11 4000-0001"

    def test_a_look_tells_everything(self, admin: Actor) -> None:
        registration.set_pin(admin, NUMBER, "123456")

        refresh.now(admin, NUMBER)

        found = card(admin)
        values = {each.key: each.value for each in found.facts}
        assert (found.verdict, found.tone, found.faults) == ("Todo en orden", "good", ())
        assert values["status"] == "Conectado"
        assert values["quality"] == "Alta"
        assert values["limit"] == "2.000 clientes por día"
        assert values["throughput"] == "80 mensajes por segundo"
        assert values["token"] == "Válida, no vence"
        assert values["webhook"] == "Los mensajes llegan acá"
        assert found.checked

    def test_open_pages_are_told(self, admin: Actor) -> None:
        with listening() as next_event:
            refresh.now(admin, NUMBER)
            assert next_event() is not None

    @pytest.mark.parametrize(
        ("fields", "key", "value", "tone"),
        [
            ({"quality_rating": "RED"}, "quality", "Baja", "bad"),
            ({"quality_rating": "YELLOW"}, "quality", "Media", "warn"),
            ({"status": "BANNED"}, "status", "Bloqueado por Meta", "bad"),
            ({"status": "SOMETHING_NEW"}, "status", "SOMETHING_NEW", "quiet"),
            ({"name_status": "DECLINED"}, "name", "Nombre rechazado", "bad"),
            ({"is_pin_enabled": False}, "pin", "Apagada: activala", "warn"),
            ({"is_on_biz_app": True}, "throughput", "20 mensajes por segundo", "quiet"),
            ({"is_on_biz_app": True}, "phone_app", "También en la app del teléfono", "quiet"),
            (
                {"whatsapp_business_manager_messaging_limit": "TIER_UNLIMITED"},
                "limit",
                "Sin límite",
                "good",
            ),
        ],
    )
    def test_what_meta_says_is_said_in_words(
        self, simulator: httpx.Client, admin: Actor, fields: dict[str, Any], key: str, value: str, tone: str
    ) -> None:
        stand(simulator, **fields)

        refresh.now(admin, NUMBER)

        assert (fact(admin, key).value, fact(admin, key).tone) == (value, tone)

    def test_whoever_blocks_is_named_with_what_to_do(self, simulator: httpx.Client, admin: Actor) -> None:
        causes = [{"error_code": 131042, "error_description": "Payment issue", "possible_solution": "Pay"}]
        entities = [
            {"entity_type": "WABA", "id": "2", "can_send_message": "BLOCKED", "errors": causes},
            {"entity_type": "APP", "id": "3", "can_send_message": "LIMITED", "additional_info": ["In review"]},
            {"entity_type": "BUSINESS", "id": "4", "can_send_message": "BLOCKED",
             "errors": [{"error_code": 141099, "error_description": "Odd.", "possible_solution": "Look."}]},
        ]  # fmt: skip
        stand(simulator, health_status={"can_send_message": "BLOCKED", "entities": entities})

        refresh.now(admin, NUMBER)

        found = card(admin)
        account, app, business = found.obstacles
        assert (account.who, account.state, account.tone) == (
            "La cuenta de WhatsApp", "No puede enviar mensajes", "bad",
        )  # fmt: skip
        assert "problema de pago" in account.reasons[0]
        assert (app.tone, app.reasons) == ("warn", ("In review",))
        assert business.reasons == ("Odd. Look.",)
        assert (found.verdict, found.tone) == ("Hay que actuar", "bad")

    def test_a_part_that_fails_costs_no_other_and_keeps_what_was_known(
        self, simulator: httpx.Client, admin: Actor
    ) -> None:
        profile.write(admin, NUMBER, {"about": "Aire acondicionado"})
        refresh.now(admin, NUMBER)
        fault(simulator, 131005, "whatsapp_business_profile")
        stand(simulator, quality_rating="RED")

        refresh.now(admin, NUMBER)

        found = card(admin)
        assert fact(admin, "quality").value == "Baja"
        assert found.profile.about == "Aire acondicionado"
        [sentence] = found.faults
        assert sentence.startswith("No se pudo consultar el perfil. La conexión no tiene acceso")

    def test_a_fault_is_forgotten_once_it_is_over(self, simulator: httpx.Client, admin: Actor) -> None:
        fault(simulator, 131005, "whatsapp_business_profile", times=1)
        refresh.now(admin, NUMBER)
        assert card(admin).faults

        refresh.now(admin, NUMBER)

        assert card(admin).faults == ()

    def test_an_unreachable_meta_is_told_once(self, simulator: httpx.Client, admin: Actor) -> None:
        order = {"drop_response": True, "match": {"route": "account"}}
        simulator.post("/_sim/faults", json=order).raise_for_status()

        refresh.now(admin, NUMBER)

        assert card(admin).faults == ("No se pudo consultar el número: Meta no respondió.",)
        assert "webhook" not in {each.key for each in card(admin).facts}

    def test_what_meta_said_is_kept_whole_but_for_the_certificate(self, admin: Actor) -> None:
        refresh.now(admin, NUMBER)

        info = overview.info(admin, NUMBER)
        assert info["number"]["whatsapp_business_manager_messaging_limit"] == "TIER_2K"
        assert "certificate" not in info["number"]
        assert "demo-access-token-1" not in str(info)
        assert info["checked_at"]

    def test_every_number_is_looked_at_by_the_schedule(self, admin: Actor, stranger: Actor) -> None:
        refresh.due()

        assert card(admin).checked
        assert card(stranger).checked

    def test_a_number_is_looked_at_once_an_hour(self, simulator: httpx.Client, admin: Actor) -> None:
        refresh.due()
        stand(simulator, quality_rating="RED")

        refresh.due()
        assert fact(admin, "quality").value == "Alta"

        change("update channel set info_at = now() - interval '61 minutes'")
        refresh.due()
        assert fact(admin, "quality").value == "Baja"

    def test_a_silent_meta_is_asked_again_soon(self, simulator: httpx.Client, admin: Actor) -> None:
        order = {"drop_response": True, "match": {"route": "account"}}
        simulator.post("/_sim/faults", json=order).raise_for_status()
        refresh.due()
        assert (card(admin).checked, len(card(admin).faults)) == ("", 1)
        simulator.delete("/_sim/faults").raise_for_status()

        refresh.due()

        assert card(admin).checked
        assert card(admin).faults == ()


class TestProfile:
    def test_it_is_written_and_read_and_shown(self, admin: Actor) -> None:
        profile.write(admin, NUMBER, {"about": "Aire acondicionado", "websites": ["https://climasur.test"]})

        assert profile.read(admin, NUMBER).about == "Aire acondicionado"
        assert card(admin).profile.website_1 == "https://climasur.test"

    def test_a_field_beyond_its_limit_is_refused_by_name(self, admin: Actor) -> None:
        with pytest.raises(InvalidInput) as refused:
            profile.write(admin, NUMBER, {"about": "x" * 140})

        assert (refused.value.field, refused.value.limit) == ("about", 139)


class TestWebhook:
    def test_where_messages_go_is_told(self, admin: Actor) -> None:
        found = webhook.check(admin, NUMBER)

        assert found.reaches_us
        assert found.callback_url == f"{settings.get().origin}/webhooks/whatsapp/demo-1"
        assert found.effective_url.endswith("/webhooks/whatsapp/demo-1")

    def test_an_ended_subscription_is_seen_and_mended(self, admin: Actor) -> None:
        webhook.unsubscribe(admin, NUMBER)
        refresh.now(admin, NUMBER)
        assert fact(admin, "webhook").tone == "bad"
        assert card(admin).can_subscribe

        assert webhook.subscribe(admin, NUMBER).reaches_us

        assert fact(admin, "webhook").tone == "good"
        assert not card(admin).can_subscribe

    def test_another_address_is_told(self, simulator: httpx.Client, admin: Actor) -> None:
        stand(simulator, webhook_configuration={"application": "https://elsewhere.test/x"})

        refresh.now(admin, NUMBER)

        found = fact(admin, "webhook")
        assert (found.tone, found.hint) == ("bad", "https://elsewhere.test/x")

    def test_an_address_that_meta_can_not_call_is_refused(
        self, simulator: httpx.Client, admin: Actor
    ) -> None:
        stand(simulator, webhook_configuration={"application": "https://elsewhere.test/x"})

        with pytest.raises(InvalidInput) as refused:
            webhook.subscribe(admin, NUMBER)

        assert refused.value.code == "callback_not_https"


class TestToken:
    def test_the_app_is_the_one_that_is_subscribed(self, admin: Actor) -> None:
        found = token.inspect(admin, NUMBER)

        assert (found.token.is_valid, found.missing_scopes, found.reaches_account) == (True, (), True)

    def test_without_any_app_it_says_what_to_tell(self, admin: Actor) -> None:
        webhook.unsubscribe(admin, NUMBER)

        with pytest.raises(InvalidInput) as refused:
            token.inspect(admin, NUMBER)

        assert refused.value.field == "app_id"
        refresh.now(admin, NUMBER)
        assert fact(admin, "token").value == "Sin verificar"

    def test_a_told_app_is_used(self, admin: Actor) -> None:
        webhook.unsubscribe(admin, NUMBER)
        change("update channel set app_id = '300000000000000' where id = 1")

        assert token.inspect(admin, NUMBER).token.is_valid


class TestNotices:
    def test_news_are_told_newest_first_and_to_their_organization_only(
        self, admin: Actor, stranger: Actor
    ) -> None:
        news = (
            "insert into account_event (organization_id, channel_id, field, event, payload, digest, at) "
            "values (1, 1, :field, :event, cast(:payload as jsonb), :digest, now() - cast(:ago as interval))"
        )
        change(
            news, field="message_template_status_update", event="REJECTED", digest=b"1", ago="2 hours",
            payload='{"message_template_name": "turno", "reason": "PROMOTIONAL"}',
        )  # fmt: skip
        change(news, field="security", event="PIN_CHANGED", digest=b"2", ago="1 hour", payload="{}")

        pin, template = overview.overview(admin).notices

        assert (pin.tone, template.tone) == ("bad", "warn")
        assert template.sentence == (
            "Plantilla “turno”: Meta la rechazó. Corregila y mandala de nuevo. Motivo: es una promoción."
        )
        assert pin.channel == "Clima Sur Servicios"
        assert overview.overview(stranger).notices == ()
