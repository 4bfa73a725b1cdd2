"""Words: an experiment in plain sentences, in both languages."""

from __future__ import annotations

import math

from titian.domain.counting import change_text, counted, share_text
from titian.domain.note import FEW_CUSTOMERS, Note
from titian.domain.words import Words
from titian.operate.experiment.difference import telling
from titian.operate.experiment.measured import Measured
from titian.operate.experiment.sample_ratio import SampleRatio
from titian.operate.experiment.verdict import Terms, Verdict, clear, thin

FIGURES = 4
"""Digits of a mean that are told."""

_SENTENCES = {
    "keep": Words(
        zh="{metric}：保留 {arm}。{figures}，{change}。",
        en="{metric}: keep {arm}. {figures}, {change}.",
    ),
    "stop": Words(
        zh="{metric}：停止 {arm}，它带来了损害。{figures}，{change}。",
        en="{metric}: stop {arm}, it does harm. {figures}, {change}.",
    ),
    "change": Words(
        zh="{metric}：调整 {arm}。{figures}，{change}：即使有效，也不到有意义的 {matters}。",
        en="{metric}: change {arm}. {figures}, {change}: if it helps, then by less than the {matters} that matters.",
    ),
    "not_enough": Words(
        zh="{metric}：{arm} 的数据还不够。{figures}，{change}。{more}",
        en="{metric}: not enough data yet on {arm}. {figures}, {change}. {more}",
    ),
    "mismatch": Words(
        zh="{metric}：分组失衡，先不下结论。{arm}：{figures}，{change}。",
        en="{metric}: the split is off, so nothing is concluded. {arm}: {figures}, {change}.",
    ),
}


def sentence(measured: Measured, verdict: Verdict, more: int | None, terms: Terms) -> Words:
    """A comparison and what follows from it."""
    figures, change = _figures(measured), _change(measured)
    wanted, matters = _more(measured, more, terms), share_text(terms.matters)
    metric = measured.metric.name if measured.layer is None else f"{measured.metric.name} · {measured.layer}"
    said = {
        language: _SENTENCES[verdict.key]
        .said(language)
        .format(
            metric=metric,
            arm=measured.arm,
            figures=figures.said(language),
            change=change.said(language),
            matters=matters,
            more=wanted.said(language),
        )
        .strip()
        for language in ("zh", "en")
    }
    return Words(**said)


def _figures(measured: Measured) -> Words:
    if measured.control is None or measured.treated is None:
        return Words(zh="没有可比较的客户", en="There is nobody to compare")
    mean, control = (figure(one.mean, measured.is_share) for one in (measured.treated, measured.control))
    return Words(zh=f"{mean}，对照组 {control}", en=f"{mean} against {control} in the control")


def _change(measured: Measured) -> Words:
    found, share = measured.difference, measured.is_share
    if found is None:
        return Words(zh="看不出差别", en="no difference to be told")
    if found.relative is not None and found.relative_low is not None and found.relative_high is not None:
        change, low, high = map(change_text, (found.relative, found.relative_low, found.relative_high))
    else:
        change, low, high = (
            "–" if value is None else signed(value, share) for value in (found.value, found.low, found.high)
        )
    return Words(zh=f"{change}（在 {low} 到 {high} 之间）", en=f"{change} (between {low} and {high})")


def _more(measured: Measured, more: int | None, terms: Terms) -> Words:
    if more is None:
        return Words(zh="还无法估计需要多少客户。", en="How many it takes can't be told yet.")
    if measured.difference is not None and clear(measured.difference) and not thin(measured):
        return Words(
            zh="同时看了许多指标，这样的差别可能只是偶然。",
            en="Among as many as were looked at, a difference like this may be chance.",
        )
    matters = share_text(terms.matters)
    return Words(
        zh=f"大约还需 {more:,} 位客户，才能看出 {matters} 的效果。",
        en=f"About {counted(more, 'more customer', 'more customers')} would show an effect of {matters}.",
    )


