"""`python -m bench following`: fifty tags by rule kept in step in one refresh, beside one of them, in the same process.

Each refresh begins with nothing computed; the tags have their customers, as on any day but the first.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from rich.table import Table

from bench import whole
from bench.clock import timed
from bench.worker import bind, cpu_s

TAGS = [f"bench_{number}" for number in range(50)]
ALONE = [TAGS[number] for number in (1, 5, 11, 17, 26)]
TIMES_AT_MOST = 8
EVENTS, WINDOWS = ("view", "cart", "search", "share", "login"), (7, 14, 30, 60, 90, 180)
SPENT = (30, 90, 180, 365)


def rule(number: int) -> dict[str, Any]:
    """Two to four conditions, each tag's own."""
    conditions = [
        {"trait": f"spend_{SPENT[number % 4]}d", "op": ">=", "value": 1000 + 20 * number},
        {"trait": "recency_days", "op": "<=", "value": 20 + number},
        {"did": EVENTS[number % 5], "within_days": WINDOWS[number % 6], "op": ">=", "times": 1 + number % 3},
        {"trait": "order_count_365d", "op": ">=", "value": 3 + number % 5},
    ]
    return {"all": conditions[: 2 + number % 3]}


def compare(size: str, repeats: int) -> dict[str, float]:
    """Median seconds and processor seconds of a refresh of all and of one."""
    bind()
    folder = whole.shop(size)
    made(folder)
    everything = [refreshed(folder, TAGS) for _ in range(max(1, repeats // 2))]
    one = [refreshed(folder, [key]) for key in ALONE]
    return {
        f"{name}_{what}": statistics.median(run[place] for run in runs)
        for name, runs in (("fifty", everything), ("one", one))
        for place, what in enumerate(("s", "processor_s"))
    }


def made(folder: Path) -> None:
    """Make the tags that are not there yet, and give them their customers."""
    from titian.app import rule_tags, tag_making
    from titian.app.answers.tags import NewTag

    with opened(folder) as desk, desk.reading() as reading:
        there = {one.tag.key for one in desk.tags.all()[0]}
        for number, key in enumerate(TAGS):
            if key not in there:
                asked = {"key": key, "name": {"zh": key, "en": key}, "rule": rule(number)}
                tag_making.create(desk, NewTag.model_validate(asked))
        rule_tags.refresh(reading, TAGS)


def refreshed(folder: Path, keys: list[str]) -> tuple[float, float]:
    """Seconds and processor seconds of a refresh in a desk that was just opened."""
    from titian.app import rule_tags

    with opened(folder) as desk, desk.reading() as reading:
        before = cpu_s()
        seconds, found = timed(lambda: rule_tags.refresh(reading, keys))
        assert len(found) == len(keys)
        assert not any(one.problem for one in found)
        return seconds, cpu_s() - before


def opened(folder: Path) -> Any:
    """A desk at the workspace."""
    from titian.app import workspace
    from titian.app.desk import Desk

    return Desk(workspace.find(folder))


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"Tags by rule brought into step, {size} orders", title_justify="left")
    for column in ("tags", "seconds", "processor s", "in times of one"):
        made.add_column(column, justify="left" if column == "tags" else "right")
    for name in ("one", "fifty"):
        times = found[f"{name}_processor_s"] / found["one_processor_s"]
        made.add_row(name, f"{found[f'{name}_s']:.2f}", f"{found[f'{name}_processor_s']:.2f}", f"{times:.1f} ×")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    times = found["fifty_processor_s"] / found["one_processor_s"]
    return [f"fifty tags took {times:.1f} × one; {TIMES_AT_MOST} × wanted"] if times > TIMES_AT_MOST else []
