"""An independent client manages a number, its lists and its templates."""

from typing import Any

from pywa.types import templates as pywa_templates
from pywa.types.others import UsernameStatusType
from simulator_driver import ACCOUNT, ANA, NUMBER, Receiver, Simulator

# pywa types the parameters of templates too loosely for strict.
templates: Any = pywa_templates


def test_pywa_manages_the_number(client: Any, simulator: Simulator, receiver: Receiver) -> None:
    number = client.get_business_phone_number()
    account = client.get_business_account()
    listed = client.get_business_phone_numbers()

    assert (number.id, number.verified_name, account.id) == (NUMBER, "Empresa 1", ACCOUNT)
    assert [each.id for each in listed] == [NUMBER]
    assert client.register_phone_number("123456").success
    assert client.update_business_profile(about="Aires", websites=["https://climasur.test"]).success
    assert client.get_business_profile().about == "Aires"
    assert client.update_display_name("Clima").success
    assert client.update_conversational_automation(ice_breakers=["Pedir turno"]).success
    assert client.update_commerce_settings(is_cart_enabled=True).success
    assert client.get_commerce_settings().is_cart_enabled
    assert client.override_phone_callback_url(receiver.url, verify_token="verify-token-1").success
    assert client.delete_phone_callback_url().success
    assert client.override_waba_callback_url(receiver.url, verify_token="verify-token-1").success
    assert client.delete_waba_callback_url().success
    assert client.deregister_phone_number().success


def test_pywa_blocks_links_and_names(client: Any, simulator: Simulator) -> None:
    simulator.write()

    assert [each.wa_id for each in client.block_users([ANA]).added_users] == [ANA]
    assert [each.wa_id for each in client.unblock_users([ANA]).removed_users] == [ANA]

    code = client.create_qr_code("Hola", "SVG")
    assert client.update_qr_code(code.code, "Chau").prefilled_message == "Chau"
    assert [each.code for each in client.get_qr_codes()] == [code.code]
    found = client.get_qr_code(code.code)
    assert found is not None
    assert found.prefilled_message == "Chau"
    assert client.delete_qr_code(code.code).success

    assert client.set_username("climasur").status == UsernameStatusType.APPROVED
    assert client.get_current_username().username == "climasur"
    assert client.delete_username().success


def test_pywa_creates_lists_and_deletes_a_template(client: Any) -> None:
    template = templates.Template(
        name="turno",
        language=templates.TemplateLanguage.SPANISH_ARG,
        category=templates.TemplateCategory.UTILITY,
        components=[templates.BodyText("Hola {{1}}, te esperamos.", "Ana")],
        parameter_format=templates.ParamFormat.POSITIONAL,
    )

    created = client.create_template(template)

    assert created.status == templates.TemplateStatus.APPROVED
    assert [each.name for each in client.get_templates()] == ["turno"]
    assert client.get_template(created.id).language == templates.TemplateLanguage.SPANISH_ARG
    sent = client.send_template(ANA, "turno", template.language, [templates.BodyText.params("Ana")])
    assert sent.id
    assert client.delete_template("turno").success
