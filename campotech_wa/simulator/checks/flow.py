"""Check a message that opens a flow."""

from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal

MAX_LABEL = 30


def check(action: Part) -> None:
    """Check which flow, the words of its button, and where it begins."""
    action.choice("name", ("flow",))
    parameters = action.part("parameters")
    parameters.choice("flow_message_version", ("3",))
    if parameters.has("flow_id") == parameters.has("flow_name"):
        raise refusal(131008, f"Either {parameters.name('flow_id')} or flow_name is required, not both.")
    parameters.optional_text("flow_id")
    parameters.optional_text("flow_name")
    parameters.text("flow_cta", most=MAX_LABEL)
    parameters.optional_text("flow_token")
    _check_choice(parameters, "mode", "draft", "published")
    _check_choice(parameters, "flow_action", "navigate", "data_exchange")
    if parameters.has("flow_action_payload"):
        _check_start(parameters.part("flow_action_payload"))


def _check_start(payload: Part) -> None:
    payload.text("screen")
    if payload.has("data") and not payload.values["data"]:
        raise refusal(131009, f"Param {payload.name('data')} must not be empty; leave it out instead.")


def _check_choice(parameters: Part, key: str, *options: str) -> None:
    if parameters.has(key):
        parameters.choice(key, options)
