"""Remember what Meta keeps of each business number beside its chats: registration, profile, lists and settings."""

from dataclasses import dataclass, field

from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject


def _profile() -> JsonObject:
    return {"messaging_product": "whatsapp", "vertical": "UNDEFINED"}


@dataclass(slots=True)
class Number:
    """One business number; `fields` overrides what its node tells, as a test orders."""

    channel: Channel
    registered: bool = True
    verified: bool = True
    pin: str = ""
    """Empty while two-step verification is off."""
    wrong_pins: int = 0
    registrations: int = 0
    """Calls to register and deregister, which Meta counts (sending.md, 4)."""
    code: str = ""
    """The verification code that was sent last."""
    username: str = ""
    display_name_wished: str = ""
    fields: JsonObject = field(default_factory=dict[str, object])
    profile: JsonObject = field(default_factory=_profile)
    settings: JsonObject = field(default_factory=dict[str, object])
    automation: JsonObject = field(default_factory=dict[str, object])
    blocked: dict[str, JsonObject] = field(default_factory=dict[str, JsonObject])
    links: dict[str, JsonObject] = field(default_factory=dict[str, JsonObject])
    """Short links with their QR codes, by code."""

    @property
    def id(self) -> str:
        """Meta's phone_number_id."""
        return self.channel.phone_number_id
