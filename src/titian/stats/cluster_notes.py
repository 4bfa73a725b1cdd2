"""Cluster notes: what is said beside clusters that rest on little."""

from __future__ import annotations

from titian.domain.note import Note
from titian.domain.words import Words

NOBODY = Note(code="nobody", text=Words(zh="没有可分群的客户。", en="There is nobody to put into clusters."))
ALL_ALIKE = Note(
    code="all_alike",
    text=Words(
        zh="所有客户在所选特征上都一样，只有一个群。",
        en="All customers are alike in the chosen features: there is one cluster.",
    ),
)
FEWER = Note(
    code="fewer_clusters",
    text=Words(
        zh="互不相同的客户不够多，得到的群比要求的少。",
        en="Too few customers differ from each other: there are fewer clusters than asked for.",
    ),
)
WEAK = Note(
    code="weak_clusters",
    text=Words(
        zh="各群之间没有明显的界线（轮廓系数不高于 0.25），只宜作粗略参考。",
        en="The clusters run into one another (a silhouette of 0.25 or less): take them as a rough guide only.",
    ),
)
CONSTANT = Words(
    zh="所有客户的“{feature}”都相同，分群未使用它。",
    en="Everybody has the same {feature}: it was left out.",
)


def constant(feature: str) -> Note:
    """The remark that a feature tells nobody apart."""
    return Note(code=f"constant:{feature}", text=CONSTANT.format(feature=feature))
