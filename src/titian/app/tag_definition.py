"""The definitions of tags and of their groups as what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from titian.app.definition import Definition
from titian.domain.refused import reason_of
from titian.domain.rule import Rule
from titian.domain.tag import Look, Tag, TagGroup
from titian.domain.words import Words
from titian.errors import InputError, UnknownNameError
from titian.rules.reading import read

HAND, RULE, GROUP = "hand", "rule", "group"
"""The kinds of tags, by how customers come to have them, and the kind of groups."""


def look_of(definition: Definition) -> Look:
    """The colour and the group that a definition of a tag says. Raises InputError for one of no tag."""
    said = {name: value for name, value in definition.parameters.items() if name != "rule"}
    try:
        return Look.model_validate(said)
    except ValidationError as error:
        reason = reason_of(error.errors()[0])
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise _no_tag(definition, Words(zh=f"{where}：{reason.zh}", en=f"{where}: {reason.en}")) from None


def rule_of(definition: Definition) -> Rule | None:
    """The rule that a tag follows. Raises RuleError for what is no rule, InputError where the kind says otherwise."""
    rule = definition.parameters.get("rule")
    if definition.kind not in (HAND, RULE) or (definition.kind == RULE) == (rule is None):
        raise _no_tag(
            definition,
            Words(zh="kind 应为 hand，或为 rule 并写明 rule", en="it has neither kind hand, nor kind rule with a rule"),
        )
    return None if rule is None else read(rule)


def tag_of(definition: Definition, by: str, at: datetime) -> Tag:
    """The tag that a definition describes. Raises InputError for one of no tag."""
    look = look_of(definition)
    return Tag(
        key=definition.key,
        name=_name(definition),
        colour=look.colour,
        group=look.group,
        description=definition.description,
        rule=rule_of(definition),
        version=definition.version,
        made_by=by,
        made_at=at,
    )


def group_of(definition: Definition) -> TagGroup:
    """The group that a definition describes. Raises InputError for one of no group."""
    exclusive = definition.parameters.get("exclusive", False)
    if definition.kind != GROUP or not isinstance(exclusive, bool) or set(definition.parameters) - {"exclusive"}:
        raise InputError(
            f"{definition.key} is no group of tags: it has kind group and says exclusive: true or false",
            "write kind: group and parameters: {exclusive: true}",
            zh=f"{definition.key} 不是标签组：kind 应为 group，并写明 exclusive: true 或 false",
            hint_zh="请写成 kind: group 与 parameters: {exclusive: true}",
            key=definition.key,
        )
    return TagGroup(key=definition.key, name=_name(definition), exclusive=exclusive, version=definition.version)


def whole_tag(definition: Definition) -> Definition:
    """The same with its colour said and its rule written in full. Raises InputError for one of no tag."""
    look, rule = look_of(definition), rule_of(definition)
    said: dict[str, Any] = look.model_dump(mode="json", exclude_none=True)
    said |= {} if rule is None else {"rule": rule.model_dump(mode="json")}
    return definition.model_copy(update={"name": _name(definition), "parameters": said})


def whole_group(definition: Definition) -> Definition:
    """The same with its name, and with whether it allows one. Raises InputError for one of no group."""
    group = group_of(definition)
    return definition.model_copy(update={"name": group.name, "parameters": {"exclusive": group.exclusive}})


def without_group(definition: Definition) -> Definition:
    """The tag in no group."""
    said = {name: value for name, value in definition.parameters.items() if name != "group"}
    return definition.model_copy(update={"parameters": said})


def check_group(definition: Definition, groups: Mapping[str, Definition]) -> None:
    """Refuse a tag whose group is not there, and one that follows a rule in a group that allows one.

    Raises UnknownNameError, InputError.
    """
    group = look_of(definition).group
    if group is None:
        return
    if group not in groups:
        raise UnknownNameError("tag group", "标签组", group, sorted(groups))
    if definition.kind == RULE and group_of(groups[group]).exclusive:
        raise InputError(
            "a tag of a group that allows one can't follow a rule: two rules may meet the same customer",
            "let the group allow several, or put the tag into no group",
            zh="互斥标签组中的标签不能按规则更新：同一客户可能满足两条规则",
            hint_zh="请把该组设为不互斥，或不选择标签组",
            field="rule",
            tag=definition.key,
            group=group,
        )


def _name(definition: Definition) -> Words:
    return definition.name or Words(zh=definition.key, en=definition.key)


def _no_tag(definition: Definition, why: Words) -> InputError:
    return InputError(
        f"{definition.key} is no tag: {why.en}",
        "write kind: hand, or kind: rule and parameters: {rule: {trait: …}}; and parameters: {colour: green, group: …}",
        zh=f"{definition.key} 不是标签：{why.zh}",
        hint_zh="请写成 kind: hand，或 kind: rule 与 parameters: {rule: {trait: …}}；colour 与 group 也写在 parameters 中",
        key=definition.key,
    )
