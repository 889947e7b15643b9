"""Organizations, the people who work in them, their sessions and their API keys."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from campotech_wa.domain.access import Role
from campotech_wa.tables.base import identity, moment, one_of, reference, stamped


class Organization(SQLModel, table=True):
    """A company: everything else belongs to one."""

    __tablename__ = "organization"

    id: int | None = identity()
    name: str
    timezone: str = "America/Argentina/Buenos_Aires"
    default_area: str = ""
    """The area code of short local numbers; empty means none."""
    sends_per_minute: int = 50
    media_days: int | None = None
    """Days for which media are kept; None means for as long as their messages."""
    created_at: datetime = stamped()


class UserAccount(SQLModel, table=True):
    """A person who can log in."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("email"), one_of("role", Role))

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    email: str
    """In lower case."""
    name: str
    role: str
    password_hash: str
    locale: str = "es-AR"
    disabled_at: datetime | None = moment(nullable=True)
    created_at: datetime = stamped()


class LoginSession(SQLModel, table=True):
    """A browser that is logged in; the cookie holds the secret, this row only its digest."""

    __tablename__ = "login_session"
    __table_args__ = (UniqueConstraint("digest"), Index(None, "user_id"))

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    user_id: int = reference("user_account.id")
    digest: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = stamped()
    expires_at: datetime = moment()
    revoked_at: datetime | None = moment(nullable=True)


class LoginAttempt(SQLModel, table=True):
    """A failed login, kept to slow down guessing; ``subject`` is a digest of an account or an address."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index(None, "subject", "at"),)

    id: int | None = identity()
    subject: bytes = Field(sa_type=LargeBinary)
    at: datetime = stamped()


class ApiKey(SQLModel, table=True):
    """A key of another product; only its digest is kept."""

    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("digest"), one_of("role", Role))

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    name: str
    role: str = Role.AGENT
    """What the other product may do, as if it were a person."""
    digest: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = stamped()
    revoked_at: datetime | None = moment(nullable=True)
