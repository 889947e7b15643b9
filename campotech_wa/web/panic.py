"""The REST API about panic: how each number stands, and stopping or releasing one by hand."""

import asyncio
from dataclasses import asdict
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from campotech_wa.domain.panic import Extent
from campotech_wa.services.panic import acting, showing
from campotech_wa.web.v1 import ApiActor, ListOut

router = APIRouter(prefix="/api/v1", tags=["panic"])


class PanicIn(BaseModel):
    """What to do with a number."""

    model_config = ConfigDict(extra="forbid")

    phone_number_id: str = Field(max_length=40, examples=["100000000000001"])
    action: Literal["trigger", "resolve"]
    note: str = Field(
        default="",
        max_length=acting.LONGEST_NOTE,
        description="Why; required to resolve.",
        examples=["El token está renovado"],
    )
    lanes: Literal["business", "all"] = Field(
        default="business",
        description="What a trigger stops: what the business begins, or replies too.",
    )


@router.get("/panic")
async def get_panic(actor: ApiActor) -> ListOut:
    """Return how each number stands, with its newest panics for those who may operate it."""
    known = await asyncio.to_thread(showing.listing, actor)
    return ListOut(data=[asdict(each) for each in known], next_cursor=None)


@router.post("/panic")
async def change_panic(actor: ApiActor, wanted: PanicIn) -> dict[str, Any]:
    """Stop a number or let it send again, and return how it stands then.

    A panic for bad credentials is only resolved if Meta accepts them.
    """
    number = wanted.phone_number_id
    if wanted.action == "trigger":
        extent = Extent(wanted.lanes)
        await asyncio.to_thread(acting.trigger, actor, number, note=wanted.note, extent=extent)
    else:
        await asyncio.to_thread(acting.resolve, actor, number, note=wanted.note)
    known = await asyncio.to_thread(showing.listing, actor)
    return next(asdict(each) for each in known if each.phone_number_id == number)
