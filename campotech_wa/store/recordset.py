"""Hand many rows to PostgreSQL as one parameter: a JSON array that ``jsonb_to_recordset`` takes apart."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any, cast


def as_rows(rows: Iterable[Any]) -> str:
    """Write dataclasses, or dictionaries, as JSON objects: a field is a column."""
    return json.dumps([_object(row) for row in rows], default=_plain, separators=(",", ":"))


def _object(row: Any) -> dict[str, Any]:
    if isinstance(row, dict):
        return cast("dict[str, Any]", row)
    return {column.name: getattr(row, column.name) for column in fields(row)}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"A {type(value).__name__} fits no column.")
