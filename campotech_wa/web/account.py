"""The REST API about numbers and their account at Meta: for API keys of the role admin."""

import asyncio
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path
from pydantic import BaseModel, ConfigDict, Field

from campotech_wa.services.account import (
    blocks,
    links,
    overview,
    profile,
    refresh,
    registration,
    token,
    usernames,
    webhook,
)
from campotech_wa.web.v1 import ApiActor

router = APIRouter(prefix="/api/v1", tags=["account"])

Number = Annotated[str, Path(max_length=40, description="Meta's phone_number_id of one of your numbers.")]
Code = Annotated[str, Path(max_length=40, description="The code of a short link.")]
Users = Annotated[
    list[Annotated[str, Field(max_length=200)]],
    Body(embed=True, examples=[["+54 9 11 3123-4567", "AR.13491208655302741918"]]),
]
NO_CONTENT = HTTPStatus.NO_CONTENT


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PinIn(_Input):
    """A two-step PIN."""

    pin: str = Field(description="Six digits.", examples=["123456"], max_length=20)


class LinkIn(_Input):
    """What stands in the customer's composer when they follow the link."""

    prefilled_message: str = Field(
        max_length=1000, description="At most 140 characters.", examples=["Hola, quiero un presupuesto"]
    )


class UsernameIn(_Input):
    """A username to claim."""

    username: str = Field(max_length=100)
    transfer_action: Literal["none", "force_transfer"] = "none"


@router.get("/account")
async def get_account(actor: ApiActor) -> dict[str, Any]:
    """Return every number with its health, as last told by Meta, and Meta's news about them."""
    return asdict(await asyncio.to_thread(overview.overview, actor))


@router.post("/channels/{phone_number_id}/refresh", status_code=NO_CONTENT)
async def refresh_channel(phone_number_id: Number, actor: ApiActor) -> None:
    """Ask Meta about the number now."""
    await asyncio.to_thread(refresh.now, actor, phone_number_id)


