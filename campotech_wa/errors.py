"""The exception tree of the product: what can go wrong, by what the caller can do about it.

CampotechError
├── ConfigurationError      the environment is missing something; an operator must fix it
├── NotAuthenticated        no valid session or key; log in again
├── NotAllowed              the role does not include the permission
├── NotFound                no such thing in this organization
├── InvalidInput            the caller sent something that can never work; says which field
│   ├── WindowClosed        free text outside the customer service window
│   └── Conflict            it was possible before; what it is about has moved on
├── Throttled               too many attempts; says when to come back
├── StorageUnavailable      files can not be written or read: a full disk, a bucket out of reach
├── MetaError               Meta refused or failed
│   ├── MetaRefused         a definite no, with Meta's code
│   ├── MetaBusy            a definite "later": throttling, maintenance, a request that never left
│   └── MetaUnconfirmed     the request left and no answer came; it may have been accepted
└── SmsError                an SMS provider refused or failed
    ├── SmsRefused          a definite no, with the provider's code
    ├── SmsBusy             a definite "later": throttling, a request that never left
    └── SmsUnconfirmed      the request left and no answer came; it may have been accepted
"""

from datetime import timedelta


class CampotechError(Exception):
    """Any failure that the product names."""


class ConfigurationError(CampotechError):
    """The environment is missing something or holds a weak value; the text says what to set."""


class NotAuthenticated(CampotechError):
    """No valid session or API key came with the request."""


class NotAllowed(CampotechError):
    """The actor's role does not include the permission."""


class NotFound(CampotechError):
    """No such thing exists in the actor's organization."""


class InvalidInput(CampotechError):
    """The caller sent something that can never work.

    ``code`` is stable and has a sentence in every language of the page; ``field`` names the culprit, ``limit`` what
    is allowed of it, ``count`` what there was.
    """

    def __init__(
        self,
        code: str,
        *,
        field: str = "",
        detail: str = "",
        limit: int | None = None,
        count: int | None = None,
    ) -> None:
        super().__init__(detail or code)
        self.code = code
        self.field = field
        self.detail = detail or code
        self.limit = limit
        self.count = count


class WindowClosed(InvalidInput):
    """Free text was to be sent although the customer service window is closed."""

    def __init__(self) -> None:
        super().__init__(
            "window_closed",
            field="type",
            detail="The customer service window is closed: only an approved template may be sent.",
        )


class Conflict(InvalidInput):
    """What the caller asks for was possible before: what it is about has moved on."""


class Throttled(CampotechError):
    """Too many attempts; try again after ``retry_after``."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"Too many attempts. Try again in {int(retry_after.total_seconds())} seconds.")
        self.retry_after = retry_after


class StorageUnavailable(CampotechError):
    """The storage of files can not be written or read; trying again later may help."""


class MetaError(CampotechError):
    """Meta refused or failed."""

    def __init__(self, detail: str, *, code: int | None = None, trace: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.trace = trace
        """``fbtrace_id``: what Meta's support asks for."""


class MetaRefused(MetaError):
    """Meta answered with a definite no; the same request will fail again."""


class MetaBusy(MetaError):
    """Meta asks us to come back later, or the request never reached it: safe to send again."""


class MetaUnconfirmed(MetaError):
    """The request left and no usable answer came: Meta may have accepted it."""


class SmsError(CampotechError):
    """An SMS provider refused or failed. ``code`` is the provider's, as a text, or a word of ours."""

    def __init__(self, detail: str, *, code: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class SmsRefused(SmsError):
    """The provider answered with a definite no; the same request will fail again."""


class SmsBusy(SmsError):
    """The provider asks us to come back later, or the request never reached it: safe to send again."""


class SmsUnconfirmed(SmsError):
    """The request left and no usable answer came: the provider may have accepted it."""
