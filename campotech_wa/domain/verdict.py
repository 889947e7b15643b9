"""What one request for a message says of its channel's health."""

from enum import StrEnum


class Verdict(StrEnum):
    """How the channel's circuit breaker counts a request."""

    NONE = ""
    """Not at all: it never left, or nobody knows yet what became of it."""
    SUCCESS = "success"
    FAILURE = "failure"
    """Transmitted, and what refused it concerns everything that the channel sends."""
    EXCUSED = "excused"
    """Transmitted, and refused for the recipient's, the template's or a policy's own reason."""
    THROTTLED = "throttled"
    DENIED = "denied"
    """The credentials are not good."""
    BARRED = "barred"
    """The account is restricted or locked."""
