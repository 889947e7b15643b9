"""Meta's own description of its API as JSON schemas, for tests that hold against it what we send and answer.

The file is not ours to ship. ``CAMPOTECH_OPENAPI`` says where it is; by default it lies beside the checkout.
"""

import os
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from jsonschema import Draft202012Validator

Schema = dict[str, Any]

_BESIDE = Path(__file__).parents[2] / "shared" / "reference" / "openapi" / "business-messaging-api_v23.0.yaml"
_PLAIN = " (plain)"
"""What a schema is called without the dispatch to those that build upon it."""


def schemas() -> dict[str, Schema]:
    """Return a copy of every schema by its name, in words that JSON Schema knows.

    A path that was told must lead to the file. Only where nobody told one and none lies beside the checkout is there
    nothing to hold ours against: the file is Meta's, and no package brings it.
    """
    told = os.environ.get("CAMPOTECH_OPENAPI")
    if told is None and not _BESIDE.is_file():
        pytest.skip(f"No file {_BESIDE}: set CAMPOTECH_OPENAPI to Meta's business-messaging-api YAML.")
    return deepcopy(_read(Path(told or _BESIDE)))


def judge(known: dict[str, Schema], name: str) -> Callable[[object], list[str]]:
    """Return what says of a document everything that is wrong with it; nothing if it conforms."""
    definitions = {each: _translated(schema) for each, schema in known.items()}
    plain = {each + _PLAIN: _without_dispatch(schema) for each, schema in definitions.items()}
    validator: Any = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": definitions | plain})

    def faults(document: object) -> list[str]:
        return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]

    return faults


@cache
def _read(path: Path) -> dict[str, Schema]:
    with path.open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=yaml.CSafeLoader)
    return document["components"]["schemas"]


def _translated(value: Any) -> Any:
    """Write OpenAPI's own words as JSON Schema: references, ``nullable``, ``discriminator``."""
    if isinstance(value, list):
        return [_translated(item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    schema = {key: _translated(inner) for key, inner in cast("Schema", value).items()}
    if isinstance(schema.get("$ref"), str):
        schema["$ref"] = _local(schema["$ref"])
    if schema.pop("nullable", False):
        schema = {"anyOf": [schema, {"type": "null"}]}
    if isinstance(schema.get("discriminator"), dict):
        schema = _dispatching(schema)
    if isinstance(schema.get("allOf"), list):
        # Whoever builds upon a schema means the schema, and not the dispatch back to itself.
        schema["allOf"] = [
            {"$ref": part["$ref"] + _PLAIN} if set(part) == {"$ref"} else part for part in schema["allOf"]
        ]
    return schema


def _local(reference: str) -> str:
    return reference.replace("#/components/schemas/", "#/$defs/")


def _dispatching(schema: Schema) -> Schema:
    """Choose by the property that the discriminator names, which JSON Schema would leave out of account."""
    discriminator = schema.pop("discriminator")
    schema.pop("oneOf", None)
    name, mapping = discriminator["propertyName"], discriminator["mapping"]
    chosen = [
        {"if": {"properties": {name: {"const": word}}}, "then": {"$ref": _local(reference)}}
        for word, reference in mapping.items()
    ]
    known = {"type": "object", "required": [name], "properties": {name: {"enum": list(mapping)}}}
    return {**schema, "allOf": [known, *chosen], "x-dispatch": True}


def _without_dispatch(schema: Schema) -> Schema:
    if not schema.get("x-dispatch"):
        return schema
    return {key: value for key, value in schema.items() if key != "allOf"}
