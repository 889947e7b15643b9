"""Each subject of an account is asked for as the reference says, and its answer read whatever its shape."""

from collections.abc import Callable
from typing import Any

import pytest

from campotech_wa.domain.ids import BusinessScopedUserId, PhoneNumberId, WaId
from campotech_wa.errors import InvalidInput, MetaRefused
from campotech_wa.meta.account import blocks, links, number, profile, tokens, usernames, waba
from campotech_wa.meta.account.graph import Graph
from tests.integration.scripted_graph import Heard, JsonObject, graph_saying

NUMBER = PhoneNumberId("100000000000001")
WABA = "200000000000001"
NO_SUCH_FIELD = (400, {"error": {"code": 100, "message": "(#100) Tried accessing nonexisting field (host)"}})
GONE = (400, {"error": {"code": 100, "error_subcode": 33, "message": "gone"}})


def ask(
    use: Callable[[Graph], Any], *answers: JsonObject | tuple[int, JsonObject]
) -> tuple[Any, list[Heard]]:
    """Return what a use of the API comes to, and what was asked."""
    with graph_saying(*answers) as graph, Graph(graph.url, "v25.0", "token") as line:
        return use(line), graph.heard


class TestNumber:
    def test_every_field_is_asked_for_by_name_and_unknown_ones_are_kept(self) -> None:
        answer = {
            "id": NUMBER,
            "quality_rating": "GREEN",
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
            "throughput": {"level": "HIGH"},
            "is_on_biz_app": True,
            "platform_type": "CLOUD_API",
            "webhook_configuration": {"application": "https://a", "phone_number": "https://p"},
            "brand_new": {"a": 1},
        }

        found, [heard] = ask(lambda line: number.info(line, NUMBER), answer)

        assert (found.messaging_limit, found.throughput.level) == ("TIER_2K", "HIGH")
        assert found.is_coexisting
        assert found.webhook_configuration.effective == "https://p"
        assert found.model_dump()["brand_new"] == {"a": 1}
        assert set(heard.query["fields"].split(",")) >= {"health_status", "quality_score", "certificate"}

    def test_a_field_that_meta_dropped_does_not_hide_the_others(self) -> None:
        found, heard = ask(lambda line: number.info(line, NUMBER), NO_SUCH_FIELD, {"status": "CONNECTED"})

        assert found.status == "CONNECTED"
        assert len(heard[1].query["fields"]) < len(heard[0].query["fields"])

    def test_what_is_refused_for_another_reason_is_not_asked_twice(self) -> None:
        with pytest.raises(MetaRefused):
            ask(lambda line: number.info(line, NUMBER), (401, {"error": {"code": 190, "message": "no"}}), {})

    @pytest.mark.parametrize(
        "odd",
        [
            {"status": None, "quality_rating": 7, "is_pin_enabled": "yes", "throughput": "fast"},
            {"health_status": [], "webhook_configuration": "https://x", "quality_score": 1},
            {"health_status": {"entities": [None, "x", {"errors": "x", "additional_info": [None, "a"]}]}},
            {"health_status": {"entities": [{"errors": [{"error_code": "141002"}]}]}},
        ],
    )
    def test_an_odd_shape_is_read_as_far_as_it_goes(self, odd: JsonObject) -> None:
        found, _ = ask(lambda line: number.info(line, NUMBER), {"id": NUMBER, **odd})

        assert found.id == NUMBER

    def test_a_certificate_is_not_shown_by_accident(self) -> None:
        found, _ = ask(lambda line: number.info(line, NUMBER), {"certificate": "Cm0KKQ"})

        assert "Cm0KKQ" not in repr(found)

    def test_whoever_limits_or_blocks_is_named(self) -> None:
        health = {
            "can_send_message": "BLOCKED",
            "entities": [
                {"entity_type": "PHONE_NUMBER", "can_send_message": "AVAILABLE"},
                {"entity_type": "WABA", "can_send_message": "BLOCKED", "errors": [{"error_code": 141002}]},
                {"entity_type": "APP", "can_send_message": "LIMITED", "additional_info": ["name"]},
            ],
        }

        found, _ = ask(lambda line: number.info(line, NUMBER), {"health_status": health})

        waba_entity, app = found.health_status.obstructing()
        assert (waba_entity.errors[0].error_code, app.additional_info) == (141002, ("name",))

    def test_registration_is_asked_for_once(self) -> None:
        pin = {"messaging_product": "whatsapp", "pin": "123456"}
        asked: list[tuple[Callable[[Graph], None], str, JsonObject | None]] = [
            (lambda line: number.register(line, NUMBER, "123456"), "/register", pin),
            (lambda line: number.set_pin(line, NUMBER, "654321"), "", {"pin": "654321"}),
            (lambda line: number.deregister(line, NUMBER), "/deregister", None),
        ]

        for use, path, body in asked:
            _, [heard] = ask(use, {"success": True})
            assert (heard.method, heard.path, heard.body) == ("POST", f"/v25.0/{NUMBER}{path}", body)

    def test_a_locked_account_while_registering_is_a_wrong_pin(self) -> None:
        locked = (403, {"error": {"code": 131031, "message": "locked"}})

        with pytest.raises(MetaRefused) as refused:
            ask(lambda line: number.register(line, NUMBER, "123456"), locked)

        assert refused.value.code == 133005

    @pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "\uff11" * 6, " 123456", "123456\n"])
    def test_a_pin_is_six_digits(self, pin: str) -> None:
        for use in (number.register, number.set_pin):
            with pytest.raises(InvalidInput) as refused:
                ask(lambda line, use=use: use(line, NUMBER, pin), {})
            assert refused.value.field == "pin"

    def test_the_numbers_of_an_account_are_listed(self) -> None:
        found, [heard] = ask(lambda line: number.listing(line, WABA), {"data": [{"id": "1"}, {"id": "2"}]})

        assert [each.id for each in found] == ["1", "2"]
        assert heard.path == f"/v25.0/{WABA}/phone_numbers"


