"""Default plays of layers that a team draws itself: by where they stand, or by what sets them apart."""

from __future__ import annotations

from collections.abc import Sequence

from titian.domain.play import Play
from titian.domain.words import Words
from titian.layering.plays import play

BEST = play(
    ("留住最好的客户，请他们带来更多", "keep the best and let them bring others"),
    [
        ("专属权益与优先服务，由专人跟进", "exclusive rights and priority service by named staff"),
        ("公开认可，邀请分享与推荐", "recognise them in public; ask them to share and refer"),
    ],
    ["staff", "wecom"],
    ("每月一次", "once a month"),
)
MIDDLE = play(
    ("再上一层：说清楚还差什么", "one layer up: say what is still missing"),
    [
        ("给出到上一层的一小步，完成即有奖励", "set one small step towards the next layer, with a reward"),
        ("按偏好推荐，减少犹豫", "recommend by what they like and take doubts away"),
    ],
    ["push", "wecom"],
    ("每两周一次", "every two weeks"),
)
LAST = play(
    ("用低成本的方式了解并唤起需求", "learn and wake the need at little cost"),
    [
        ("一题问卷：想要什么、为什么没来", "a one-question survey: what they want, why they stay away"),
        ("自动触达为主，有反应的再交给专人", "automated messages first; staff only for who responds"),
    ],
    ["push", "sms", "email"],
    ("每月一次", "once a month"),
)
OUTSIDE = play(
    ("按其所在的外层策略运营", "follow the play of the layer that they are in outside"),
    [("这里只看其中一层，其余客户照旧", "only one layer is looked into here; all others stay with their plays")],
    ["in_product"],
    ("随外层节奏", "as in their own layer"),
)


def play_by_place(place: int, count: int) -> Play:
    """The play of the layer at `place` (from 0, best first) of `count`."""
    if place == 0 and count > 1:
        return BEST
    return LAST if place == count - 1 else MIDDLE


def play_of_cluster(weak: Sequence[Words], strong: Sequence[Words]) -> Play:
    """The play of a cluster: build on what is good, work on what is not."""
    actions = []
    if strong:
        zh, en = _listed(strong)
        actions.append((f"发挥长处：围绕{zh}给予认可和权益", f"build on what is good: reward {en}"))
    if weak:
        zh, en = _listed(weak)
        actions.append((f"补上短板：针对{zh}设一个小任务", f"work on what is not: one small task on {en}"))
    if not actions:
        actions.append(("按常规节奏运营，观察其去向", "keep the usual rhythm and watch where they go"))
    return play(
        ("按这一群人的共同点说话", "speak to what these customers share"),
        [*actions, ("抽样访谈十人，核实这群人为什么相似", "talk to ten of them to learn why they are alike")],
        ["push", "wecom"],
        ("每两周一次", "every two weeks"),
    )


def _listed(words: Sequence[Words]) -> tuple[str, str]:
    return "、".join(one.zh for one in words), " and ".join(one.en for one in words)


def play_of_both(first: Play, second: Play) -> Play:
    """The play of who is in two layers at once: both aims, the first action of each and what the first does more."""
    if first == second:
        return first
    return Play(
        aim=Words(zh=f"{first.aim.zh}；{second.aim.zh}", en=f"{first.aim.en}; {second.aim.en}"),
        actions=tuple(dict.fromkeys((*first.actions[:2], *second.actions[:1]))),
        channels=tuple(dict.fromkeys((*first.channels, *second.channels))),
        cadence=first.cadence,
    )
