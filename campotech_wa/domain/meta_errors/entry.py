"""What the catalogue says of one of Meta's error codes (reference errors.md, section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from campotech_wa.domain.locale import pick


class ErrorClass(StrEnum):
    """What went wrong, by who or what has to change."""

    AUTHORIZATION = "authorization"
    THROTTLE = "throttle"
    INTEGRITY = "integrity"
    """Meta restricts the business for its conduct."""
    UNDELIVERABLE = "undeliverable"
    RECIPIENT_WILL = "recipient_will"
    """Somebody decided that these two do not talk, or not about this."""
    RECIPIENT_IDENTITY = "recipient_identity"
    """Another person may hold the number now."""
    WINDOW = "window"
    TEMPLATE = "template"
    TEMPLATE_MANAGEMENT = "template_management"
    ANALYTICS = "analytics"
    PARAMETER = "parameter"
    CONFIGURATION = "configuration"
    SERVICE = "service"
    """Meta's own trouble."""
    MEDIA = "media"
    INBOUND = "inbound"
    """Something a customer sent that the API does not carry."""
    ACCOUNT = "account"
    BILLING = "billing"
    MIGRATION = "migration"
    COEXISTENCE = "coexistence"
    MANAGEMENT = "management"
    BLOCK_LIST = "block_list"
    USERNAME = "username"
    ROUTING = "routing"
    SIGN_UP = "sign_up"
    GROUP = "group"
    CALL = "call"
    FLOW = "flow"
    UNKNOWN = "unknown"


class Retry(StrEnum):
    """Whether the same request may be made again, and when."""

    NO = "no"
    THROTTLE = "throttle"
    """Nothing was accepted: later, in the queue of the sender."""
    PAIR = "pair_throttle"
    """Nothing was accepted: later for this customer, the others go on."""
    AMBIGUOUS = "ambiguous"
    """It may have been accepted: first wait for a status that carries our id."""
    WAIT = "wait"
    """Once a condition is met; ``Entry.wait`` says how long that takes at least, where Meta does."""
    NEXT_DAY = "next_day"
    ONCE = "once"
    """One more try, not before ``Entry.wait``."""


class Scope(StrEnum):
    """Who has to stop."""

    NOBODY = "nobody"
    APP = "app"
    WABA = "waba"
    CHANNEL = "channel"
    TEMPLATE = "template"
    CUSTOMER = "customer"
    COUNTRY = "country"
    GROUP = "group"
    FLOW = "flow"


class Traffic(StrEnum):
    """What of theirs has to stop."""

    ALL = "all"
    TEMPLATES = "templates"
    FREE_TEXT = "free_text"
    MARKETING = "marketing"
    PAID = "paid"
    """Business-initiated messages; replies in an open window are free and may go on."""
    MANAGEMENT = "management"
    ONBOARDING = "onboarding"
    CALLS = "calls"
    DIRECT_SEND = "direct_send"


class Sms(StrEnum):
    """Whether an important transactional message may go out by SMS instead. Marketing never may."""

    NO = "no"
    """A bug, a policy or a person's will: another way round it is no answer."""
    URGENT = "urgent"
    """Only what can not wait until WhatsApp is back."""
    YES = "yes"


_OF_THE_CHANNEL = frozenset({Scope.APP, Scope.WABA, Scope.CHANNEL})


@dataclass(frozen=True, slots=True)
class Breaker:
    """Who stops what, after how many failures in a row."""

    scope: Scope
    traffic: Traffic = Traffic.ALL
    after: int = 1
    is_slowing: bool = False
    """It asks for a lower pace and not for a stop."""

    @property
    def is_of_the_channel(self) -> bool:
        """Whether a whole channel has to stop, and not only what concerns one recipient, template or country."""
        return self.scope in _OF_THE_CHANNEL


NO_BREAKER = Breaker(Scope.NOBODY)

_OF_THE_RECIPIENT = frozenset(
    {ErrorClass.UNDELIVERABLE, ErrorClass.RECIPIENT_WILL, ErrorClass.RECIPIENT_IDENTITY}
)
_SHORT_WAIT = timedelta(minutes=10)
"""As long as a throttled message is tried again (errors.md, section 2)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: what it is, what to do about it, and how to say it to staff."""

    code: int
    kind: ErrorClass
    spanish: str
    english: str
    retry: Retry = Retry.NO
    wait: timedelta | None = None
    tries: int | None = None
    """How many more tries at most, where the reference says."""
    breaker: Breaker = NO_BREAKER
    sms: Sms = Sms.NO
    tells_human: bool = False
    is_listed: bool = True
    """Whether the catalogue knows the code, or only the neighbourhood that it belongs to."""

    @property
    def is_recipients_own(self) -> bool:
        """Whether the failure says something of this recipient, and nothing of the channel."""
        return self.kind in _OF_THE_RECIPIENT

    @property
    def counts_for_panic(self) -> bool:
        """Whether the channel's circuit breaker counts it: everything the channel sends is concerned."""
        return self.breaker.is_of_the_channel and self.breaker.traffic is Traffic.ALL

    @property
    def passes_soon(self) -> bool:
        """Whether nothing was accepted and a later try of our own makes sense."""
        if self.retry is Retry.WAIT:
            return self.wait is not None and self.wait <= _SHORT_WAIT
        return self.retry in (Retry.THROTTLE, Retry.PAIR)

    def sentence(self, locale: str) -> str:
        """Say what happened and what to do."""
        return pick((self.spanish, self.english), locale)


Words = tuple[str, str]
"""One sentence or two, in Spanish and in English."""


def plain(kind: ErrorClass, sentences: Mapping[int, Words]) -> tuple[Entry, ...]:
    """List codes of which nothing is to be said but their sentence: no retry, no breaker, no SMS."""
    return tuple(Entry(code, kind, *words) for code, words in sentences.items())
