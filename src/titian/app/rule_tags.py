"""Tags by rule: kept in step with whoever meets their rules, those first on which others rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from titian.app import population, usage
from titian.app.answers.tags import FollowedTag, NewTag, TagChange, TagInfo
from titian.app.definition import Definition
from titian.app.desk import Desk, Reading
from titian.app.following import levels, meeting
from titian.app.hiding import Hiding
from titian.app.in_workspace import InWorkspace, check_names
from titian.app.tag_definition import check_group, rule_of
from titian.app.tag_making import change, create, definition_of, one
from titian.domain.audience import Audience
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.errors import ConflictError, TitianError


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
    RuleError, UnknownNameError, InputError, MaskedError for a tag that is hidden from who acts, ConflictError for one that
    would show to everybody whom a personal rule gave it to.
    """
    desk, rule = reading.desk, rule_of(made)
    hiding = Hiding(desk)
    hiding.need(f"tags/{made.key}")
    if rule is not None:
        hiding.need_rule(rule)
    _check_stays_personal(desk, hiding, made.key, rule)
    check_group(made, desk.defined("tag_groups").current())
    if rule is None:
        return
    check_names(reading, rule, above=f"tag {made.key}")
    tags = usage.tag_rules(desk.defined("tags").current())
    audiences = usage.audiences_of(desk.audiences.current())
    levels({**tags, made.key: rule}, usage.rules_of(audiences))
    population.check_apart(desk.population.rule(), audiences, {*tags, made.key})


def _check_stays_personal(desk: Desk, hiding: Hiding, key: str, rule: Rule | None) -> None:
    """Whoever has a tag keeps it when its rule goes, or can't be asked: what was personal of it would be so no more."""
    before = usage.tag_rules(desk.defined("tags").current()).get(key)
    if before is None or not hiding.rests(before) or (rule is not None and hiding.rests(rule)):
        return
    raise ConflictError(
        f"the rule of the tag {key} rests on personal data; with another, everybody would see who met it",
        "remove the tag and make it anew, or choose a rule that rests on personal data, too",
        zh=f"标签“{key}”的规则依据个人信息；换掉规则后，所有人都会看到谁曾符合它",
        hint_zh="请删除该标签后重新建立，或改用同样依据个人信息的规则",
        tag=key,
    )


def check_audience(reading: Reading, key: str, rule: Rule) -> None:
    """Refuse the rule of an audience that names what is not there, or by which a tag or who is left out rests on itself.

    Raises UnknownNameError, InputError.
    """
    check_names(reading, rule, above=key)
    tags = usage.tag_rules(reading.desk.defined("tags").current())
    made = Audience(key=key, name=Words(zh=key, en=key), rule=rule)
    audiences = {**usage.audiences_of(reading.desk.audiences.current()), key: made}
    levels(tags, usage.rules_of(audiences))
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


def refreshed(reading: Reading) -> list[FollowedTag]:
    """The same of all tags, as it is told to who asked: of those that are hidden from them nothing."""
    hiding, rules = Hiding(reading.desk), usage.tag_rules(reading.desk.defined("tags").current())
    return [one for one in refresh(reading) if not hiding.hides_rule(rules[one.tag])]


@contextmanager
def settled(reading: Reading) -> Iterator[None]:
    """Around a change of definitions: tags that rest on personal data no more are brought into step at once.

    Till then they are of those who met what was personal, for everybody to see; one that can't be asked is taken from all.
    """
    before = _personal(reading.desk)
    yield
    if freed := before - _personal(reading.desk):
        told = {one.tag for one in refresh(reading, freed) if one.problem is None}
        reading.desk.tags.follow(dict.fromkeys(sorted(freed - told), ()))


def _personal(desk: Desk) -> frozenset[str]:
    """The tags by rule that rest on personal data."""
    hiding = Hiding(desk)
    rules = usage.tag_rules(desk.defined("tags").current())
    return frozenset(key for key, rule in rules.items() if hiding.rests(rule))


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
