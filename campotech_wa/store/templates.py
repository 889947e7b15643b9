"""Templates as Meta last described them."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, text, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.store.recordset import as_rows
from campotech_wa.tables.templates import WaTemplate

Key = tuple[str, str]
"""Name and language."""


def named(
    session: Session, keys: Collection[Key], *, organization_id: OrganizationId, waba_id: str
) -> dict[Key, WaTemplate]:
    """Return the templates with these names and languages that Meta ever told of, also those that are gone."""
    found = select(WaTemplate).where(
        col(WaTemplate.organization_id) == organization_id,
        col(WaTemplate.waba_id) == waba_id,
        tuple_(col(WaTemplate.name), col(WaTemplate.language)).in_(keys),
    )
    return {(each.name, each.language): each for each in session.scalars(found)}


@dataclass(frozen=True, slots=True)
class Listed:
    """A template as Meta lists it now."""

    meta_id: str
    name: str
    language: str
    category: str
    status: str
    quality: str
    rejected_reason: str
    definition: dict[str, Any] = field(repr=False)


_KEEP = text(
    """
    insert into wa_template as known (organization_id, waba_id, meta_id, name, language, category, status, quality,
                                      rejected_reason, definition, changed_at, seen_at)
    select :organization, :waba, meta_id, name, language, category, status, quality, rejected_reason, definition,
           :now, :now
    from jsonb_to_recordset(cast(:rows as jsonb)) as listed(
        meta_id text, name text, language text, category text, status text, quality text, rejected_reason text,
        definition jsonb)
    on conflict (organization_id, waba_id, name, language) do update set
        meta_id = excluded.meta_id, category = excluded.category, status = excluded.status,
        quality = excluded.quality, rejected_reason = excluded.rejected_reason, definition = excluded.definition,
        seen_at = :now, gone_at = null,
        changed_at = case when
            (known.meta_id, known.category, known.status, known.quality, known.rejected_reason, known.definition,
             known.gone_at)
            is distinct from
            (excluded.meta_id, excluded.category, excluded.status, excluded.quality, excluded.rejected_reason,
             excluded.definition, null)
        then :now else known.changed_at end
    where known.changed_at <= :began
    returning changed_at = :now
    """
)
"""What a webhook has changed since Meta was asked is newer than the answer."""

_LEAVE = text(
    """
    update wa_template set status = 'DELETED', gone_at = :now, changed_at = :now
    where organization_id = :organization and waba_id = :waba and gone_at is null and seen_at < :began
    """
)

_NOTE = text(
    """
    insert into wa_template as known (organization_id, waba_id, meta_id, name, language, category, status, quality,
                                      rejected_reason, definition, changed_at, seen_at)
    values (:organization, :waba, :meta_id, :name, :language, coalesce(:category, ''), coalesce(:status, ''),
            coalesce(:quality, ''), coalesce(:rejected_reason, ''), '{}', :now, :now)
    on conflict (organization_id, waba_id, name, language) do update set
        category = coalesce(:category, known.category), status = coalesce(:status, known.status),
        quality = coalesce(:quality, known.quality),
        rejected_reason = coalesce(:rejected_reason, known.rejected_reason),
        changed_at = :now, seen_at = :now, gone_at = null
    """
)

_MARK = text(
    """
    update channel set info = info || cast(:parts as jsonb)
    where organization_id = :organization and waba_id = :waba
    """
)

_UNREAD = text(
    """
    select min(id) from (
        select id, organization_id, waba_id, cast(info -> 'templates' ->> 'at' as timestamptz) as read_at,
               cast(info ->> 'templates_changed' as timestamptz) as changed_at
        from channel) as number
    group by organization_id, waba_id
    having coalesce(max(read_at) < :since, true)
        or max(changed_at) > max(read_at) and max(read_at) < :changed_since
    """
)


def keep(
    session: Session,
    listed: Iterable[Listed],
    *,
    organization_id: OrganizationId,
    waba_id: str,
    began: datetime,
    now: datetime,
) -> int:
    """Keep what Meta listed from ``began`` on; returns how many of them are new, or other than they were."""
    each_once = {(one.name, one.language): one for one in listed}
    asked = {"organization": organization_id, "waba": waba_id, "began": began, "now": now}
    return sum(session.scalars(_KEEP, {**asked, "rows": as_rows(each_once.values())}))


def leave(
    session: Session, *, organization_id: OrganizationId, waba_id: str, began: datetime, now: datetime
) -> int:
    """Mark as gone what Meta has not listed since ``began``; returns how many there are."""
    asked = {"organization": organization_id, "waba": waba_id, "began": began, "now": now}
    left = cast("CursorResult[Any]", session.execute(_LEAVE, asked))
    return left.rowcount


def note(
    session: Session,
    key: Key,
    *,
    organization_id: OrganizationId,
    waba_id: str,
    now: datetime,
    meta_id: str,
    category: str | None = None,
    status: str | None = None,
    quality: str | None = None,
    rejected_reason: str | None = None,
) -> None:
    """Note what news tell of a template, and leave the rest; one that is new is known by that alone."""
    told = {"category": category, "status": status, "quality": quality, "rejected_reason": rejected_reason}
    whose = {"organization": organization_id, "waba": waba_id, "name": key[0], "language": key[1]}
    session.execute(_NOTE, {**whose, **told, "meta_id": meta_id, "now": now})


def mark(session: Session, parts: dict[str, Any], *, organization_id: OrganizationId, waba_id: str) -> None:
    """Keep with the channels of an account when its templates were read, or that they have changed since."""
    whose = {"organization": organization_id, "waba": waba_id}
    session.execute(_MARK, {**whose, "parts": json.dumps(parts)})


def unread(session: Session, *, since: datetime, changed_since: datetime) -> Sequence[int]:
    """Return a channel of each account, of every organization, whose templates were not read since then.

    Where there has been news of them after they were read, ``changed_since`` counts.
    """
    return session.scalars(_UNREAD, {"since": since, "changed_since": changed_since}).all()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which templates a list shall hold; what is empty restricts nothing."""

    name: str = ""
    """A part of it."""
    status: str = ""
    language: str = ""


def page(
    session: Session,
    wanted: Wanted,
    *,
    organization_id: OrganizationId,
    after: tuple[str, str, int] | None,
    limit: int,
) -> Sequence[WaTemplate]:
    """Return templates by name, language and id, from behind a place on."""
    found = select(WaTemplate).where(col(WaTemplate.organization_id) == organization_id)
    if wanted.name:
        found = found.where(col(WaTemplate.name).contains(wanted.name, autoescape=True))
    if wanted.status:
        found = found.where(col(WaTemplate.status) == wanted.status)
    if wanted.language:
        found = found.where(col(WaTemplate.language) == wanted.language)
    order = col(WaTemplate.name), col(WaTemplate.language), col(WaTemplate.id)
    if after is not None:
        found = found.where(tuple_(*order) > after)
    return session.scalars(found.order_by(*order).limit(limit)).all()
