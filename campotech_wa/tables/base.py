"""Column helpers and the naming conventions that every constraint follows."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Table, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

metadata = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def table(of: type[SQLModel]) -> Table:
    """Return the bare table of a model: statements made of it, once, skip the ORM's work at every call."""
    return metadata.tables[str(of.__tablename__)]  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def identity() -> Any:
    """Return a 64-bit primary key that the database numbers."""
    return Field(default=None, primary_key=True, sa_type=BigInteger)


def reference(target: str, *, nullable: bool = False) -> Any:
    """Return a foreign key to ``table.column``; rows that others stand on can not be deleted."""
    return Field(
        default=None if nullable else ...,
        nullable=nullable,
        sa_type=BigInteger,
        sa_column_args=[ForeignKey(target)],
    )


def moment(*, nullable: bool = False) -> Any:
    """Return an aware point in time."""
    return Field(
        default=None if nullable else ...,
        nullable=nullable,
        sa_type=DateTime(timezone=True),  # pyright: ignore[reportArgumentType]  (an instance works)
    )


def stamped() -> Any:
    """Return an aware point in time that the database fills in."""
    return Field(
        default=None,
        nullable=False,
        sa_type=DateTime(timezone=True),  # pyright: ignore[reportArgumentType]
        sa_column_kwargs={"server_default": func.now()},
    )


def filled(value: int | str) -> Any:
    """Return a column that the database fills in: most statements that insert such rows need not know of it."""
    return Field(default=value, nullable=False, sa_column_kwargs={"server_default": str(value)})


def document() -> Any:
    """Return a JSON object."""
    return Field(default_factory=dict, nullable=False, sa_type=JSONB)


def one_of(column: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Return a constraint that a text column holds one of ``values``."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({quoted})", name=f"{column}_known")
