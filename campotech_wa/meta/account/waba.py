"""A WhatsApp business account, and which apps its webhooks go to (sending.md 4; webhooks.md 1.6)."""

from typing import Annotated

from pydantic import Field

from campotech_wa.errors import InvalidInput, MetaRefused
from campotech_wa.meta.account.fields import Answer, Flag, Object, Text, ToObject
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.account.health import Health
from campotech_wa.meta.outbound.refusals import refusal

_ESSENTIAL = (
    "id",
    "name",
    "status",
    "currency",
    "country",
    "timezone_id",
    "business_verification_status",
    "account_review_status",
    "ownership_type",
    "health_status",
)
FIELDS = (
    *_ESSENTIAL,
    "message_template_namespace",
    "owner_business_info",
    "primary_business_location",
    "is_enabled_for_insights",
    "marketing_messages_lite_api_status",
    "auth_international_rate_eligibility",
)

_UNKNOWN_FIELD = 100
LONGEST_CALLBACK = 200


class Waba(Answer):
    """The node of a WABA."""

    id: Text = ""
    name: Text = ""
    status: Text = ""
    currency: Text = ""
    country: Text = ""
    timezone_id: Text = ""
    business_verification_status: Text = ""
    account_review_status: Text = ""
    message_template_namespace: Text = ""
    ownership_type: Text = ""
    owner_business_info: Object = Field(default_factory=dict)
    primary_business_location: Text = ""
    health_status: Annotated[Health, ToObject] = Health()
    is_enabled_for_insights: Flag = False
    marketing_messages_lite_api_status: Text = ""
    auth_international_rate_eligibility: Object = Field(default_factory=dict)


class App(Answer):
    """An app that is subscribed to the WABA's webhooks."""

    id: Text = ""
    name: Text = ""
    link: Text = ""


class Subscription(Answer):
    """One subscription; the override goes before the app's own callback URL."""

    app: Annotated[App, ToObject] = Field(default=App(), alias="whatsapp_business_api_data")
    override_callback_uri: Text = ""


def info(graph: Graph, waba_id: str) -> Waba:
    """Return what Meta says of a WABA; where a field is unknown, the essential ones alone.

    Raises:
        MetaError: Meta refused or failed.
    """
    try:
        return _read(graph, waba_id, FIELDS)
    except MetaRefused as refusal:
        if refusal.code != _UNKNOWN_FIELD:
            raise
    return _read(graph, waba_id, _ESSENTIAL)


def subscriptions(graph: Graph, waba_id: str) -> tuple[Subscription, ...]:
    """Return the apps that the WABA's webhooks go to.

    Raises:
        MetaError: Meta refused or failed.
    """
    return tuple(Subscription.model_validate(raw) for raw in graph.pages(waba_id, "subscribed_apps"))


def only_app(graph: Graph, waba_id: str) -> str:
    """Return the id of the one app that is subscribed; empty when there are none or several.

    Raises:
        MetaError: Meta refused or failed.
    """
    apps = {each.app.id for each in subscriptions(graph, waba_id)}
    return apps.pop() if len(apps) == 1 else ""


def subscribe(graph: Graph, waba_id: str, *, callback_url: str = "", verify_token: str = "") -> None:
    """Subscribe the token's app; without ``callback_url`` the app's own address is used, and an override removed.

    Raises:
        InvalidInput: the address is none that Meta takes.
        MetaError: Meta refused or failed.
    """
    body = {"override_callback_uri": _checked(callback_url), "verify_token": verify_token}
    graph.post(waba_id, "subscribed_apps", body=body if callback_url else None)


def unsubscribe(graph: Graph, waba_id: str) -> None:
    """Unsubscribe the token's app: nothing of the WABA arrives any more.

    Raises:
        MetaError: Meta refused or failed.
    """
    graph.delete(waba_id, "subscribed_apps")


def _checked(callback_url: str) -> str:
    if callback_url and not callback_url.startswith("https://"):
        raise InvalidInput(
            "callback_not_https",
            field="callback_url",
            detail="Meta calls only https addresses. Set CAMPOTECH_PUBLIC_URL to the product's https address.",
        )
    if len(callback_url) > LONGEST_CALLBACK:
        raise refusal("too_long", ["callback_url"], limit=LONGEST_CALLBACK, count=len(callback_url))
    return callback_url


def _read(graph: Graph, waba_id: str, fields: tuple[str, ...]) -> Waba:
    return Waba.model_validate(graph.get(waba_id, fields=",".join(fields)))
