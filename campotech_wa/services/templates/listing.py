"""Show an organization its templates, page by page: also those that Meta refused, or lists no more, and why."""

import base64
import binascii
import json
from dataclasses import dataclass

from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.shapes import as_integer, as_list, as_text
from campotech_wa.store import templates
from campotech_wa.store.templates import Wanted
from campotech_wa.store.transaction import reading
from campotech_wa.tables.templates import WaTemplate

JsonObject = dict[str, object]
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list, and where the next part begins."""

    data: list[JsonObject]
    next_cursor: str | None


def page(actor: Actor, wanted: Wanted, *, limit: int, cursor: str | None) -> Page:
    """Return templates by name and language.

    Raises:
        InvalidInput: the cursor is not one of ours.
    """
    actor.require(Permission.READ)
    after = _read(cursor) if cursor else None
    clean = Wanted(storable.text(wanted.name), storable.text(wanted.status), storable.text(wanted.language))
    with reading() as session:
        found = templates.page(
            session, clean, organization_id=actor.organization_id, after=after, limit=limit + 1
        )
    last = found[limit - 1] if len(found) > limit else None
    return Page([_template(each) for each in found[:limit]], last and _cursor(last))


def _template(known: WaTemplate) -> JsonObject:
    return {
        "id": known.meta_id,
        "waba_id": known.waba_id,
        "name": known.name,
        "language": known.language,
        "category": known.category,
        "status": known.status,
        "quality": known.quality,
        "rejected_reason": known.rejected_reason,
        "parameter_format": known.definition.get("parameter_format"),
        "components": as_list(known.definition.get("components")),
        "changed_at": known.changed_at.isoformat(),
        "seen_at": known.seen_at.isoformat(),
        "gone_at": known.gone_at.isoformat() if known.gone_at else None,
    }


def _cursor(last: WaTemplate) -> str:
    place = json.dumps([last.name, last.language, last.id])
    return base64.urlsafe_b64encode(place.encode()).decode()


def _read(cursor: str) -> tuple[str, str, int]:
    try:
        name, language, row_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise _foreign_cursor() from None
    place = storable.text(as_text(name)), storable.text(as_text(language)), as_integer(row_id)
    if place[2] is None or not place[0]:
        raise _foreign_cursor()
    return place[0], place[1], place[2]


def _foreign_cursor() -> InvalidInput:
    return InvalidInput("cursor", field="cursor", detail="cursor is not one that this API gave.")
