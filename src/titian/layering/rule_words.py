"""Rules in words: a rule as a sentence, and why its conditions hold for a customer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from titian.domain.condition import (
    Before,
    Condition,
    Did,
    InAudience,
    InCharge,
    InLayer,
    Membership,
    Moved,
    Scalar,
    Tagged,
)
from titian.domain.counting import counted
from titian.domain.cut import FittedCut
from titian.domain.reason import Reason
from titian.domain.rule import All, AnyOf, Not, Rule
from titian.domain.trajectory import WentTo
from titian.domain.words import Words
from titian.layering.reasons import amount_words, instant_text
from titian.rules.checking import Sort, sort_of
from titian.traits.catalogue import trait
from titian.traits.going import step_words, trajectory_words
from titian.traits.trait import Trait, edge_words

SIGNS = {"=": "=", "!=": "≠", ">": ">", ">=": "≥", "<": "<", "<=": "≤"}
_OPS = {
    "between": Words(zh="介于", en="between"),
    "in": Words(zh="属于", en="one of"),
    "not_in": Words(zh="不属于", en="none of"),
    "contains": Words(zh="包含", en="containing"),
    "starts_with": Words(zh="开头为", en="starting with"),
    "is_known": Words(zh="已知", en="known"),
    "is_unknown": Words(zh="未知", en="unknown"),
}
_MOST_LISTED = 5
_UNKNOWN = Words(zh="未知", en="unknown")


class Called(Protocol):
    """What layerings, layers, tags and audiences are called, by their keys."""

    def layering(self, key: str) -> Words:
        """The name of a layering."""

    def layer(self, layering: str, key: str) -> Words:
        """The name of one of its layers."""

    def tag(self, key: str) -> Words:
        """The name of a tag."""

    def audience(self, key: str) -> Words:
        """The name of an audience."""


class _ByKeys:
    """Each is called by its key."""

    def layering(self, key: str) -> Words:
        return Words(zh=key, en=key)

    def layer(self, layering: str, key: str) -> Words:  # noqa: ARG002
        return Words(zh=key, en=key)

    def tag(self, key: str) -> Words:
        return Words(zh=key, en=key)

    def audience(self, key: str) -> Words:
        return Words(zh=key, en=key)


BY_KEYS: Called = _ByKeys()
"""Where nobody knows names."""


def rule_words(rule: Rule | None, currency: str, called: Called = BY_KEYS) -> Words:
    """What a rule asks for; without one, everybody else."""
    match rule:
        case None:
            return Words(zh="其余所有客户", en="everyone else")
        case Condition() | Did():
            asked = asked_words(rule.condition, currency)
            title = trait(rule.condition.trait).title
            return Words(zh=f"{title.zh} {asked.zh}", en=f"{title.en} {asked.en}")
        case WentTo():
            return went_words(rule)
        case Not():
            inner = rule_words(rule.rule, currency, called)
            if isinstance(rule.rule, All | AnyOf) and inner.zh.startswith("（"):
                return Words(zh=f"不满足{inner.zh}", en=f"not {inner.en}")
            return Words(zh=f"不满足（{inner.zh}）", en=f"not ({inner.en})")
        case All():
            return _joined([rule_words(one, currency, called) for one in rule.all], Words(zh=" 且 ", en=" and "))
        case AnyOf():
            return _joined([rule_words(one, currency, called) for one in rule.any], Words(zh=" 或 ", en=" or "))
        case member:
            return membership_words(member, called)


def rule_sentence(rule: Rule, currency: str, called: Called = BY_KEYS) -> Words:
    """The same, to stand alone: without brackets around all of it."""
    words = rule_words(rule, currency, called)
    bracketed = isinstance(rule, All | AnyOf) and words.zh.startswith("（")
    return Words(zh=words.zh[1:-1], en=words.en[1:-1]) if bracketed else words


def _joined(parts: list[Words], by: Words) -> Words:
    if len(parts) == 1:
        return parts[0]
    return Words(zh=f"（{by.zh.join(p.zh for p in parts)}）", en=f"({by.en.join(p.en for p in parts)})")


def membership_words(member: Membership, called: Called = BY_KEYS) -> Words:
    """What is asked of layers, tags, audiences and staff."""
    match member:
        case Tagged():
            tag = called.tag(member.tag)
            return Words(zh=f"有标签“{tag.zh}”", en=f"tagged “{tag.en}”")
        case InCharge():
            return Words(zh=f"负责人为“{member.staff}”", en=f"“{member.staff}” is in charge")
        case InAudience():
            audience = called.audience(member.audience)
            return Words(zh=f"在人群“{audience.zh}”中", en=f"in the audience “{audience.en}”")
        case InLayer():
            at, layering = _moment_words(member.as_of), called.layering(member.layering)
            layers = _layers_words(member.layering, member.layers, called)
            return Words(zh=f"{at.zh}在“{layering.zh}”的{layers.zh}", en=f"in {layers.en} of “{layering.en}”{at.en}")
        case Moved():
            at, layering = _moment_words(member.since), called.layering(member.moved)
            source, target = (_layers_words(member.moved, layers, called) for layers in (member.source, member.target))
            return Words(
                zh=f"{at.zh}以来在“{layering.zh}”中从{source.zh}到{target.zh}",
                en=f"moved in “{layering.en}” from {source.en} to {target.en} since{at.en.removeprefix(' as of')}",
            )


def went_words(asked: WentTo) -> Words:
    """How far somebody is to have gone: 在漏斗“浏览 → 加购 → 购买”停在第 2 步“加购”."""
    funnel, step = trajectory_words(asked.funnel), step_words(asked.funnel.steps[asked.step - 1])
    when = None if asked.between is None else [edge_words(edge) for edge in asked.between]
    zh = "" if when is None else f"{when[0].zh} 至 {when[1].zh} 进入，"
    en = "" if when is None else f", begun from {when[0].en} to {when[1].en}"
    if asked.stopped_at is None:
        how = Words(zh="至少走到", en="reached")
    elif asked.step == len(asked.funnel.steps):
        how = Words(zh="走完全程，到达", en="went all the way to")
    else:
        how = Words(zh="停在", en="stopped at")
    return Words(
        zh=f"{zh}在漏斗“{funnel.zh}”{how.zh}第 {asked.step} 步“{step.zh}”",
        en=f"{how.en} step {asked.step} “{step.en}” of “{funnel.en}”{en}",
    )


def _layers_words(layering: str, layers: tuple[str, ...] | None, called: Called) -> Words:
    if layers is None:
        return Words(zh="其他层级", en="another layer")
    names = [called.layer(layering, key) for key in layers]
    return Words(zh="、".join(f"“{name.zh}”" for name in names), en=" or ".join(f"“{name.en}”" for name in names))


def _moment_words(at: str | Before | None) -> Words:
    if at is None:
        return Words(zh="", en="")
    if isinstance(at, Before):
        days = counted(at.days_before, "day", "days")
        return Words(zh=f"{at.days_before} 天前", en=f" as of {days} ago")
    return Words(zh=f"{at} ", en=f" as of {at}")


def asked_words(condition: Condition, currency: str) -> Words:
    """The operator and the value: ≥ ¥100.00, 介于 a 和 b / between a and b."""
    found = trait(condition.trait)
    values = [_value_words(value, found, currency) for value in condition.values]
    if condition.op in SIGNS:
        return Words(zh=f"{SIGNS[condition.op]} {values[0].zh}", en=f"{SIGNS[condition.op]} {values[0].en}")
    op = _OPS[condition.op]
    if not values:
        return op
    by = Words(zh=" 和 ", en=" and ") if condition.op == "between" else Words(zh="、", en=", ")
    more = "…" if len(values) > _MOST_LISTED else ""
    shown = values[:_MOST_LISTED]
    return Words(
        zh=f"{op.zh} {by.zh.join(v.zh for v in shown)}{more}", en=f"{op.en} {by.en.join(v.en for v in shown)}{more}"
    )


def _value_words(value: Scalar, found: Trait, currency: str) -> Words:
    if isinstance(value, Before):
        return Words(
            zh=f"截至日前 {value.days_before} 天", en=f"{counted(value.days_before, 'day', 'days')} before the as-of"
        )
    if isinstance(value, bool):
        return Words(zh="是" if value else "否", en="yes" if value else "no")
    if isinstance(value, str):
        quoted = sort_of(found) is Sort.TEXT
        return Words(zh=f"“{value}”" if quoted else value, en=f"“{value}”" if quoted else value)
    return amount_words(float(value), found.unit, currency)


def have_words(value: object, found: Trait, currency: str, timezone: str) -> Words:
    """A customer's own value."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, datetime):
        local = instant_text(value, timezone)
        return Words(zh=local, en=local)
    if isinstance(value, date):
        return Words(zh=value.isoformat(), en=value.isoformat())
    if isinstance(value, str | bool):
        return _value_words(value, found, currency)
    return amount_words(float(str(value)), found.unit, currency)


