"""Steps: the events of a core path as a parameter, and what is said where they do not occur."""

from __future__ import annotations

from typing import Annotated

import ibis
import ibis.expr.types as ir
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.layering.reasons import fact, instant_text
from titian.traits.core_path import MOST_STEPS, limit_words, path_words
from titian.traits.planner import TraitTable
from titian.traits.sources import EVENTS

SHOWN_EVENTS = 8


def _read_steps(given: object) -> object:
    """Take "view, cart, purchase" for its parts, so that a command line can give a path."""
    if not isinstance(given, str):
        return given
    return tuple(part for part in given.replace("，", ",").split(",") if part.strip())


def _check_steps(steps: tuple[str, ...]) -> tuple[str, ...]:
    if any(not step.strip() for step in steps):
        raise RefusedError(zh="路径中的每一步都要写明行为名", en="each step of a path names an event")
    if len(steps) > MOST_STEPS:
        raise RefusedError(
            zh=f"路径最多 {MOST_STEPS} 步，现在有 {len(steps)} 步",
            en=f"a path has at most {MOST_STEPS} steps, and this one has {len(steps)}",
        )
    return tuple(step.strip() for step in steps)


Steps = Annotated[
    tuple[str, ...],
    BeforeValidator(_read_steps),
    AfterValidator(_check_steps),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "maxItems": MOST_STEPS, "x-titian": "events"}),
]
"""Events in order, by what they mean (view, cart, purchase) or by the team's own names."""


def notes_on_steps(traits: TraitTable, steps: tuple[str, ...]) -> tuple[Note, ...]:
    """The remark that some steps of a path never occur, with the events that do."""
    events = traits.source(EVENTS)
    meanings = traits.data.meanings
    asked = {f"step{i}": events.event.isin(meanings.names(step)).any() for i, step in enumerate(steps)}
    (found,) = traits.data.execute(events.aggregate(**asked)) if asked else ({},)
    lacking = list(dict.fromkeys(step for i, step in enumerate(steps) if not found[f"step{i}"]))
    if not lacking:
        return ()
    zh, en = _listed(_frequent(traits, events))
    text = Words(
        zh="核心路径中的 {steps_zh} 在数据里没有出现过，因此没有人能走完。请改用出现过的行为{zh}，或说明它在你们那里叫什么。",
        en="Nobody can finish the core path: {steps_en} never occurs. Use events that do{en}, or say what it is called here.",
    )
    steps_zh, steps_en = "、".join(lacking), ", ".join(lacking)
    return (Note(code="path_event_unknown", text=text.format(steps_zh=steps_zh, steps_en=steps_en, zh=zh, en=en)),)


def _frequent(traits: TraitTable, events: ir.Table) -> list[str]:
    counted = events.group_by("event").aggregate(times=events.count())
    most = counted.order_by(ibis.desc("times"), "event").limit(SHOWN_EVENTS)
    return [str(row["event"]) for row in traits.data.execute(most)]


def _listed(names: list[str]) -> tuple[str, str]:
    return (f"（{'、'.join(names)}）", f" ({', '.join(names)})") if names else ("", "")


def path_reason(column: str, done_at: object, steps: tuple[str, ...], limit_days: int | None, timezone: str) -> Reason:
    """That the core path was done, and when; or that it was not."""
    path, limit = path_words(steps), limit_words(limit_days)
    at = instant_text(done_at, timezone)
    if at:
        said = Words(zh=f"已于 {at} 走完核心路径（{path.zh}）", en=f"did the core path ({path.en}) on {at}")
    else:
        said = Words(
            zh=f"还没有走完核心路径（{path.zh}，{limit.zh}）", en=f"has not done the core path ({path.en}, {limit.en})"
        )
    return fact(column, said, high=bool(at))
