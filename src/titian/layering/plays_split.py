"""Default plays and names for the layers of a trait."""

from __future__ import annotations

from titian.domain.layer import Layer
from titian.domain.words import Words
from titian.layering.plays import layer, play


def _words(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


VALUE_WORDS: dict[str, Words] = {
    "unknown": _words("未知", "Unknown"),
    "other": _words("其他", "Other"),
    "night": _words("深夜", "Night"),
    "morning": _words("早晨", "Early morning"),
    "forenoon": _words("上午", "Forenoon"),
    "noon": _words("中午", "Noon"),
    "afternoon": _words("下午", "Afternoon"),
    "evening": _words("晚上", "Evening"),
    "weekday": _words("工作日", "Weekdays"),
    "weekend": _words("周末", "Weekends"),
    "male": _words("男", "Male"),
    "female": _words("女", "Female"),
}
"""Names of values that are said in one language in the data."""


def split_layer(key: str, name: Words, title: Words) -> Layer:
    """The layer of one value: speak to what its people need, or ask where it is not known."""
    if key == "unknown":
        aim = ("先知道，再说话", "know first, then speak")
        actions = [
            (f"用一题问卷或客服对话补全“{title.zh}”", f"one question, or a chat with staff, to learn {title.en}"),
            ("补全资料有小礼", "a small gift for filling it in"),
        ]
    elif key == "other":
        aim = ("找出其中够大的一群", "find a group in it that is large enough")
        actions = [("按月看哪些值在变多，够多就单独成层", "see monthly which values grow, and give them a layer")]
    else:
        aim = (f"按“{title.zh}：{name.zh}”说话", f"speak to {title.en}: {name.en}")
        actions = [
            ("内容、货品和时间都按这一群的偏好挑", "choose content, goods and hours by what this group prefers"),
            (
                "与全体对比：需求没有差别的，不必分开做",
                "compare with everybody: where needs do not differ, do not part them",
            ),
        ]
    return layer(
        key,
        (name.zh, name.en),
        (f"{title.zh}：{name.zh}", f"{title.en}: {name.en}"),
        play(aim, actions, ["push", "wecom"], ("随日常节奏", "with the usual rhythm")),
    )
