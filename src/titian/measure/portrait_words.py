"""Portrait words: what bins are called, and what sets a group apart in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from titian.domain.counting import share_text
from titian.domain.note import Note
from titian.domain.words import Words
from titian.layering.plays_split import VALUE_WORDS
from titian.layering.reasons import amount_words
from titian.measure.portrait_bins import Counted, CountedTrait
from titian.measure.portrayed import PortraitBin
from titian.traits.knowing import KNOWING
from titian.traits.planner import with_needs
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset

_FLAGS = {"true": Words(zh="是", en="yes"), "false": Words(zh="否", en="no")}
_EPOCH = date(1970, 1, 1)

NOBODY = Note(
    code="nobody_inside",
    text=Words(zh="这一群里没有客户，无从对比。", en="Nobody is in the group: nothing to compare."),
)
EVERYBODY = Note(
    code="everybody_inside",
    text=Words(zh="这一群就是全体，处处相同。", en="The group is everybody: it is the same in all."),
)


def bin_words(of: CountedTrait, currency: str) -> list[Words]:
    """What each bin of a trait is called: 女, ¥12.00 至 ¥98.50, 未知."""
    ranges = [one for one in of.bins if one.kind == "range"]
    return [_range(one, ranges, of, currency) if one.kind == "range" else _value(one) for one in of.bins]


def _value(one: Counted) -> Words:
    if one.value is None:
        return VALUE_WORDS[one.kind]
    return VALUE_WORDS.get(one.value, _FLAGS.get(one.value, Words(zh=one.value, en=one.value)))


def _range(one: Counted, ranges: Sequence[Counted], of: CountedTrait, currency: str) -> Words:
    assert one.low is not None
    assert one.high is not None
    low, high = (amount(value, of, currency) for value in (one.low, one.high))
    if one.low == one.high:
        return low
    if one is ranges[-1] and len(ranges) > 1:
        later = Words(zh="及以后", en="or later") if of.dated else Words(zh="及以上", en="or more")
        return Words(zh=f"{low.zh}{_blank(low.zh[-1])}{later.zh}", en=f"{low.en} {later.en}")
    return Words(zh=f"{low.zh}{_blank(low.zh[-1])}至 {high.zh}", en=f"{low.en} to {high.en}")


def _blank(beside: str) -> str:
    """Between Chinese and anything else there is a blank."""
    return "" if "一" <= beside <= "鿿" else " "


def amount(value: float, of: CountedTrait, currency: str) -> Words:
    """A number with its unit, or a day."""
    if not of.dated:
        return amount_words(value, of.trait.unit, currency)
    day = day_text(value)
    return Words(zh=day, en=day)


def day_text(days: float) -> str:
    """The date of so many days since 1970."""
    return (_EPOCH + timedelta(days=round(days))).isoformat()


def sentence(trait: Trait, bins: Sequence[PortraitBin], apart: bool) -> Words:
    """What sets the group apart in a trait: the bin that it has too many of, how many, and how many times the share of all."""
    title, most = trait.title, telling(bins)
    if not apart or most is None or most.tgi is None:
        return Words(zh=f"{title.zh}与全体没有明显差别。", en=f"No clear difference from everybody in {title.en}.")
    share, times = share_text(most.share_inside), most.tgi / 100
    ratio = f"{times:,.1f}" if times >= 1.1 else f"{times:.2f}"
    joined = "为" if most.kind in ("value", "other") else ""
    return Words(
        zh=f"{title.zh}{joined}{_blank(most.name.zh[0])}{most.name.zh}{_blank(most.name.zh[-1])}的占 {share}，是全体的 {ratio} 倍。",
        en=f"{title.en[:1].upper()}{title.en[1:]} {most.name.en}: {share} of them, {ratio} times the share among everybody.",
    )


def telling(bins: Sequence[PortraitBin]) -> PortraitBin | None:
    """The bin that sets the group apart the most among those that it has more of than everybody; values before the rest."""
    more = [one for one in bins if one.tgi is not None and one.tgi > 100]
    return max(more, key=lambda one: (one.kind in ("value", "range"), _excess(one)), default=None)


def _excess(one: PortraitBin) -> float:
    """Its part in χ², but for the sizes."""
    if not one.share or one.share_inside is None:
        return 0.0
    return (one.share_inside - one.share) ** 2 / one.share


def note_on_empty(traits: Sequence[Trait]) -> tuple[Note, ...]:
    """The remark that nobody has a value of some traits, which are left out."""
    if not traits:
        return ()
    zh, en = "、".join(one.title.zh for one in traits), ", ".join(one.title.en for one in traits)
    text = Words(zh=f"没有人有取值，未列出：{zh}。", en=f"Nobody has a value of these, which are left out: {en}.")
    return (Note(code="without_values", text=text),)


def note_on_undated(traits: Sequence[Trait], data: Dataset) -> tuple[Note, ...]:
    """The remark that traits of the profile have no dates."""
    known = {one.key for one in KNOWING}
    undated = [one for one in traits if known & {need.key for need in with_needs([one])}]
    if not undated or data.has("customer_changes"):
        return ()
    zh, en = "、".join(one.title.zh for one in undated), ", ".join(one.title.en for one in undated)
    text = Words(
        zh=f"取自客户资料的当前值，没有变更日期，过去的日期也按现在的值计算：{zh}。",
        en=f"These are the profile's present values, without dates; days in the past count with them too: {en}.",
    )
    return (Note(code="undated", text=text),)
