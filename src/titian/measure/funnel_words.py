"""Funnel words: the oddest drop in a sentence, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Sequence

from titian.domain.counting import counted, share_text
from titian.domain.note import Note
from titian.domain.words import Words
from titian.measure.funnel_drops import Drop
from titian.stats.effect_notes import on_size

NOBODY = Note(
    code="nobody_entered",
    text=Words(zh="这段时间没有客户进入第一步。", en="Nobody took the first step in this period."),
)
NOTHING_ODD = Words(zh="没有哪一步的流失明显高于其他。", en="No step loses clearly more than the others.")
NO_LAYER_ODD = Words(
    zh="没有哪一层在哪一步的流失明显高于其他层。", en="No layer loses clearly more than the others at any step."
)
UNSEEN = Words(zh="此前未出现", en="not seen before")
"""The layer of those who were nowhere yet."""


def sentence(steps: Sequence[Drop], layers: Sequence[Drop], level: float) -> Words:
    """Which step loses the most above the others, and which layer at which step."""
    said = [_of_steps(steps[0], level) if steps and steps[0].odd else NOTHING_ODD]
    if layers:
        said.append(_of_layers(layers[0], level) if layers[0].odd else NO_LAYER_ODD)
    return Words(zh="".join(one.zh for one in said), en=" ".join(one.en for one in said))


def _of_steps(drop: Drop, level: float) -> Words:
    more = _more(drop, level)
    return Words(
        zh=f"最反常的一步是“{drop.here.zh}→{drop.next.zh}”：流失 {share_text(drop.loss)}，其余各步合计"
        f" {share_text(drop.others_loss)}，{more.zh}。",
        en=f"The oddest step is from {drop.here.en} to {drop.next.en}: {share_text(drop.loss)} are lost, against"
        f" {share_text(drop.others_loss)} over the other steps, {more.en}.",
    )


def _of_layers(drop: Drop, level: float) -> Words:
    more = _more(drop, level)
    return Words(
        zh=f"最反常的是“{drop.name.zh}”在“{drop.here.zh}→{drop.next.zh}”：流失 {share_text(drop.loss)}，其他层"
        f" {share_text(drop.others_loss)}，{more.zh}。",
        en=f"It stands out for “{drop.name.en}” from {drop.here.en} to {drop.next.en}: {share_text(drop.loss)} are lost,"
        f" against {share_text(drop.others_loss)} of the other layers, {more.en}.",
    )


def _more(drop: Drop, level: float) -> Words:
    assert drop.excess is not None
    assert drop.low is not None
    assert drop.high is not None
    more, low, high = (f"{value * 100:.1f}" for value in (drop.excess, drop.low, drop.high))
    return Words(
        zh=f"高出 {more} 个百分点（{level:.0%} 区间 {low} 至 {high}，已按比较次数校正）",
        en=f"{more} points more ({level:.0%} interval {low} to {high}, with regard to how many were compared)",
    )


def notes(entered: int, *, still_open: int, unseen: int) -> tuple[Note, ...]:
    """The remarks: on few, on tries whose time is not over, and on those who were in no layer or audience yet."""
    if not entered and not unseen:
        return (NOBODY,)
    return (*on_size(entered), *_on_open(still_open), *_on_unseen(unseen))


def _on_open(customers: int) -> tuple[Note, ...]:
    if not customers:
        return ()
    text = Words(
        zh=f"有 {customers:,} 位客户的期限还没到，之后可能走得更远：眼下的流失偏高。",
        en=f"The time of {counted(customers, 'customer', 'customers')} is not over: they may yet go further, and fewer be lost.",
    )
    return (Note(code="still_open", text=text),)


def _on_unseen(customers: int) -> tuple[Note, ...]:
    if not customers:
        return ()
    text = Words(
        zh=f"有 {customers:,} 位进入的客户在取层和人群的时点之前还没有出现过，不属于任何层和人群。",
        en=f"{counted(customers, 'customer', 'customers')} who entered had not been seen when layers and audiences were"
        " looked at, and are in none.",
    )
    return (Note(code="unseen", text=text),)
