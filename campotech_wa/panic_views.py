"""What is shown of panics and alerts: words ready to print, never rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PanicBanner:
    """What every page of the desk says while a number stands still."""

    phone_number_id: str
    reason: str
    phase: str
    tone: str
    title: str
    """What stopped."""
    why: str
    works: str
    """What still works."""
    outlook: str
    """When the next probe is, or what has to be done."""


@dataclass(frozen=True, slots=True)
class PanicEpisode:
    """One panic, over or not; times in ISO 8601, empty names where it was the product itself."""

    reason: str
    lanes: str
    error_code: int | None
    numbers: dict[str, object]
    note: str
    triggered_at: str
    triggered_by: str
    resolved_at: str | None
    resolved_by: str
    resolve_note: str


@dataclass(frozen=True, slots=True)
class PanicStatus:
    """How a number stands, for programs; all but the first two are null while there is no panic."""

    phone_number_id: str
    active: bool
    reason: str | None
    lanes: str | None
    phase: str | None
    error_code: int | None
    numbers: dict[str, object] | None
    note: str | None
    triggered_at: str | None
    auto_resolve_at: str | None
    paused: str
    """What a person has paused: nothing, business or all."""
    history: tuple[PanicEpisode, ...]


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert that is not over."""

    id: int
    kind: str
    headline: str
    body: str
    channel: str
    since: str
    href: str
    """Where something can be done about it."""


@dataclass(frozen=True, slots=True)
class ChannelThresholds:
    """When a number panics and when its admins are alerted."""

    phone_number_id: str
    name: str
    panic_minutes: int
    panic_percent: int
    alert_percent: int
    alert_waiting: int
    alert_minutes: int


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Where an organization's alerts go."""

    email: str = ""
    webhook_url: str = ""
    has_secret: bool = False
    can_mail: bool = False
    """Whether the operator has set a mail server."""
    thresholds: tuple[ChannelThresholds, ...] = ()
