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