def condition_reason(condition: Condition, holds: bool, value: object, currency: str, timezone: str) -> Reason:
    """Why a condition holds or not; a bound has its distance, on the good side of the trait."""
    found = trait(condition.trait)
    number = None if isinstance(value, str | bool | date) or value is None else float(str(value))
    cut = _bound(condition, found)
    have, asked = have_words(value, found, currency, timezone), asked_words(condition, currency)
    said = Words(zh="符合" if holds else "不符合", en="meets" if holds else "does not meet")
    return Reason(
        trait=found.column,
        value=number,
        cut=None if cut is None else cut.value,
        distance=None if cut is None else cut.distance(number),
        high=None if cut is None else cut.is_high(number),
        sentence=Words(
            zh=f"{found.title.zh} {have.zh}，{said.zh}“{asked.zh}”",
            en=f"{found.title.en} {have.en}, {said.en} “{asked.en}”",
        ),
    )


def _bound(condition: Condition, found: Trait) -> FittedCut | None:
    """The cut that a one-sided condition on a number is; None for any other."""
    (value, *_) = (*condition.values, None)
    if condition.op not in (">", ">=", "<", "<=") or sort_of(found) is not Sort.NUMBER:
        return None
    assert isinstance(value, int | float)
    good_side = (condition.op[0] == ">") == (found.better == "high")
    # Not passing "< 5" is passing "≥ 5": which side a value equal to the bound is on turns with the direction.
    inclusive = condition.op.endswith("=") == good_side
    return FittedCut(
        field=condition.trait,
        trait=found.column,
        rule=float(value),
        value=float(value),
        inclusive=inclusive,
        better=found.better,
    )
