"""A rule in words: what an operator reads, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from titian.layering.rule_words import rule_sentence, rule_words
from titian.rules.reading import read

SAID: list[tuple[dict[str, Any], str, str]] = [
    ({"did": "cart", "times": 3, "within_days": 30}, "近 30 天加购次数 ≥ 3 次", "cart count in 30 days ≥ 3"),
    ({"did": "看茶", "op": "<"}, "看茶次数 < 1 次", "看茶 count < 1"),
    (
        {"did": "cart", "between": ["2024-06-01", "2024-06-18"]},
        "2024-06-01 至 2024-06-18 加购次数 ≥ 1 次",
        "cart count from 2024-06-01 to 2024-06-18 ≥ 1",
    ),
    (
        {"did": "cart", "between": [{"days_before": 60}, {"days_before": 1}]},
        "60 天前 至 1 天前 加购次数 ≥ 1 次",
        "cart count from 60 days ago to 1 day ago ≥ 1",
    ),
    (
        {"trait": "last_cart_at", "op": "<", "value": {"days_before": 30}},
        "最近一次加购 < 截至日前 30 天",
        "last cart at < 30 days before the as-of",
    ),
    (
        {"funnel": {"steps": ["view", "cart", {"orders": "paid"}], "within_days": 7}, "stopped_at": 2},
        "在漏斗“浏览 → 加购 → 付款订单（7 天内）”停在第 2 步“加购”",
        "stopped at step 2 “cart” of “view → cart → paid order (within 7 days)”",
    ),
    (
        {"funnel": {"steps": ["view", {"event": "cart", "channel": ["app"]}], "exclude": ["search"]}, "stopped_at": 2},
        "在漏斗“浏览 → 加购（渠道 app），不含搜索”走完全程，到达第 2 步“加购（渠道 app）”",
        "went all the way to step 2 “cart (channel app)” of “view → cart (channel app) without search”",
    ),
    (
        {"funnel": {"steps": ["view", "看茶"]}, "reached": 2, "between": ["2024-06-01", {"days_before": 1}]},
        "2024-06-01 至 1 天前 进入，在漏斗“浏览 → 看茶”至少走到第 2 步“看茶”",
        "reached step 2 “看茶” of “view → 看茶”, begun from 2024-06-01 to 1 day ago",
    ),
    ({"tag": "wholesale"}, "有标签“wholesale”", "tagged “wholesale”"),
    ({"audience": "core"}, "在人群“core”中", "in the audience “core”"),
    ({"layering": "rfm", "layers": ["a", "b"]}, "在“rfm”的“a”、“b”", "in “a” or “b” of “rfm”"),
    (
        {"layering": "rfm", "layers": ["a"], "as_of": {"days_before": 1}},
        "1 天前在“rfm”的“a”",
        "in “a” of “rfm” as of 1 day ago",
    ),
    (
        {"moved": "rfm", "source": ["a"], "since": "2024-06-01"},
        "2024-06-01 以来在“rfm”中从“a”到其他层级",
        "moved in “rfm” from “a” to another layer since 2024-06-01",
    ),
    (
        {"all": [{"tag": "x"}, {"not": {"any": [{"tag": "y"}, {"did": "cart"}]}}]},
        "（有标签“x” 且 不满足（有标签“y” 或 加购次数 ≥ 1 次））",
        "(tagged “x” and not (tagged “y” or cart count ≥ 1))",
    ),
]


@pytest.mark.parametrize(("rule", "zh", "en"), SAID, ids=[en for _, _, en in SAID])
def test_it_is_read_as_it_is_meant(rule: dict[str, Any], zh: str, en: str) -> None:
    words = rule_words(read(rule), "CNY")
    assert (words.zh, words.en) == (zh, en)


@pytest.mark.parametrize(
    ("rule", "zh"),
    [
        ({"all": [{"tag": "a"}, {"tag": "b"}]}, "有标签“a” 且 有标签“b”"),
        ({"all": [{"any": [{"tag": "a"}, {"tag": "b"}]}]}, "有标签“a” 或 有标签“b”"),
        ({"any": [{"all": [{"tag": "a"}, {"tag": "b"}]}, {"tag": "c"}]}, "（有标签“a” 且 有标签“b”） 或 有标签“c”"),
        ({"not": {"any": [{"tag": "a"}, {"tag": "b"}]}}, "不满足（有标签“a” 或 有标签“b”）"),
        ({"tag": "a"}, "有标签“a”"),
    ],
)
def test_a_whole_rule_stands_without_brackets_around_it(rule: dict[str, Any], zh: str) -> None:
    assert rule_sentence(read(rule), "CNY").zh == zh
