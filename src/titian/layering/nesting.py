"""Nesting: layerings as parameters of another, written as kind, key and parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf, PlainSerializer, WithJsonSchema

from titian.domain.refused import RefusedError
from titian.errors import UnknownNameError
from titian.layering.layering import Layering

KINDS: dict[str, type[Layering]] = {}
"""Every kind of layering; the registry, which knows them all, fills it when it is imported."""

DEEPEST = 3
_FIELDS = frozenset({"kind", "key", "parameters"})


def _read(given: object) -> Layering:
    if isinstance(given, Layering):
        return given
    if not isinstance(given, Mapping) or not {"kind"} <= given.keys() <= _FIELDS:
        raise RefusedError(
            zh='这里应为一个分层：{"kind": "rfm", "key": "…", "parameters": {…}}',
            en='this takes a layering: {"kind": "rfm", "key": "…", "parameters": {…}}',
        )
    kind = given["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise UnknownNameError("kind of layering", "分层类型", str(kind), list(KINDS))
    parameters = given.get("parameters") or {}
    if not isinstance(parameters, Mapping) or "key" in parameters:
        raise RefusedError(
            zh="parameters 应为不含 key 的参数表", en="parameters are named values, the key is not one of them"
        )
    return KINDS[kind](key=given.get("key") or "", **parameters)


def written(layering: Layering) -> dict[str, Any]:
    """A layering as plain values: its kind, key and parameters."""
    return {"kind": layering.kind, "key": layering.key, "parameters": layering.parameters}


Nested = Annotated[
    InstanceOf[Layering],
    BeforeValidator(_read),
    PlainSerializer(written),
    WithJsonSchema(
        {
            "type": "object",
            "x-titian": "layering",
            "properties": {
                "kind": {"type": "string"},
                "key": {"type": "string"},
                "parameters": {"type": "object"},
            },
            "required": ["kind"],
        }
    ),
]
"""A layering inside another."""


def nested_in(layering: Layering) -> Iterator[Layering]:
    """The layerings that a layering is made of, directly."""
    for name in type(layering).model_fields:
        value = getattr(layering, name)
        if isinstance(value, Layering):
            yield value


def depth(layering: Layering) -> int:
    """How deep layerings lie in one another: 1 for one that is made of no other."""
    return 1 + max(map(depth, nested_in(layering)), default=0)
