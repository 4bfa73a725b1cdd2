"""Tags by rule: kept in step with whoever meets their rules, those first on which others rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from titian.app import population, usage
from titian.app.answers.tags import FollowedTag, NewTag, TagChange, TagInfo
from titian.app.definition import Definition
from titian.app.desk import Reading
from titian.app.following import levels, meeting
from titian.app.in_workspace import InWorkspace, check_names
from titian.app.tag_definition import check_group, rule_of
from titian.app.tag_making import change, create, definition_of, one
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.errors import TitianError


def save_new(reading: Reading, asked: NewTag) -> TagInfo:
    """Make a tag, and give it to whoever meets its rule. Raises as `tag_making.create` and `check` do."""
    check(reading, definition_of(asked.key, asked))
    return _followed(reading, create(reading.desk, asked))


def save_change(reading: Reading, key: str, asked: TagChange) -> TagInfo:
    """Change a tag, and bring it into step with its rule. Raises as `tag_making.change` and `check` do."""
    check(reading, definition_of(key, asked))
    return _followed(reading, change(reading.desk, key, asked))


def check(reading: Reading, made: Definition) -> None:
    """Refuse a tag that can't be: its group is not there, or its rule can't be followed.

    A rule that can't be names what is not there, or in the end the tag itself, or stands in a group that allows one. Raises
    RuleError, UnknownNameError, InputError.
    """
    desk, rule = reading.desk, rule_of(made)
    check_group(made, desk.defined("tag_groups").current())
    if rule is None:
        return
    check_names(reading, rule, above=f"tag {made.key}")
    tags = usage.tag_rules(desk.defined("tags").current())
    audiences = usage.audience_rules(desk.audiences.current())
    levels({**tags, made.key: rule}, audiences)
    population.check_apart(desk.population.rule(), audiences, {*tags, made.key})


def check_audience(reading: Reading, key: str, rule: Rule) -> None:
    """Refuse the rule of an audience that names what is not there, or by which a tag or who is left out rests on itself.

    Raises UnknownNameError, InputError.
    """
    check_names(reading, rule, above=key)
    tags = usage.tag_rules(reading.desk.defined("tags").current())
    audiences = {**usage.audience_rules(reading.desk.audiences.current()), key: rule}
    levels(tags, audiences)
    population.check_apart(reading.desk.population.rule(), audiences, tags)


def refresh(reading: Reading, keys: Collection[str] | None = None) -> list[FollowedTag]:
    """Bring tags with rules (these, else all) into step; one whose rule can't be asked is left alone and says why."""
    rules = usage.tag_rules(reading.desk.defined("tags").current())
    wanted = {key: rule for key, rule in rules.items() if keys is None or key in keys}
    found: list[FollowedTag] = []
    if reading.present.end is not None:
        for level in levels(rules, usage.audience_rules(reading.desk.audiences.current())):
            found += _level(reading, {key: wanted[key] for key in level if key in wanted})
    return sorted(found, key=lambda one: one.tag)


def _followed(reading: Reading, made: TagInfo) -> TagInfo:
    refresh(reading, {made.key})
    return one(reading.desk, made.key)


def _level(reading: Reading, rules: Mapping[str, Rule]) -> list[FollowedTag]:
    """Tags that rest on none of each other: all asked at once, else one by one so that each says what is wrong."""
    if not rules:
        return []
    try:
        members = meeting(InWorkspace(reading), rules)
    except TitianError as error:
        if len(rules) > 1:
            return [told for key, rule in rules.items() for told in _level(reading, {key: rule})]
        ((key, _),) = rules.items()
        held = reading.desk.tags.one(key).customers
        return [FollowedTag(tag=key, came=0, gone=0, customers=held, problem=Words(zh=error.zh, en=error.message))]
    done = reading.desk.tags.follow(members)
    return [
        FollowedTag(tag=key, came=one.came, gone=one.gone, customers=len(members[key]), problem=None)
        for key, one in done.items()
    ]
