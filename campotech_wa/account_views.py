"""What the settings page shows of numbers and accounts: words ready to print, with a tone for their colour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a health card. ``tone`` is good, quiet, warn or bad."""

    key: str
    value: str
    tone: str
    hint: str = ""
    """What to do, where something is to be done."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Somebody who limits or blocks sending, why, and what to do."""

    who: str
    state: str
    tone: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileView:
    """The business profile, as the form shows it."""

    about: str = ""
    address: str = ""
    description: str = ""
    email: str = ""
    website_1: str = ""
    website_2: str = ""
    vertical: str = ""
    picture_url: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A short link with its QR code."""

    code: str
    words: str
    url: str
    qr_url: str


@dataclass(frozen=True, slots=True)
class AccountCard:
    """A connected number: who it is, how it stands, what customers see of it."""

    phone_number_id: str
    waba_id: str
    name: str
    number: str
    callback_url: str
    checked: str
    """When Meta was last asked; empty when never."""
    verdict: str
    tone: str
    facts: tuple[Fact, ...]
    obstacles: tuple[Obstacle, ...]
    can_subscribe: bool
    """Webhooks do not reach us, and a press of a button may mend it."""
    faults: tuple[str, ...]
    """What Meta did not tell the last time, and why."""
    profile: ProfileView
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A piece of news of Meta's."""

    id: int
    tone: str
    sentence: str
    channel: str
    time: str


@dataclass(frozen=True, slots=True)
class AccountOverview:
    """The part of the settings page that is about Meta."""

    cards: tuple[AccountCard, ...]
    notices: tuple[Notice, ...]
