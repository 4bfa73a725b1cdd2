"""Tags by rule: kept in step with whoever meets their rules, those first on which others rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from graphlib import CycleError, TopologicalSorter
from uuid import uuid4

from titian.app import population, usage
from titian.app.answers.tags import FollowedTag, NewTag, TagAsked, TagInfo
from titian.app.desk import Desk, Reading
from titian.app.hiding import Hiding, rule_asked
from titian.app.in_workspace import InWorkspace, check_names
from titian.app.named import named_by
from titian.app.tag_making import change, create, one
from titian.audience.selecting import select_together
from titian.domain.audience import Audience
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, TitianError


def save_new(reading: Reading, asked: NewTag) -> TagInfo:
    """Make a tag, and give it to whoever meets its rule. Raises as `tag_making.create` and `checked` do."""
    checked(reading, asked.key, asked)
    return _followed(reading, create(reading.desk, asked))


def save_change(reading: Reading, key: str, asked: TagAsked) -> TagInfo:
    """Change a tag, and bring it into step with its rule. Raises as `tag_making.change` and `checked` do."""
    checked(reading, key, asked)
    return _followed(reading, change(reading.desk, key, asked))


def checked(reading: Reading, key: str, asked: TagAsked) -> None:
    """Refuse a rule that can't be followed: it names what is not there, or in the end the tag itself.

    Raises RuleError, UnknownNameError, InputError also for a rule in a group that allows one tag, MaskedError for a tag that is
    hidden from who acts, ConflictError for one that would show to everybody whom a personal rule gave it to.
    """
    hiding = Hiding(reading.desk)
    hiding.need(f"tags/{key}")
    rule = None if asked.rule is None else rule_asked(reading.desk, asked.rule)
    _check_stays_personal(reading.desk, hiding, key, rule)
    if rule is None:
        return
    check_names(reading, rule, above=f"tag {key}")
    tags, audiences = usage.tag_rules(reading.desk), usage.audiences_of(reading.desk.audiences.current())
    levels({**tags, key: rule}, usage.rules_of(audiences))
    population.check_apart(reading.desk.population.rule(), audiences, {*tags, key})
    groups = {one.key: one for one in reading.desk.tags.all()[1]}
    if asked.group in groups and groups[str(asked.group)].exclusive:
        raise InputError(
            "a tag of a group that allows one can't follow a rule: two rules may meet the same customer",
            "let the group allow several, or put the tag into no group",
            zh="互斥标签组中的标签不能按规则更新：同一客户可能满足两条规则",
            hint_zh="请把该组设为不互斥，或不选择标签组",
            field="rule",
        )


def _check_stays_personal(desk: Desk, hiding: Hiding, key: str, rule: Rule | None) -> None:
    """Whoever has a tag keeps it when its rule goes, or can't be asked: what was personal of it would be so no more."""
    before = usage.tag_rules(desk).get(key)
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
    tags = usage.tag_rules(reading.desk)
    made = Audience(key=key, name=Words(zh=key, en=key), rule=rule)
    audiences = {**usage.audiences_of(reading.desk.audiences.current()), key: made}
    levels(tags, usage.rules_of(audiences))
    population.check_apart(reading.desk.population.rule(), audiences, tags)


def refresh(reading: Reading, keys: Collection[str] | None = None) -> list[FollowedTag]:
    """Bring tags with rules (these, else all) into step; one whose rule can't be asked is left alone and says why."""
    rules = usage.tag_rules(reading.desk)
    wanted = {key: rule for key, rule in rules.items() if keys is None or key in keys}
    found: list[FollowedTag] = []
    if reading.present.end is not None:
        for level in levels(rules, usage.audience_rules(reading.desk.audiences.current())):
            found += _level(reading, {key: wanted[key] for key in level if key in wanted})
    return sorted(found, key=lambda one: one.tag)


def refreshed(reading: Reading) -> list[FollowedTag]:
    """The same of all tags, as it is told to who asked: of those that are hidden from them nothing."""
    hiding, rules = Hiding(reading.desk), usage.tag_rules(reading.desk)
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
    return frozenset(key for key, rule in usage.tag_rules(desk).items() if hiding.rests(rule))


def levels(rules: Mapping[str, Rule], audiences: Mapping[str, Rule]) -> list[tuple[str, ...]]:
    """Tags with rules in steps: each rests only on those before, also by way of audiences. Raises InputError for a circle."""
    named = {key: named_by(rule) for key, rule in audiences.items()}
    order = TopologicalSorter({key: _below(named_by(rule), named) & set(rules) for key, rule in rules.items()})
    try:
        order.prepare()
    except CycleError as error:
        raise _circle(error.args[1]) from None
    steps = []
    while order.is_active():
        steps.append(ready := tuple(sorted(order.get_ready())))
        order.done(*ready)
    return steps


def _followed(reading: Reading, made: TagInfo) -> TagInfo:
    refresh(reading, {made.key})
    return one(reading.desk, made.key)


def _level(reading: Reading, rules: Mapping[str, Rule]) -> list[FollowedTag]:
    """Tags that rest on none of each other: all asked at once, else one by one so that each says what is wrong."""
    if not rules:
        return []
    try:
        members = _members(reading, rules)
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


def _members(reading: Reading, rules: Mapping[str, Rule]) -> dict[str, list[str]]:
    """Who meets each rule on the newest day."""
    columns = {f"meets_{number}": rule for number, rule in enumerate(rules.values())}
    day = reading.day(None)
    found = select_together(columns, reading.counted(day), reading.instant(day), InWorkspace(reading, unmasked=True))
    # Computed once for all tags. Whom tags and lists hold may change while the data do not: it is nobody else's.
    table, kept = reading.data.engine.keep(("rule tags", uuid4().hex), lambda: found.table)
    members = {}
    for key, column in zip(rules, columns, strict=True):
        rows = reading.data.arrow(table.filter(table[column]).select("customer_id"))
        members[key] = [str(one) for one in rows.column("customer_id").to_pylist()]
    del kept
    return members


def _below(names: Iterable[str], audiences: Mapping[str, frozenset[str]]) -> set[str]:
    """The tags that a rule rests on, by itself or by audiences."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += audiences.get(name.removeprefix("audiences/"), ()) if name.startswith("audiences/") else ()
    return {name.removeprefix("tags/") for name in reached if name.startswith("tags/")}


def _circle(path: list[str]) -> InputError:
    said = " → ".join(path)
    return InputError(
        f"tags would follow each other in a circle: {said}",
        "take one of them out of the rules",
        zh=f"标签规则互相引用成环：{said}",
        hint_zh="请从规则中去掉其中一个",
        field="rule",
        path=path,
    )
