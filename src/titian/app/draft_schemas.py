"""Schemas of drafts: what may stand in the files of definitions, for editors that check as one writes."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from titian.app.audience_definition import PERSONAL
from titian.app.definition import Sort
from titian.app.drafts import Draft
from titian.app.tag_definition import GROUP, HAND, RULE
from titian.domain.mapping import Mapping
from titian.domain.rule import Rule
from titian.domain.tag import Look
from titian.layering.registry import LAYERINGS


def schema_of(sort: Sort) -> dict[str, Any]:
    """The JSON schema of a file of this sort."""
    schema = Draft.model_json_schema(by_alias=False)
    kinds, definitions = _kinds(sort)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"Titian {sort}"
    schema["properties"]["kind"]["enum"] = list(kinds)
    schema["$defs"] = {**schema.get("$defs", {}), **definitions}
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": {"parameters": parameters}},
        }
        for kind, parameters in kinds.items()
    ]
    return schema


def _kinds(sort: Sort) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parameters of each kind, and what they refer to."""
    rule = TypeAdapter(Rule).json_schema(ref_template="#/$defs/{model}")
    of_rule = rule.pop("$defs", {})
    match sort:
        case "layerings":
            found, together = models_json_schema([(made_by, "validation") for made_by in LAYERINGS.values()])
            kinds = {kind: found[made_by, "validation"] for kind, made_by in LAYERINGS.items()}
            return kinds, {**of_rule, **together.get("$defs", {})}
        case "audiences":
            by_rule = {
                "type": "object",
                "required": ["rule"],
                "additionalProperties": False,
                "properties": {"rule": rule},
            }
            names: dict[str, Any] = {"type": "string", "description": "KEY.csv beside this file: an id a line"}
            told = {
                "type": "boolean",
                "description": "whether it was taken from an audience that rests on personal data",
            }
            listed = {
                "type": "object",
                "required": ["customers"],
                "properties": {"customers": names, PERSONAL: told},
            }
            return {"rule": by_rule, "list": listed}, of_rule
        case "tag_groups":
            exclusive = {"exclusive": {"type": "boolean", "default": False}}
            return {GROUP: {"type": "object", "additionalProperties": False, "properties": exclusive}}, {}
        case "tags":
            look = Look.model_json_schema()
            ruled = {**look, "required": ["rule"], "properties": {**look["properties"], "rule": rule}}
            return {HAND: look, RULE: ruled}, of_rule
        case "events":
            names = {"type": "array", "items": {"type": "string"}}
            return {"events": {"type": "object", "additionalProperties": names}}, {}
        case "population":
            excluded = {"type": "object", "required": ["exclude"], "additionalProperties": False}
            return {"population": {**excluded, "properties": {"exclude": rule}}}, of_rule
        case "mappings":
            mapping = Mapping.model_json_schema()
            return {"mapping": mapping}, mapping.pop("$defs", {})
