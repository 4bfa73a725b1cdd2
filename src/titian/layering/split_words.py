"""Split words: what the test of a split says in words: its verdict, its sentence and its remarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from titian.domain.counting import counted, share_text
from titian.domain.instants import days_before, local_day
from titian.domain.note import Note
from titian.domain.words import Words
from titian.layering.contract import Definition
from titian.layering.fitted import Fitted
from titian.stats import magnitude
from titian.stats.association import CategoryEffect
from titian.stats.effects import NumberEffect
from titian.traits.planner import with_needs
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset

Effect = NumberEffect | CategoryEffect


@dataclass(frozen=True)
class Verdict:
    """How much a layering explains, as a word."""

    key: Literal["nothing", "little", "fair", "much", "unsure", "unknown"]
    words: Words


NOTHING = Verdict("nothing", Words(zh="几乎没有解释力", en="explains almost nothing"))
LITTLE = Verdict("little", Words(zh="解释力较弱", en="explains little"))
FAIR = Verdict("fair", Words(zh="有相当的解释力", en="explains a fair part"))
MUCH = Verdict("much", Words(zh="解释力很强", en="explains much"))
UNSURE = Verdict(
    "unsure",
    Words(
        zh="还说不准：从几乎没有到相当一部分都有可能",
        en="can not be told yet: anything from almost nothing to a fair part is possible",
    ),
)
UNKNOWN = Verdict("unknown", Words(zh="无法判断", en="can not be told"))

_BY_SIZE = {"none": NOTHING, "small": LITTLE, "medium": FAIR, "large": MUCH}


def verdict_on(effect: Effect) -> Verdict:
    """The word for an effect by Cohen's conventions; unsure where its interval reaches from nothing to a fair part."""
    if effect.size is None or effect.low is None or effect.high is None:
        return UNKNOWN
    if _size(effect, effect.low) == "none" and _size(effect, effect.high) in ("medium", "large"):
        return UNSURE
    return _BY_SIZE[effect.size.key]


def _size(effect: Effect, value: float) -> str:
    if isinstance(effect, NumberEffect):
        return magnitude.of_share(value).key
    return magnitude.of_association(value, min(effect.groups, effect.values) - 1).key


def sentence_on(outcome: Trait, effect: Effect) -> Words:
    """The effect with its interval as one sentence."""
    name, level = outcome.title, f"{effect.level:.0%}"
    if isinstance(effect, NumberEffect):
        if effect.omega_squared is None:
            return _nothing_to_say(name)
        share, low, high = (share_text(one) for one in (effect.omega_squared, effect.low, effect.high))
        return Words(
            zh=f"分层解释了客户之间{name.zh}差异的 {share}（{level} 区间 {low} 到 {high}）。",
            en=f"The layers explain {share} of how customers differ in {name.en} ({level} interval {low} to {high}).",
        )
    if effect.v is None or effect.low is None or effect.high is None:
        return _nothing_to_say(name)
    bounds = f"{effect.low:.2f}", f"{effect.high:.2f}"
    return Words(
        zh=f"分层与{name.zh}的关联程度（克莱姆 V）为 {effect.v:.2f}（{level} 区间 {bounds[0]} 到 {bounds[1]}）："
        "0 表示互不相干，1 表示知道层就知道取值。",
        en=f"Layers and {name.en} go together with a Cramér's V of {effect.v:.2f} ({level} interval {bounds[0]} to "
        f"{bounds[1]}): at 0 a layer tells nothing of it, at 1 all.",
    )


def _nothing_to_say(name: Words) -> Words:
    return Words(
        zh=f"无法说明分层解释了多少{name.zh}的差异。",
        en=f"Nothing can be said of how much of {name.en} the layers explain.",
    )


