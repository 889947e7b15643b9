"""Make a card of a channel and what Meta last said of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from campotech_wa.account_views import AccountCard, Fact, LinkView, Obstacle, ProfileView
from campotech_wa.domain import account_state, account_words, meta_errors
from campotech_wa.domain.account_words import Saying, Tone
from campotech_wa.domain.locale import day, short
from campotech_wa.meta.account.health import Cause, Entity
from campotech_wa.meta.account.links import Link
from campotech_wa.meta.account.profile import Profile
from campotech_wa.services import credentials
from campotech_wa.services.account import snapshot, webhook
from campotech_wa.services.account.snapshot import Fault, Snapshot
from campotech_wa.tables.channels import Channel

_LATEST = 32_503_680_000
"""The year 3000 in unix seconds: beyond it stands no time that Python can write."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads the card, and when."""

    locale: str
    zone: str
    now: datetime

    def say(self, saying: Saying) -> str:
        return saying.words(self.locale)

    def fact(self, key: str, saying: Saying, hint: str = "") -> Fact:
        return Fact(key, self.say(saying), saying.tone, hint)


def card(channel: Channel, *, locale: str, zone: str, now: datetime) -> AccountCard:
    """Return the card of a channel."""
    reader = _Reader(locale, zone, now)
    known = snapshot.of(channel)
    facts = (*_number(known, reader), *_webhook(channel, known, reader), *_token(channel, known, reader))
    obstacles = tuple(_obstacle(entity, reader) for entity in _obstructing(known))
    faults = tuple(_fault(fault, reader) for fault in known.faults)
    tones = [Tone(each.tone) for each in (*facts, *obstacles)] + [Tone.WARN for _ in faults]
    summary = account_state.verdict(tones)
    return AccountCard(
        phone_number_id=channel.phone_number_id,
        waba_id=channel.waba_id,
        name=known.number.verified_name or channel.name,
        number=known.number.display_phone_number or channel.display_phone_number,
        callback_url=credentials.callback_url(channel.webhook_key),
        checked=short(known.at, now=now, zone=zone, locale=locale) if known.at else "",
        verdict=reader.say(summary),
        tone=summary.tone,
        facts=facts,
        obstacles=obstacles,
        can_subscribe=any(fact.key == "webhook" and fact.tone == Tone.BAD for fact in facts),
        faults=faults,
        profile=_profile(known.profile),
        links=tuple(_link(each) for each in known.links),
    )


def _number(known: Snapshot, reader: _Reader) -> tuple[Fact, ...]:
    number = known.number
    if not number.id:
        return ()
    coexisting = account_state.COEXISTING if number.is_coexisting else account_state.NOT_COEXISTING
    throughput = account_words.throughput(number.throughput.level, is_coexisting=number.is_coexisting)
    return (
        reader.fact("status", account_words.status(number.status)),
        reader.fact("name", account_words.name_status(number.name_status), number.new_display_name),
        reader.fact("quality", account_words.quality(number.quality_rating)),
        reader.fact("limit", account_words.messaging_limit(number.messaging_limit)),
        reader.fact("throughput", throughput),
        reader.fact("phone_app", coexisting),
        reader.fact("pin", account_state.PIN_ON if number.is_pin_enabled else account_state.PIN_OFF),
    )


def _webhook(channel: Channel, known: Snapshot, reader: _Reader) -> tuple[Fact, ...]:
    if not known.number.id or not known.has(snapshot.SUBSCRIPTIONS):
        return ()
    found = webhook.judge(known.number, known.subscriptions, credentials.callback_url(channel.webhook_key))
    saying = account_state.webhook(is_subscribed=found.is_subscribed, is_ours=found.is_ours)
    is_elsewhere = found.is_subscribed and not found.is_ours
    return (reader.fact("webhook", saying, found.effective_url if is_elsewhere else ""),)


def _token(channel: Channel, known: Snapshot, reader: _Reader) -> tuple[Fact, ...]:
    if not known.has(snapshot.TOKEN):
        return ()
    token = known.token
    ends = datetime.fromtimestamp(token.expires_at, UTC) if 0 < token.expires_at < _LATEST else None
    saying = account_state.token(
        is_known=bool(token.app_id or token.error),
        is_valid=token.is_valid,
        expires_at=ends,
        expires=day(ends, now=reader.now, zone=reader.zone, locale=reader.locale) if ends else "",
        now=reader.now,
    )
    advice = account_state.token_advice(
        saying, token.missing(), reaches_account=token.reaches(channel.waba_id)
    )
    if advice is None:
        return (reader.fact("token", saying),)
    return (Fact("token", reader.say(saying), advice.tone, reader.say(advice)),)


def _obstructing(known: Snapshot) -> list[Entity]:
    """Name each entity once: the number and the WABA both list the ones that they share."""
    found: dict[str, Entity] = {}
    for health in (known.number.health_status, known.waba.health_status):
        found |= {f"{entity.entity_type}.{entity.id}": entity for entity in health.obstructing()}
    return list(found.values())


def _obstacle(entity: Entity, reader: _Reader) -> Obstacle:
    saying = account_words.sending(entity.can_send_message)
    reasons = [_advice(cause, reader) for cause in entity.errors]
    return Obstacle(
        who=account_words.entity(entity.entity_type, locale=reader.locale),
        state=reader.say(saying),
        tone=saying.tone,
        reasons=tuple(reason for reason in (*reasons, *entity.additional_info) if reason),
    )


def _advice(cause: Cause, reader: _Reader) -> str:
    """Say it in the catalogue's words where it has some, else in Meta's."""
    entry = meta_errors.find(cause.error_code)
    if cause.error_code and entry.is_listed:
        return entry.sentence(reader.locale)
    return " ".join(part for part in (cause.error_description, cause.possible_solution) if part)


_PARTS = {
    snapshot.NUMBER: ("el número", "the number"),
    snapshot.WABA: ("la cuenta", "the account"),
    snapshot.PROFILE: ("el perfil", "the profile"),
    snapshot.SUBSCRIPTIONS: ("el webhook", "the webhook"),
    snapshot.TOKEN: ("el token", "the token"),
    snapshot.LINKS: ("los enlaces", "the links"),
}


def _fault(fault: Fault, reader: _Reader) -> str:
    spanish, english = _PARTS[fault.part]
    if fault.code is None:
        return reader.say(
            Saying(
                f"No se pudo consultar {spanish}: Meta no respondió.",
                f"Could not ask about {english}: Meta did not answer.",
                Tone.WARN,
            )
        )
    why = meta_errors.find(fault.code).sentence(reader.locale)
    return reader.say(
        Saying(f"No se pudo consultar {spanish}. {why}", f"Could not ask about {english}. {why}", Tone.WARN)
    )


def _profile(profile: Profile) -> ProfileView:
    first, second, *_ = (*profile.websites, "", "")
    return ProfileView(
        about=profile.about,
        address=profile.address,
        description=profile.description,
        email=profile.email,
        website_1=first,
        website_2=second,
        vertical=profile.vertical,
        picture_url=profile.profile_picture_url,
    )


def _link(link: Link) -> LinkView:
    return LinkView(link.code, link.prefilled_message, link.deep_link_url, link.qr_image_url)