def figure(value: float, share: bool) -> str:
    """A mean in four digits, 1,234 or 0.01234, or a share as a percentage."""
    if share:
        return share_text(value, 2)
    places = 0 if value == 0 else max(0, FIGURES - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(places, 12)}f}"


def signed(value: float, share: bool) -> str:
    """A difference with its sign; of shares in percentage points."""
    plain = figure(abs(value) * (100 if share else 1), share=False)
    return f"{'−' if value < 0 else '+'}{plain}{' pp' if share else ''}"


def on_split(found: SampleRatio) -> Words:
    """Whether customers were split as they were to be."""
    sizes = [
        f"{one.arm} {one.customers:,} ({share_text(one.share)} / {share_text(one.expected)})" for one in found.arms
    ]
    en, zh = ", ".join(sizes), "、".join(sizes)
    p = "p < 0.0001" if found.p_value < 0.0001 else f"p = {found.p_value:.4f}"
    if not found.mismatch:
        return Words(zh=f"分组符合预期：{zh}；{p}。", en=f"The split is as it should be: {en}; {p}.")
    unsaid, unsaid_zh = (
        ("", "")
        if found.said
        else (" If they were not meant to be equal, say split.", "若本来就不是均分，请给出 split。")
    )
    return Words(
        zh=f"分组失衡：{zh}；{p}。在查明原因之前，下面的差别不能当作活动的效果。{unsaid_zh}",
        en=f"The split is off: {en}; {p}. Until it is known why, what differs below can't be taken for the effect of "
        f"the play.{unsaid}",
    )


def notes_on(measured: Measured, terms: Terms) -> tuple[Note, ...]:
    """What the figures of one comparison rest on."""
    remarks = []
    fewest = min(measured.of_control.customers, measured.of_arm.customers)
    if measured.control is None or measured.treated is None:
        remarks.append(_NOBODY if not fewest else _NO_DENOMINATOR)
    elif not telling(measured.control, measured.treated):
        remarks.append(_ALL_ALIKE if fewest > 1 else _ONE)
    elif thin(measured):
        remarks.append(_FEW_ACTING)
    elif terms.boundary is not None and measured.difference is not None and measured.difference.low is None:
        remarks.append(_TOO_EARLY)
    if 0 < fewest < FEW_CUSTOMERS:
        remarks.append(Note(code="few_customers", text=_FEW.format(n=fewest)))
    return tuple(remarks)


_NOBODY = Note(code="nobody", text=Words(zh="有一组没有客户。", en="One of the arms has nobody."))
_NO_DENOMINATOR = Note(
    code="no_denominator",
    text=Words(
        zh="有一组的分母合计为 0 或几乎为 0，比率无从计算。",
        en="The denominator adds up to 0, or nearly, in one of the arms: there is no ratio.",
    ),
)
_ALL_ALIKE = Note(
    code="all_alike",
    text=Words(
        zh="两组内所有客户的取值都相同，没有波动可供判断。",
        en="All customers of either arm have the same value: there is no spread to measure a difference by.",
    ),
)
_ONE = Note(
    code="one_customer",
    text=Words(zh="有一组只有一位客户。", en="One of the arms is a single customer."),
)
_FEW_ACTING = Note(
    code="few_acting",
    text=Words(
        zh="较小的一组里预计不足 5 位客户有此行为，区间只是粗略的。",
        en="In the smaller arm fewer than 5 customers would do this by chance: the interval is rough.",
    ),
)
_TOO_EARLY = Note(
    code="too_early",
    text=Words(
        zh="客户太少，随时可看的区间还给不出界限。",
        en="There are too few customers for an interval that holds at any look.",
    ),
)
_FEW = Words(
    zh="较小的一组只有 {n} 位客户，少数人就能改变结果。",
    en="The smaller arm has only {n} customers: a few people can move it.",
)