class TestWaba:
    def test_it_is_read_and_a_dropped_field_does_no_harm(self) -> None:
        found, _ = ask(
            lambda line: waba.info(line, WABA), NO_SUCH_FIELD, {"name": "Clima Sur", "status": "ACTIVE"}
        )

        assert (found.name, found.status) == ("Clima Sur", "ACTIVE")

    def test_what_does_not_exist_is_not_taken_for_an_empty_one(self) -> None:
        with pytest.raises(MetaRefused):
            ask(lambda line: waba.info(line, WABA), GONE)

    def test_subscriptions_tell_their_app_and_override(self) -> None:
        answer = {"data": [{"whatsapp_business_api_data": {"id": "3"}, "override_callback_uri": "https://o"}]}

        [found], _ = ask(lambda line: waba.subscriptions(line, WABA), answer)

        assert (found.app.id, found.override_callback_uri) == ("3", "https://o")

    @pytest.mark.parametrize(("apps", "only"), [((), ""), (("3",), "3"), (("3", "3"), "3"), (("3", "4"), "")])
    def test_only_a_single_app_is_taken_for_ours(self, apps: tuple[str, ...], only: str) -> None:
        answer = {"data": [{"whatsapp_business_api_data": {"id": app}} for app in apps]}

        assert ask(lambda line: waba.only_app(line, WABA), answer)[0] == only

    def test_a_subscription_may_override_the_address_or_not(self) -> None:
        _, [plain] = ask(lambda line: waba.subscribe(line, WABA), {"success": True})
        _, [own] = ask(
            lambda line: waba.subscribe(line, WABA, callback_url="https://us/x", verify_token="v"), {}
        )
        _, [gone] = ask(lambda line: waba.unsubscribe(line, WABA), {})

        assert plain.body is None
        assert own.body == {"override_callback_uri": "https://us/x", "verify_token": "v"}
        assert (gone.method, gone.path) == ("DELETE", f"/v25.0/{WABA}/subscribed_apps")

    @pytest.mark.parametrize("address", ["http://us/x", "https://us/" + "x" * 200])
    def test_an_address_that_meta_does_not_call_is_refused_before_it_is_sent(self, address: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            ask(lambda line: waba.subscribe(line, WABA, callback_url=address), {})

        assert refused.value.field == "callback_url"


class TestToken:
    def test_it_is_inspected_in_its_apps_name(self) -> None:
        data = {
            "app_id": "3",
            "is_valid": True,
            "expires_at": 4_102_444_800,
            "scopes": ["whatsapp_business_messaging"],
            "granular_scopes": [{"scope": "whatsapp_business_messaging", "target_ids": [WABA]}],
        }

        found, [heard] = ask(
            lambda line: tokens.inspect(line, "the-token", app_id="3", app_secret="s"), {"data": data}
        )

        assert heard.query == {"input_token": "the-token", "access_token": "3|s"}
        assert heard.authorization == ""
        assert (found.is_valid, found.expires_at) == (True, 4_102_444_800)
        assert found.missing() == ("whatsapp_business_management",)
        assert (found.reaches(WABA), found.reaches("9")) == (True, False)

    def test_a_scope_without_targets_holds_for_all(self) -> None:
        data = {"granular_scopes": [{"scope": "whatsapp_business_messaging"}]}

        found, _ = ask(lambda line: tokens.inspect(line, "t", app_id="3", app_secret="s"), {"data": data})

        assert found.reaches(WABA)


class TestBlocks:
    def test_people_are_named_by_number_or_by_id(self) -> None:
        people = [WaId("5491131234567"), BusinessScopedUserId("AR.123")]

        for use, method in ((blocks.block, "POST"), (blocks.unblock, "DELETE")):
            _, [heard] = ask(lambda line, use=use: use(line, NUMBER, people), {"block_users": {"x": 1}})
            assert (heard.method, heard.path) == (method, f"/v25.0/{NUMBER}/block_users")
            assert heard.body == {
                "messaging_product": "whatsapp",
                "block_users": [{"user": "+5491131234567"}, {"user_id": "AR.123"}],
            }

    def test_a_mixed_result_tells_both_although_it_is_a_refusal(self) -> None:
        mixed = {
            "block_users": {
                "added_users": [{"input": "+1", "wa_id": "1"}],
                "failed_users": [
                    {"input": "+2", "errors": [{"code": 139103, "message": "x"}]},
                    {"input": "+3"},
                ],
            },
            "error": {"code": 139100, "message": "some"},
        }

        found, _ = ask(lambda line: blocks.block(line, NUMBER, [WaId("1")]), (400, mixed))

        assert found.changed == ("+1",)
        assert [(each.input, each.error and each.error.code) for each in found.failed] == [
            ("+2", 139103),
            ("+3", None),
        ]

    def test_a_refusal_of_everybody_is_one(self) -> None:
        with pytest.raises(MetaRefused) as refused:
            ask(
                lambda line: blocks.block(line, NUMBER, [WaId("1")]),
                (400, {"error": {"code": 139101, "message": "full"}}),
            )

        assert refused.value.code == 139101

    def test_the_list_is_read(self) -> None:
        answer = {"data": [{"wa_id": "1"}, {"user_id": "AR.1"}, {"wa_id": 7}]}

        found, _ = ask(lambda line: blocks.listing(line, NUMBER), answer)

        assert [(each.wa_id, each.user_id) for each in found] == [("1", ""), ("", "AR.1"), ("", "")]


class TestLinks:
    def test_a_link_is_made_reworded_and_deleted(self) -> None:
        made, [create] = ask(
            lambda line: links.create(line, NUMBER, " Hola "), {"code": "AB2", "deep_link_url": "u"}
        )
        _, [update] = ask(lambda line: links.update(line, NUMBER, "AB2", "Chau"), {})
        _, [delete] = ask(lambda line: links.delete(line, NUMBER, "AB2"), {})

        assert made.code == "AB2"
        assert create.body == {"prefilled_message": "Hola", "generate_qr_image": "SVG"}
        assert update.body == {"code": "AB2", "prefilled_message": "Chau"}
        assert (delete.method, delete.path) == ("DELETE", f"/v25.0/{NUMBER}/message_qrdls/AB2")

    def test_the_list_is_read_with_its_pictures(self) -> None:
        found, [heard] = ask(
            lambda line: links.listing(line, NUMBER), {"data": [{"code": "A"}, {"code": "B"}]}
        )

        assert [each.code for each in found] == ["A", "B"]
        assert heard.query["fields"].endswith("qr_image_url.format(SVG)")

    @pytest.mark.parametrize(("words", "fault"), [("", "empty"), ("  ", "empty"), ("x" * 141, "too_long")])
    def test_words_are_one_to_140_characters(self, words: str, fault: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            ask(lambda line: links.create(line, NUMBER, words), {})

        assert (refused.value.code, refused.value.field) == (fault, "prefilled_message")

    @pytest.mark.parametrize("code", ["", "../x", "a b", "x" * 41, "é"])
    def test_a_code_is_letters_and_digits(self, code: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            ask(lambda line: links.delete(line, NUMBER, code), {})

        assert refused.value.field == "code"


class TestProfileAndUsername:
    def test_the_profile_is_read_from_its_list_of_one(self) -> None:
        found, [heard] = ask(
            lambda line: profile.read(line, NUMBER), {"data": [{"about": "Hola", "websites": ["https://a"]}]}
        )

        assert (found.about, found.websites) == ("Hola", ("https://a",))
        assert heard.path.endswith("/whatsapp_business_profile")
        assert ask(lambda line: profile.read(line, NUMBER), {"data": []})[0].about == ""

    def test_only_what_changes_is_written(self) -> None:
        _, [heard] = ask(lambda line: profile.write(line, NUMBER, {"about": "Hola"}), {"success": True})

        assert heard.body == {"messaging_product": "whatsapp", "about": "Hola"}

    def test_a_username_is_claimed_read_and_given_up(self) -> None:
        _, [claim] = ask(lambda line: usernames.claim(line, NUMBER, " @climasur "), {"success": True})
        _, [release] = ask(lambda line: usernames.release(line, NUMBER), {"success": True})

        assert claim.body == {"username": "climasur", "transfer_action": "none"}
        assert (release.method, release.path) == ("DELETE", f"/v25.0/{NUMBER}/username")
        for answer in ({"username": "climasur"}, {"data": [{"username": "climasur"}]}):
            assert ask(lambda line: usernames.read(line, NUMBER), answer)[0].username == "climasur"
