"""Reasons in words: a value against its cut, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from titian.domain.counting import share_text
from titian.domain.cut import FittedCut, quantile_of
from titian.domain.instants import zone
from titian.domain.money import money_text
from titian.domain.reason import Reason
from titian.domain.words import Words
from titian.traits.trait import Trait, Unit

UNITS: dict[Unit, Words] = {
    Unit.DAYS: Words(zh=" 天", en=" days"),
    Unit.ORDERS: Words(zh=" 次", en=""),
    Unit.TIMES: Words(zh=" 次", en=""),
    Unit.PEOPLE: Words(zh=" 人", en=""),
    Unit.SECONDS: Words(zh=" 秒", en=" seconds"),
}
ONE: dict[Unit, Words] = {
    Unit.DAYS: Words(zh=" 天", en=" day"),
    Unit.SECONDS: Words(zh=" 秒", en=" second"),
}
_PLAIN = Words(zh="", en="")


def reason_of(trait: Trait, value: object, cut: FittedCut, currency: str) -> Reason:
    """One dimension's part: where the value stands against its cut, with a sentence."""
    number = float(value) if isinstance(value, int | float | Decimal) else None
    high = cut.is_high(number)
    return Reason(
        trait=cut.trait,
        value=number,
        cut=cut.value,
        distance=cut.distance(number),
        high=high,
        sentence=_sentence(trait, number, cut, high, currency),
    )


def rule_words(cut: FittedCut) -> Words:
    """What a cut is called: the median, the mean, the 80% quantile, or the fixed line."""
    if cut.rule == "mean":
        return Words(zh="平均值", en="mean")
    if cut.rule == "median":
        return Words(zh="中位数", en="median")
    share = quantile_of(cut.rule)
    if share is not None:
        return Words(zh=f"{share * 100:g}% 分位", en=f"{share * 100:g}% quantile")
    return Words(zh="设定值", en="fixed line")


def amount_words(value: float, unit: Unit, currency: str) -> Words:
    """A value with its unit: 12 天 / 12 days, £12.50."""
    if unit is Unit.SHARE:
        number = share_text(value)
    elif unit is Unit.MONEY:
        number = money_text(value, currency)
    else:
        number = f"{value:,.1f}".removesuffix(".0")
    words = (ONE if number == "1" else UNITS).get(unit, UNITS.get(unit, _PLAIN))
    return Words(zh=f"{number}{words.zh}", en=f"{number}{words.en}")


def _sentence(trait: Trait, value: float | None, cut: FittedCut, high: bool | None, currency: str) -> Words:
    if value is None or cut.value is None or high is None:
        return Words(zh=f"{trait.title.zh}：还没有数据", en=f"{trait.title.en}: nothing known yet")
    have, line = amount_words(value, trait.unit, currency), amount_words(cut.value, trait.unit, currency)
    rule = rule_words(cut)
    if value == cut.value:
        side = Words(zh="达到" if high else "等于", en="meets" if high else "no better than")
    else:
        side = Words(zh="优于" if high else "不及", en="better than" if high else "short of")
    blank = " " if rule.zh[0].isdigit() else ""
    return Words(
        zh=f"{trait.title.zh} {have.zh}，{side.zh}{blank}{rule.zh} {line.zh}",
        en=f"{trait.title.en} {have.en}, {side.en} the {rule.en} of {line.en}",
    )


def score_reason(trait: Trait, value: object, score: object, bounds: list[FittedCut], currency: str) -> Reason:
    """One dimension's score, with the bound that would give the next point (the last one at five points).

    Four and five points are high, one and two low, three neither.
    """
    points = int(score) if isinstance(score, int) else 0
    worst_first = sorted(bounds, key=lambda cut: cut.value or 0.0, reverse=trait.better == "low")
    reason = reason_of(trait, value, worst_first[min(max(points - 1, 0), 3)], currency)
    if reason.value is None:
        return reason
    have = amount_words(reason.value, trait.unit, currency)
    sentence = Words(
        zh=f"{trait.title.zh} {have.zh}，得 {points} 分（满分 5 分）",
        en=f"{trait.title.en} {have.en}, {points} of 5 points",
    )
    high = None if points == 3 else points > 3
    return reason.model_copy(update={"sentence": sentence, "high": high})


def fact(trait: str, sentence: Words, *, high: bool | None = None, value: object = None) -> Reason:
    """Something that is so, with no line to stand on either side of; `high` where it speaks for a better layer."""
    number = float(value) if isinstance(value, int | float | Decimal) else None
    return Reason(trait=trait, value=number, cut=None, distance=None, high=high, sentence=sentence)


def instant_text(at: object, timezone: str) -> str:
    """An instant of a result (UTC where it has no zone) as the local clock showed it: 2024-03-13 18:21."""
    if not isinstance(at, datetime):
        return ""
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return f"{aware.astimezone(zone(timezone)):%Y-%m-%d %H:%M}"


def least_reason(trait: Trait, column: str, value: object, least: float, aim: Words, currency: str) -> Reason:
    """A value against the least that a layer takes: enough for it, or how much is lacking."""
    cut = FittedCut(field="least", trait=column, rule=least, value=least, inclusive=True, better="high")
    reason = reason_of(trait, value, cut, currency)
    if reason.value is None or reason.distance is None:
        return reason
    have, line = amount_words(reason.value, trait.unit, currency), amount_words(least, trait.unit, currency)
    if reason.high:
        said = Words(
            zh=f"{trait.title.zh}：{have.zh}，已达到“{aim.zh}”所需的 {line.zh}",
            en=f"{trait.title.en}: {have.en}, enough for “{aim.en}”, which takes {line.en}",
        )
    else:
        short = amount_words(-reason.distance, trait.unit, currency)
        said = Words(
            zh=f"{trait.title.zh}：{have.zh}，距“{aim.zh}”所需的 {line.zh}还差 {short.zh}",
            en=f"{trait.title.en}: {have.en}, {short.en} short of the {line.en} that “{aim.en}” takes",
        )
    return reason.model_copy(update={"sentence": said})
