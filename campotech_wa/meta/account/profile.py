"""The business profile that customers see: read, check, write (sending.md 5)."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.domain.units import units
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.account.fields import Answer, Text, Texts
from campotech_wa.meta.account.graph import Graph
from campotech_wa.meta.outbound.refusals import refusal
from campotech_wa.meta.shapes import JsonObject, as_list, as_object

LONGEST = {"about": 139, "address": 256, "description": 512, "email": 128}
"""Characters."""
MOST_WEBSITES = 2
LONGEST_WEBSITE = 256
VERTICALS = (
    "UNDEFINED", "OTHER", "AUTO", "BEAUTY", "APPAREL", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GROCERY",
    "GOVT", "HOTEL", "HEALTH", "NONPROFIT", "PROF_SERVICES", "RETAIL", "TRAVEL", "RESTAURANT", "NOT_A_BIZ",
)  # fmt: skip
_HANDLE = "profile_picture_handle"
_WRITABLE = (*LONGEST, "websites", "vertical", _HANDLE)
_FIELDS = "about,address,description,email,profile_picture_url,websites,vertical"


class Profile(Answer):
    """What stands behind a number's name on the customer's phone."""

    about: Text = ""
    address: Text = ""
    description: Text = ""
    email: Text = ""
    profile_picture_url: Text = ""
    websites: Texts = ()
    vertical: Text = ""


def read(graph: Graph, phone_number_id: PhoneNumberId) -> Profile:
    """Return the profile.

    Raises:
        MetaError: Meta refused or failed.
    """
    answer = graph.get(phone_number_id, "whatsapp_business_profile", fields=_FIELDS)
    found = as_list(answer.get("data"))
    return Profile.model_validate(as_object(found[0]) if found else {})


def write(graph: Graph, phone_number_id: PhoneNumberId, changes: Mapping[str, object]) -> None:
    """Change what ``changes`` names, and leave the rest.

    Raises:
        InvalidInput: names the field and its limit.
        MetaError: Meta refused or failed.
    """
    body: JsonObject = {"messaging_product": "whatsapp", **check(changes)}
    graph.post(phone_number_id, "whatsapp_business_profile", body=body)


def check(changes: Mapping[str, object]) -> JsonObject:
    """Return the changes as Meta takes them.

    Raises:
        InvalidInput: names the field and its limit.
    """
    if not changes:
        raise InvalidInput("nothing", detail=f"Send at least one of: {', '.join(_WRITABLE)}.")
    return {field: _checked(field, value) for field, value in changes.items()}


def _checked(field: str, value: object) -> object:
    if field == "websites":
        return [_website(index, site) for index, site in enumerate(_sites(value))]
    if field not in _WRITABLE:
        raise refusal("not_allowed", [field], choices=_WRITABLE)
    if not isinstance(value, str):
        raise refusal("not_a_text", [field])
    if field == "vertical" and value not in VERTICALS:
        raise refusal("unknown_value", [field], choices=VERTICALS)
    return _sized(field, _filled(field, value), LONGEST.get(field))


def _filled(field: str, value: str) -> str:
    """Meta has no empty "about": it can be changed and not cleared."""
    if field in ("about", _HANDLE) and not value.strip():
        raise refusal("empty", [field])
    return value


def _sized(field: str, value: str, limit: int | None) -> str:
    if limit is not None and units(value) > limit:
        raise refusal("too_long", [field], limit=limit, count=units(value))
    return value


def _sites(value: object) -> list[object]:
    sites = as_list(value)
    if not isinstance(value, list):
        raise refusal("not_a_list", ["websites"])
    if len(sites) > MOST_WEBSITES:
        raise refusal("too_many", ["websites"], limit=MOST_WEBSITES, count=len(sites))
    return sites


def _website(index: int, site: object) -> str:
    if not isinstance(site, str) or not _is_address(site):
        raise refusal("not_a_link", ["websites", index])
    return _sized(f"websites[{index}]", site, LONGEST_WEBSITE)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
