"""The REST API about people: who somebody is, and making two customers one or parting them."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from campotech_wa.domain.ids import CustomerId
from campotech_wa.services import customers
from campotech_wa.web.v1 import ApiActor, Id

router = APIRouter(prefix="/api/v1", tags=["customers"])


class MergeIn(BaseModel):
    """Who is the same person."""

    model_config = ConfigDict(extra="forbid")

    other_id: Annotated[
        int,
        Field(
            strict=True,
            ge=1,
            le=2**63 - 1,
            description="The customer who will be found under the first one's id.",
        ),
    ]


@router.get("/customers/{customer_id}")
async def get_customer(customer_id: Id, actor: ApiActor) -> dict[str, Any]:
    """Return a customer with every id Meta knows them by, their merges, and who may be the same person."""
    return await asyncio.to_thread(customers.customer, actor, CustomerId(customer_id))


@router.post("/customers/{customer_id}/merge")
async def merge_customers(customer_id: Id, other: MergeIn, actor: ApiActor) -> dict[str, Any]:
    """Make two customers one: threads, links and outbox go to the first. Nothing is lost; it can be undone."""
    return await asyncio.to_thread(
        customers.merge, actor, CustomerId(customer_id), CustomerId(other.other_id)
    )


@router.post("/merges/{merge_id}/undo")
async def undo_merge(merge_id: Id, actor: ApiActor) -> dict[str, Any]:
    """Part two customers again. What was written since stays with the one who remained."""
    return await asyncio.to_thread(customers.undo, actor, merge_id)
