"""The REST API about templates."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query

from campotech_wa.services.templates import listing, sync
from campotech_wa.services.templates.listing import LARGEST_PAGE, Wanted
from campotech_wa.web.v1 import ApiActor, Cursor, ListOut

router = APIRouter(prefix="/api/v1/templates", tags=["templates"])

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Word = Annotated[str, Query(max_length=512)]


@router.get("")
async def list_templates(
    actor: ApiActor,
    limit: Limit = 50,
    cursor: Cursor = None,
    name: Word = "",
    status: Word = "",
    language: Word = "",
) -> ListOut:
    """Return templates as Meta last described them, by name; ``name`` is a part of it, ``status`` Meta's word."""
    wanted = Wanted(name=name, status=status, language=language)
    page = await asyncio.to_thread(listing.page, actor, wanted, limit=limit, cursor=cursor)
    return ListOut(data=page.data, next_cursor=page.next_cursor)


@router.post("/sync")
async def sync_templates(actor: ApiActor) -> dict[str, Any]:
    """Read every template from Meta now; for API keys of the role admin."""
    done = await asyncio.to_thread(sync.sync, actor)
    return {"data": [asdict(account) for account in done]}
