"""Log people in and out, and tell who acts: from a session cookie or an API key, from nothing else."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from sqlalchemy.orm import Session

from campotech_wa import clock, settings
from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor, Role
from campotech_wa.domain.ids import OrganizationId, UserId
from campotech_wa.domain.locale import LOCALES
from campotech_wa.errors import InvalidInput, NotAuthenticated, Throttled
from campotech_wa.signals import live
from campotech_wa.store import people
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.people import ApiKey, Organization, UserAccount
from campotech_wa.vault import digest, keyed_digest

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1024
"""Characters; hashing is deliberately slow, and slower with length."""

_THROTTLE_WINDOW = timedelta(minutes=15)
_ATTEMPTS_PER_ACCOUNT = 10
_ATTEMPTS_PER_ADDRESS = 50
"""Higher than an account's: an office shares one address."""

_PROXIES = frozenset({"127.0.0.1", "::1"})
"""A proxy on this machine, as the operator's guide sets it up."""

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Return a hash to verify when there is no such account, so that the answer takes as long as for one."""
    return _hasher.hash("nobody's password")


@dataclass(frozen=True, slots=True)
class Login:
    """A new session; ``token`` goes into the cookie and is kept nowhere else."""

    token: str
    expires_at: datetime
    locale: str


def log_in(email: str, password: str, *, address: str) -> Login:
    """Check a password and open a session.

    Raises:
        NotAuthenticated: no such account, or another password; the two look alike.
        Throttled: too many failures for this account or from this address.
    """
    email = storable.text(email).strip().lower()
    subjects = _subjects(email, address)
    _refuse_when_throttled(subjects)
    with reading() as session:
        user = people.user_by_email(session, email)
    if not _is_password(password, user) or user is None:
        _count_failure(subjects)
        raise NotAuthenticated
    return _open_session(user)


def actor_of_session(token: str) -> Actor:
    """Return who holds a session cookie.

    Raises:
        NotAuthenticated: the session is unknown, over, or its person disabled.
    """
    with reading() as session:
        found = people.session_owner(session, digest(token), now=clock.now()) if token else None
    if found is None:
        raise NotAuthenticated
    user, organization = found
    return Actor(
        organization_id=OrganizationId(user.organization_id),
        role=Role(user.role),
        user_id=UserId(user.id or 0),
        name=user.name,
        organization_name=organization.name,
        locale=user.locale,
        timezone=organization.timezone,
    )


def actor_of_key(key: str) -> Actor:
    """Return the organization that an API key acts for.

    Raises:
        NotAuthenticated: the key is unknown or revoked.
    """
    with reading() as session:
        found = people.key_owner(session, digest(key)) if key else None
    if found is None:
        raise NotAuthenticated
    api_key, organization = found
    return Actor(OrganizationId(organization.id or 0), Role(api_key.role), timezone=organization.timezone)


def log_out(token: str) -> None:
    """End one session; ending it again changes nothing."""
    with transaction() as tx:
        found = people.session_owner(tx.session, digest(token), now=clock.now())
        people.revoke_session(tx.session, digest(token), now=clock.now())
        if found is not None:
            tx.after_commit(live.publish, live.Changed(OrganizationId(found[0].organization_id)))


def log_out_everywhere(actor: Actor) -> None:
    """End every session of the actor's person; open pages notice at once."""
    if actor.user_id is None:
        return
    with transaction() as tx:
        people.revoke_sessions(
            tx.session, organization_id=actor.organization_id, user_id=actor.user_id, now=clock.now()
        )
        tx.after_commit(live.publish, live.Changed(actor.organization_id))


def choose_locale(actor: Actor, locale: str) -> None:
    """Keep the language of a person's pages.

    Raises:
        InvalidInput: the product does not speak it.
    """
    if locale not in LOCALES:
        raise InvalidInput("locale", field="locale")
    if actor.user_id is None:
        return
    with transaction() as tx:
        people.set_locale(tx.session, locale, organization_id=actor.organization_id, user_id=actor.user_id)


def create_organization(session: Session, name: str, *, default_area: str = "") -> OrganizationId:
    """Add an organization."""
    organization = Organization(name=name, default_area=default_area)
    session.add(organization)
    session.flush()
    return OrganizationId(organization.id or 0)


def create_user(
    session: Session, organization_id: OrganizationId, *, email: str, name: str, role: Role, password: str
) -> None:
    """Add a person.

    Raises:
        InvalidInput: the e-mail is no address or taken, or the password too short.
    """
    email = email.strip().lower()
    if "@" not in email:
        raise InvalidInput("email", field="email", detail=f"{email!r} is no e-mail address.")
    if people.user_by_email(session, email):
        raise InvalidInput("email_taken", field="email", detail=f"{email} can log in already.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidInput(
            "password", field="password", detail=f"A password needs at least {SHORTEST_PASSWORD} characters."
        )
    session.add(
        UserAccount(
            organization_id=organization_id,
            email=email,
            name=name,
            role=role,
            password_hash=_hasher.hash(password),
        )
    )
    session.flush()


def create_admin(*, organization: str, email: str, name: str, password: str) -> None:
    """Add an organization with its first admin, from the command line.

    Raises:
        InvalidInput: as ``create_user``.
    """
    with transaction() as tx:
        organization_id = create_organization(tx.session, organization)
        create_user(tx.session, organization_id, email=email, name=name, role=Role.ADMIN, password=password)


def create_key(
    session: Session, organization_id: OrganizationId, *, name: str, key: str, role: Role = Role.AGENT
) -> None:
    """Add an API key, which may do what a person of its role may."""
    session.add(ApiKey(organization_id=organization_id, name=name, role=role, digest=digest(key)))
    session.flush()


def _subjects(email: str, address: str) -> list[bytes]:
    """Name who is counted: the account, and the address, unless it is the proxy's, which stands for everybody."""
    named = [f"account:{email}"] if address in _PROXIES else [f"account:{email}", f"address:{address}"]
    return [keyed_digest(name) for name in named]


def _refuse_when_throttled(subjects: list[bytes]) -> None:
    since = clock.now() - _THROTTLE_WINDOW
    limits = (_ATTEMPTS_PER_ACCOUNT, _ATTEMPTS_PER_ADDRESS)
    with reading() as session:
        for subject, limit in zip(subjects, limits, strict=False):
            if people.recent_attempts(session, subject, since=since) >= limit:
                raise Throttled(_THROTTLE_WINDOW)


def _count_failure(subjects: list[bytes]) -> None:
    with transaction() as tx:
        for subject in subjects:
            people.add_attempt(tx.session, subject, now=clock.now())


def _is_password(password: str, user: UserAccount | None) -> bool:
    try:
        return _hasher.verify(user.password_hash if user else _nobody(), password[:LONGEST_PASSWORD])
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def _open_session(user: UserAccount) -> Login:
    token = secrets.token_urlsafe(32)
    expires_at = clock.now() + timedelta(hours=settings.get().session_hours)
    with transaction() as tx:
        people.add_session(
            tx.session,
            organization_id=OrganizationId(user.organization_id),
            user_id=UserId(user.id or 0),
            digest=digest(token),
            expires_at=expires_at,
        )
    return Login(token, expires_at, user.locale)
