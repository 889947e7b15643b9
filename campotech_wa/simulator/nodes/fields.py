"""Pick the fields of a node that were asked for, and lay out lists in pages, as Graph does."""

import re
from collections.abc import Iterable, Mapping, Sequence

from starlette.requests import Request

from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.shapes import JsonObject

USUAL_PAGE = 25
LARGEST_PAGE = 1000
_CURSOR = "QVFIUj"
"""How the simulator's cursors begin; a position follows."""


def selected(
    request: Request, known: Mapping[str, object], defaults: Iterable[str], node_type: str
) -> JsonObject:
    """Answer the fields that stand in `fields=`, else the defaults; a field that is known as None is absent."""
    asked = request.query_params.get("fields", "")
    # "quality_score{score}" asks for a field of a field: its name is what counts here
    names = re.sub(r"\{[^}]*\}", "", asked).split(",") if asked else list(defaults)
    chosen: JsonObject = {}
    for name in (each.strip() for each in names):
        if name not in known:
            raise refusal(100, f"Tried accessing nonexisting field ({name}) on node type ({node_type}).")
        if known[name] is not None:
            chosen[name] = known[name]
    return {**chosen, "id": known["id"]}


def page(request: Request, listed: Sequence[JsonObject]) -> JsonObject:
    """Answer one page of the list, with the cursors that lead to its neighbours."""
    limit, start = _limit(request), _position(request)
    shown = listed[start : start + limit]
    if not shown:
        return {"data": []}
    end = start + len(shown)
    paging: JsonObject = {"cursors": {"before": f"{_CURSOR}{start}", "after": f"{_CURSOR}{end}"}}
    if end < len(listed):
        paging["next"] = str(request.url.include_query_params(after=f"{_CURSOR}{end}"))
    return {"data": list(shown), "paging": paging}


def _limit(request: Request) -> int:
    written = request.query_params.get("limit", str(USUAL_PAGE))
    if not re.fullmatch(r"[0-9]{1,6}", written) or int(written) == 0:
        raise refusal(100, "Param limit must be a positive integer.")
    return min(int(written), LARGEST_PAGE)


def _position(request: Request) -> int:
    cursor = request.query_params.get("after", f"{_CURSOR}0")
    position = cursor.removeprefix(_CURSOR)
    if not cursor.startswith(_CURSOR) or not re.fullmatch(r"[0-9]{1,9}", position):
        raise refusal(131059, "Param after is not a valid cursor.")
    return int(position)
