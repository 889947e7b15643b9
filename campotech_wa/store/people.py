"""Organizations, users, login sessions, failed attempts and API keys."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import OrganizationId, UserId
from campotech_wa.tables.people import ApiKey, LoginAttempt, LoginSession, Organization, UserAccount


def organization(session: Session, *, organization_id: OrganizationId) -> Organization:
    """Return the organization."""
    return session.get_one(Organization, organization_id)


def names(session: Session, *, organization_id: OrganizationId) -> dict[int, str]:
    """Return the names of everybody who may log in, or might once."""
    found = select(col(UserAccount.id), col(UserAccount.name)).where(
        col(UserAccount.organization_id) == organization_id
    )
    return {user_id or 0: name for user_id, name in session.execute(found)}


def user_by_email(session: Session, email: str) -> UserAccount | None:
    """Find a person who may log in; before a login there is no organization to ask by."""
    found = select(UserAccount).where(col(UserAccount.email) == email, col(UserAccount.disabled_at).is_(None))
    return session.scalars(found).one_or_none()


def add_session(
    session: Session,
    *,
    organization_id: OrganizationId,
    user_id: UserId,
    digest: bytes,
    expires_at: datetime,
) -> None:
    """Remember a new login."""
    session.add(
        LoginSession(
            organization_id=organization_id,
            user_id=user_id,
            digest=digest,
            expires_at=expires_at,
        )
    )


def session_owner(
    session: Session, digest: bytes, *, now: datetime
) -> tuple[UserAccount, Organization] | None:
    """Return (user, organization) of a live session; the digest itself tells the organization."""
    found = (
        select(UserAccount, Organization)
        .join(LoginSession, col(LoginSession.user_id) == col(UserAccount.id))
        .join(Organization, col(UserAccount.organization_id) == col(Organization.id))
        .where(
            col(LoginSession.digest) == digest,
            col(LoginSession.revoked_at).is_(None),
            col(LoginSession.expires_at) > now,
            col(UserAccount.disabled_at).is_(None),
        )
    )
    row = session.execute(found).one_or_none()
    return None if row is None else (row[0], row[1])


def revoke_session(session: Session, digest: bytes, *, now: datetime) -> None:
    """End one session; holding its secret is the authority."""
    session.execute(
        update(LoginSession)
        .where(col(LoginSession.digest) == digest, col(LoginSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )


def revoke_sessions(
    session: Session, *, organization_id: OrganizationId, user_id: UserId, now: datetime
) -> None:
    """End every session of a person."""
    session.execute(
        update(LoginSession)
        .where(
            col(LoginSession.organization_id) == organization_id,
            col(LoginSession.user_id) == user_id,
            col(LoginSession.revoked_at).is_(None),
        )
        .values(revoked_at=now)
    )


def set_locale(session: Session, locale: str, *, organization_id: OrganizationId, user_id: UserId) -> None:
    """Keep the language a person chose."""
    session.execute(
        update(UserAccount)
        .where(col(UserAccount.organization_id) == organization_id, col(UserAccount.id) == user_id)
        .values(locale=locale)
    )


def add_attempt(session: Session, subject: bytes, *, now: datetime) -> None:
    """Count a failed login against an account or an address."""
    session.add(LoginAttempt(subject=subject, at=now))


def recent_attempts(session: Session, subject: bytes, *, since: datetime) -> int:
    """Count the failed logins of an account or an address."""
    counted = select(func.count()).where(col(LoginAttempt.subject) == subject, col(LoginAttempt.at) > since)
    return session.scalar(counted) or 0


def forget_attempts(session: Session, *, before: datetime) -> None:
    """Drop failed logins that no longer count."""
    session.execute(delete(LoginAttempt).where(col(LoginAttempt.at) < before))


def forget_sessions(session: Session, *, before: datetime) -> None:
    """Drop sessions that ended long ago."""
    session.execute(delete(LoginSession).where(col(LoginSession.expires_at) < before))


def key_owner(session: Session, digest: bytes) -> tuple[ApiKey, Organization] | None:
    """Return a live API key and its organization; the digest itself tells the organization."""
    found = (
        select(ApiKey, Organization)
        .join(Organization, col(ApiKey.organization_id) == col(Organization.id))
        .where(col(ApiKey.digest) == digest, col(ApiKey.revoked_at).is_(None))
    )
    row = session.execute(found).one_or_none()
    return (row[0], row[1]) if row else None


def keep_media_for(session: Session, days: int | None, *, organization_id: OrganizationId) -> None:
    """Note for how many days an organization keeps media; None: for as long as their messages."""
    session.execute(
        update(Organization).where(col(Organization.id) == organization_id).values(media_days=days)
    )


def media_limits(session: Session) -> list[tuple[int, int]]:
    """Return the organizations that keep media only for some days; for retention."""
    limited = select(Organization).where(col(Organization.media_days).is_not(None))
    return [(each.id or 0, each.media_days or 0) for each in session.scalars(limited)]
