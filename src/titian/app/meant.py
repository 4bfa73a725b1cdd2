"""Meant: what definitions of each sort mean, with everything said that they leave out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from titian.app import population
from titian.app.audience_definition import audience_of
from titian.app.building import ADDRESSES
from titian.app.definition import Definition, Sort
from titian.app.event_meanings import KEY as EVENTS
from titian.app.event_meanings import meanings_of
from titian.app.held import made
from titian.app.saved_audiences import check_key
from titian.app.tag_definition import whole_group, whole_tag
from titian.domain.mapping import Mapping as ColumnMapping
from titian.domain.refused import reason_of
from titian.errors import InputError
from titian.layering.registry import LAYERINGS
from titian.warehouse.tables import table


def is_house(key: str) -> bool:
    """Whether a layering is always there."""
    return key in LAYERINGS and LAYERINGS[key].ready


def whole_layering(definition: Definition) -> Definition:
    """The same with every parameter said. Raises InputError for what is no layering, or has the key of another."""
    found = made(definition)
    if definition.key in ADDRESSES or (is_house(definition.key) and definition.kind != definition.key):
        raise InputError(
            f"{definition.key} is the key of another layering",
            "choose another key",
            zh=f"“{definition.key}”是另一个分层的标识",
            hint_zh="请换一个标识",
        )
    return found.whole


def whole_audience(definition: Definition) -> Definition:
    """The same with its rule written in full. Raises InputError for what is no audience."""
    found = audience_of(definition)
    check_key(definition.key)
    name = found.name
    if found.rule is None:
        return definition.model_copy(update={"name": name})
    return definition.model_copy(update={"name": name, "parameters": {"rule": found.rule.model_dump(mode="json")}})


def _meanings(definition: Definition) -> Definition:
    if definition.key != EVENTS or definition.kind != EVENTS:
        raise InputError(
            f"what events mean stands in {EVENTS}.yaml alone, of the kind {EVENTS}",
            "put the meanings there",
            zh=f"行为含义只写在 {EVENTS}.yaml 中，kind 为 {EVENTS}",
            hint_zh="请写到该文件中",
        )
    said = {key: list(names) for key, names in meanings_of(definition).own.items()}
    return definition.model_copy(update={"parameters": said})


def _population(definition: Definition) -> Definition:
    rule = population.rule_of(definition)
    return definition.model_copy(update={"parameters": {"exclude": rule.model_dump(mode="json")}})


def _mapping(definition: Definition) -> Definition:
    try:
        ColumnMapping.model_validate(definition.parameters)
        table(str(definition.parameters.get("table")))
    except ValidationError as error:
        reason = reason_of(error.errors()[0])
        raise InputError(
            f"it is no mapping of columns: {reason.en}",
            "write table and columns",
            zh=f"不是列的对应：{reason.zh}",
            hint_zh="请写明 table 与 columns",
        ) from error
    return definition


MEANT: Mapping[Sort, Callable[[Definition], Definition]] = {
    "layerings": whole_layering,
    "audiences": whole_audience,
    "tag_groups": whole_group,
    "tags": whole_tag,
    "events": _meanings,
    "mappings": _mapping,
    "population": _population,
}
"""What a definition means, with all that it leaves out; InputError where it means nothing."""
