"""Links: under which ids a channel knows a customer, and the spelling Meta accepts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import BusinessScopedUserId, ChannelId, CustomerId, OrganizationId, WaId
from campotech_wa.tables.base import table
from campotech_wa.tables.conversations import CustomerLink


class Met(NamedTuple):
    """A link, with the name of its account: who was merged keeps the one they gave themselves."""

    id: int
    customer_id: CustomerId
    user_id: BusinessScopedUserId | None
    wa_id: WaId | None
    parent_user_id: str
    username: str
    identity_key_hash: str
    profile_name: str
    seen_at: datetime


_MET = text(
    """
    select link.id, link.customer_id, link.user_id, link.wa_id, link.parent_user_id, link.username,
           link.identity_key_hash, coalesce(own.profile_name, customer.profile_name), link.seen_at
    from customer_link link join customer on customer.id = link.customer_id
    left join customer own on own.organization_id = link.organization_id and own.wa_id = link.wa_id
    where link.organization_id = :organization and link.channel_id = :channel
      and (link.user_id = any(:user_ids) or link.wa_id = any(:wa_ids))
      and customer.merged_into_id is null
      and not exists (select from customer_link other
                      where other.customer_id = link.customer_id and other.channel_id = link.channel_id
                        and other.id <> link.id and other.seen_at >= link.seen_at)
    """
).bindparams(bindparam("user_ids", type_=ARRAY(TEXT)), bindparam("wa_ids", type_=ARRAY(TEXT)))

_SEE = text(
    """
    update customer_link set seen_at = :now from (
        select id from customer_link where organization_id = :organization and id = any(:ids)
        order by id for no key update
    ) as seen where customer_link.id = seen.id
    """
)


def met(
    session: Session,
    user_ids: Collection[str],
    wa_ids: Collection[str],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> list[Met]:
    """Return, for all these ids at once, the links that are the last by which their customer was seen."""
    names = {"user_ids": list(user_ids), "wa_ids": list(wa_ids)}
    found = session.execute(_MET, {"organization": organization_id, "channel": channel_id, **names})
    return [Met(*row) for row in found]


def see(
    session: Session, link_ids: Collection[int], *, organization_id: OrganizationId, now: datetime
) -> None:
    """Note that the people behind these links were there just now."""
    if link_ids:
        session.execute(_SEE, {"organization": organization_id, "ids": sorted(link_ids), "now": now})


def of_customer(
    session: Session,
    customer_id: CustomerId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId | None = None,
) -> Sequence[CustomerLink]:
    """Return a customer's links, on one channel or on all, the one seen last first."""
    found = select(CustomerLink).where(
        col(CustomerLink.organization_id) == organization_id, col(CustomerLink.customer_id) == customer_id
    )
    if channel_id is not None:
        found = found.where(col(CustomerLink.channel_id) == channel_id)
    newest = found.order_by(col(CustomerLink.seen_at).desc(), col(CustomerLink.id).desc())
    return session.scalars(newest.execution_options(populate_existing=True)).all()


def last_seen(
    session: Session, customer_ids: Collection[CustomerId], *, organization_id: OrganizationId
) -> dict[tuple[int, int], CustomerLink]:
    """Return, by customer and channel, the link by which each was seen last."""
    found = (
        select(CustomerLink)
        .where(
            col(CustomerLink.organization_id) == organization_id,
            col(CustomerLink.customer_id).in_(customer_ids),
        )
        .order_by(col(CustomerLink.seen_at), col(CustomerLink.id))
    )
    return {(link.customer_id, link.channel_id): link for link in session.scalars(found)}


def by_user_id(
    session: Session, user_id: BusinessScopedUserId, *, organization_id: OrganizationId
) -> Sequence[CustomerLink]:
    """Return the links with a user id: one a channel at most, the one seen last first."""
    found = select(CustomerLink).where(
        col(CustomerLink.organization_id) == organization_id, col(CustomerLink.user_id) == user_id
    )
    return session.scalars(found.order_by(col(CustomerLink.seen_at).desc())).all()


_ADD = insert(table(CustomerLink)).on_conflict_do_nothing().returning(col(CustomerLink.id))
_BLANK: Mapping[str, object] = {
    "user_id": None,
    "wa_id": None,
    "parent_user_id": "",
    "username": "",
    "identity_key_hash": "",
    "send_to": "",
}


def add(
    session: Session,
    customer_id: CustomerId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    **values: object,
) -> int | None:
    """Link a customer to a channel; None when somebody else has the user id."""
    whose = {"organization_id": organization_id, "channel_id": channel_id, "customer_id": customer_id}
    return session.scalar(_ADD, {**_BLANK, **whose, **values})


def describe(session: Session, link_id: int, *, organization_id: OrganizationId, **changes: object) -> None:
    """Write what is newly known of a link."""
    if changes:
        session.execute(
            update(CustomerLink)
            .where(col(CustomerLink.organization_id) == organization_id, col(CustomerLink.id) == link_id)
            .values(**changes)
        )


def renumber(
    session: Session,
    customer_ids: Collection[CustomerId],
    dropped: Collection[WaId],
    wa_id: WaId | None,
    *,
    organization_id: OrganizationId,
) -> list[tuple[int, str, str]]:
    """Replace a number on every link of these customers; returns id, number and spelling as they were."""
    old = (
        select(col(CustomerLink.id), col(CustomerLink.wa_id), col(CustomerLink.send_to))
        .where(
            col(CustomerLink.organization_id) == organization_id,
            col(CustomerLink.customer_id).in_(customer_ids),
            col(CustomerLink.wa_id).in_(dropped),
        )
        .order_by(col(CustomerLink.id))
        .with_for_update()
    )
    before = [(row[0] or 0, row[1] or "", row[2]) for row in session.execute(old)]
    for link_id, _, _ in before:
        describe(session, link_id, organization_id=organization_id, wa_id=wa_id, send_to="")
    return before


def restore(
    session: Session,
    before: Collection[tuple[int, str, str]],
    wa_id: WaId | None,
    *,
    organization_id: OrganizationId,
) -> None:
    """Put back what ``renumber`` replaced, where nothing has replaced it since."""
    for link_id, number, send_to in before:
        session.execute(
            update(CustomerLink)
            .where(
                col(CustomerLink.organization_id) == organization_id,
                col(CustomerLink.id) == link_id,
                col(CustomerLink.wa_id) == wa_id,
            )
            .values(wa_id=number, send_to=send_to)
        )


def share_a_channel(
    session: Session, one: CustomerId, other: CustomerId, *, organization_id: OrganizationId
) -> bool:
    """Tell whether some channel knows both by user ids of their own: Meta says that they are two."""
    mine, theirs = table(CustomerLink).alias("mine"), table(CustomerLink).alias("theirs")
    both = (
        select(mine.c.id)
        .join(theirs, mine.c.channel_id == theirs.c.channel_id)
        .where(
            mine.c.organization_id == organization_id,
            mine.c.customer_id == one,
            theirs.c.customer_id == other,
            mine.c.user_id.is_not(None),
            theirs.c.user_id.is_not(None),
        )
    )
    return session.scalar(select(both.exists())) or False