def notes_on(
    definition: Definition, fitted: Fitted, outcome: Trait, data: Dataset, as_of: datetime, outcome_at: datetime
) -> Iterator[Note]:
    """What the test rests on: whether the outcome is later, wholly so, and not what the layers are made of."""
    days = outcome.window_days
    since = None if days is None else days_before(outcome_at, days, data.timezone)
    reaches_back = outcome_at <= as_of or since is None or since < as_of
    if reaches_back and (shared := _shared(definition, outcome)):
        yield _by_construction(outcome, shared)
    if outcome_at <= as_of and outcome.unit.numeric:
        yield SAME_INSTANT
    elif reaches_back and outcome.unit.numeric:
        yield Note(code="outcome_reaches_back", text=REACHES_BACK.format(zh=outcome.title.zh, en=outcome.title.en))
    if as_of < fitted.as_of and as_of < outcome_at and _learnt(fitted):
        day = local_day(fitted.as_of, data.timezone)
        yield Note(code="cuts_of_later", text=CUTS_OF_LATER.format(day=day))
    end = data.newest_day_end()
    if end is not None and outcome_at > max(end, as_of):
        last = local_day(end, data.timezone) - timedelta(days=1)
        yield Note(code="outcome_unfinished", text=UNFINISHED.format(last=last))


def _learnt(fitted: Fitted) -> bool:
    """Whether the customers of the fit decided on anything; fixed numbers are known beforehand."""
    cut = any(isinstance(cut.rule, str) for cut in fitted.cuts)
    return cut or bool(fitted.found) or any(_learnt(part) for part in fitted.parts.values())


def _shared(definition: Definition, outcome: Trait) -> list[Trait]:
    """The layering's traits that are made of what the outcome is made of, whatever their windows."""
    made_of = {trait.key for trait in with_needs([outcome])}
    return [trait for trait in definition.traits().values() if made_of & {need.key for need in with_needs([trait])}]


def _by_construction(outcome: Trait, shared: list[Trait]) -> Note:
    names = Words(zh="、".join(one.title.zh for one in shared), en=", ".join(one.title.en for one in shared))
    return Note(
        code="by_construction",
        text=Words(
            zh=f"分层本身就看{names.zh}，{outcome.title.zh}与它同源：层间有差别是划分出来的，不能证明分层有用。",
            en=f"The layers look at {names.en}, and {outcome.title.en} is made of the same: that they differ comes of "
            "how they were drawn and proves nothing.",
        ),
    )


SAME_INSTANT = Note(
    code="same_instant",
    text=Words(
        zh="结果与分层取自同一时点；要检验分层有没有用，请看此后的结果。",
        en="The outcome is of the same instant as the layers; whether they are of use shows in a later one.",
    ),
)
REACHES_BACK = Words(
    zh="{zh}里含有分层时点之前的部分；窗口不长于间隔天数时，才只看此后。",
    en="Part of {en} was there before the layers' instant: only a window no longer than the days between looks at what "
    "came after.",
)
CUTS_OF_LATER = Words(
    zh="切分线按 {day} 的客户定出，晚于分层的时点：分层多少知道了一点此后的事。",
    en="The cuts were fitted on {day}, after the layers' instant: the layers know a little of what came later.",
)
UNFINISHED = Words(
    zh="数据只到 {last}，结果的时间还没有过完，数字偏小。",
    en="The data end on {last}, before the time of the outcome is over: its numbers are still too small.",
)


def note_on_values(customers: int, valued: int) -> tuple[Note, ...]:
    """The remark that some customers have no value and are left out."""
    without = customers - valued
    if not without:
        return ()
    text = Words(
        zh=f"{without:,} 位客户没有这个结果的取值，未计入。",
        en=f"{counted(without, 'customer has', 'customers have')} no value of the outcome and {'is' if without == 1 else 'are'} left out.",
    )
    return (Note(code="without_value", text=text),)


def note_on_ranks(effect: NumberEffect, by_rank: NumberEffect) -> tuple[Note, ...]:
    """The remark that ranks say something else than the values: a few very large values weigh heavily."""
    if effect.size is None or by_rank.size is None or effect.size.key == by_rank.size.key:
        return ()
    verdict, share = verdict_on(by_rank).words, share_text(by_rank.omega_squared)
    text = Words(
        zh=f"少数很大或很小的取值影响了结果，区间也因此偏窄：只看客户之间的名次，分层解释 {share} 的差异（{verdict.zh}）。",
        en="A few far-off values weigh heavily, and make the interval too narrow: of how customers rank among each other "
        f"the layering explains {share} ({verdict.en}).",
    )
    return (Note(code="ranks_differ", text=text),)


def note_on_rest(most: int) -> Note:
    """The remark that rare values were taken together."""
    return Note(
        code="rare_values_together",
        text=Words(
            zh=f"取值太多，只单列最常见的 {most} 个，其余合为一项。",
            en=f"There are many values: the {most} most common stand alone, the rest are taken together.",
        ),
    )