@router.get("/channels/{phone_number_id}/info")
async def get_info(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Return what Meta last said of the number, part by part, as it said it."""
    return await asyncio.to_thread(overview.info, actor, phone_number_id)


@router.get("/channels/{phone_number_id}/profile")
async def get_profile(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Return the business profile."""
    return (await asyncio.to_thread(profile.read, actor, phone_number_id)).model_dump(mode="json")


@router.patch("/channels/{phone_number_id}/profile", status_code=NO_CONTENT)
async def change_profile(
    phone_number_id: Number,
    actor: ApiActor,
    changes: Annotated[
        dict[str, Any],
        Body(
            description="about (139), address (256), description (512), email (128), websites (2 of 256), "
            "vertical, profile_picture_handle; what is not named stays.",
            examples=[{"about": "Aire acondicionado y calefacción", "websites": ["https://example.com"]}],
        ),
    ],
) -> None:
    """Change the business profile."""
    await asyncio.to_thread(profile.write, actor, phone_number_id, changes)


@router.get("/channels/{phone_number_id}/subscription")
async def get_subscription(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Tell where the number's webhooks go, and whether they reach this product."""
    return _subscribed(await asyncio.to_thread(webhook.check, actor, phone_number_id))


@router.post("/channels/{phone_number_id}/subscription")
async def subscribe(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Have the number's webhooks sent here."""
    return _subscribed(await asyncio.to_thread(webhook.subscribe, actor, phone_number_id))


@router.delete("/channels/{phone_number_id}/subscription")
async def unsubscribe(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """End the webhooks of the number's whole account."""
    return _subscribed(await asyncio.to_thread(webhook.unsubscribe, actor, phone_number_id))


@router.get("/channels/{phone_number_id}/token")
async def get_token(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Tell what the number's access token may do and until when; never the token itself."""
    found = await asyncio.to_thread(token.inspect, actor, phone_number_id)
    return {
        **found.token.model_dump(mode="json"),
        "missing_scopes": list(found.missing_scopes),
        "reaches_account": found.reaches_account,
    }


@router.post("/channels/{phone_number_id}/register", status_code=NO_CONTENT)
async def register(phone_number_id: Number, actor: ApiActor, body: PinIn) -> None:
    """Register the number with the Cloud API. Meta allows it ten times in 72 hours."""
    await asyncio.to_thread(registration.register, actor, phone_number_id, body.pin)


@router.post("/channels/{phone_number_id}/deregister", status_code=NO_CONTENT)
async def deregister(phone_number_id: Number, actor: ApiActor) -> None:
    """Take the number off the Cloud API: it sends and receives no more."""
    await asyncio.to_thread(registration.deregister, actor, phone_number_id)


@router.post("/channels/{phone_number_id}/pin", status_code=NO_CONTENT)
async def set_pin(phone_number_id: Number, actor: ApiActor, body: PinIn) -> None:
    """Set the two-step PIN."""
    await asyncio.to_thread(registration.set_pin, actor, phone_number_id, body.pin)


@router.get("/channels/{phone_number_id}/blocks")
async def list_blocks(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Return who is blocked."""
    found = await asyncio.to_thread(blocks.listing, actor, phone_number_id)
    return {"data": [asdict(each) for each in found]}


@router.post("/channels/{phone_number_id}/blocks")
async def block(phone_number_id: Number, actor: ApiActor, users: Users) -> dict[str, Any]:
    """Block people who wrote within the last 24 hours; each may fail for itself."""
    return _outcome(await asyncio.to_thread(blocks.block, actor, phone_number_id, users))


@router.delete("/channels/{phone_number_id}/blocks")
async def unblock(phone_number_id: Number, actor: ApiActor, users: Users) -> dict[str, Any]:
    """Unblock people; each may fail for itself."""
    return _outcome(await asyncio.to_thread(blocks.unblock, actor, phone_number_id, users))


@router.get("/channels/{phone_number_id}/qr")
async def list_links(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Return the short links with their QR codes."""
    found = await asyncio.to_thread(links.listing, actor, phone_number_id)
    return {"data": [each.model_dump(mode="json") for each in found]}


@router.post("/channels/{phone_number_id}/qr", status_code=HTTPStatus.CREATED)
async def create_link(phone_number_id: Number, actor: ApiActor, body: LinkIn) -> dict[str, Any]:
    """Make a short link with its QR code."""
    made = await asyncio.to_thread(links.create, actor, phone_number_id, body.prefilled_message)
    return made.model_dump(mode="json")


@router.post("/channels/{phone_number_id}/qr/{code}")
async def update_link(phone_number_id: Number, code: Code, actor: ApiActor, body: LinkIn) -> dict[str, Any]:
    """Give a short link other words; what is printed stays valid."""
    changed = await asyncio.to_thread(links.update, actor, phone_number_id, code, body.prefilled_message)
    return changed.model_dump(mode="json")


@router.delete("/channels/{phone_number_id}/qr/{code}", status_code=NO_CONTENT)
async def delete_link(phone_number_id: Number, code: Code, actor: ApiActor) -> None:
    """Delete a short link."""
    await asyncio.to_thread(links.delete, actor, phone_number_id, code)


@router.get("/channels/{phone_number_id}/username")
async def get_username(phone_number_id: Number, actor: ApiActor) -> dict[str, Any]:
    """Return the number's username."""
    return (await asyncio.to_thread(usernames.read, actor, phone_number_id)).model_dump(mode="json")


@router.post("/channels/{phone_number_id}/username")
async def claim_username(phone_number_id: Number, actor: ApiActor, body: UsernameIn) -> dict[str, Any]:
    """Claim a username; force_transfer takes it from another number of the company."""
    claimed = await asyncio.to_thread(
        usernames.claim, actor, phone_number_id, body.username, transfer=body.transfer_action
    )
    return claimed.model_dump(mode="json")


@router.delete("/channels/{phone_number_id}/username", status_code=NO_CONTENT)
async def release_username(phone_number_id: Number, actor: ApiActor) -> None:
    """Give the username up."""
    await asyncio.to_thread(usernames.release, actor, phone_number_id)


def _subscribed(found: webhook.Subscribed) -> dict[str, Any]:
    return {**asdict(found), "reaches_us": found.reaches_us}


def _outcome(found: blocks.Outcome) -> dict[str, Any]:
    failed = [
        {
            "input": each.input,
            "code": each.error and each.error.code,
            "detail": each.error and each.error.detail,
        }
        for each in found.failed
    ]
    return {"changed": list(found.changed), "failed": failed}
