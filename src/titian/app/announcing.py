"""Announcing: as data come in the desk's followers are told who moved, and tags follow their rules."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import structlog

from titian.app import histories, movers, rule_tags
from titian.app.desk import Desk, Reading
from titian.app.followers import Follower, LayersMoved
from titian.errors import TitianError

log = structlog.get_logger("titian.announcing")


def announce(desk: Desk) -> None:
    """Tell each of the desk's followers of every day that the data cover and it was not told of.

    A past day that late rows changed is not told again; `titian history` has it as it is now.
    """
    for follower in desk.followers:
        try:
            with desk.reading() as reading:
                _tell(reading, follower)
        except TitianError as error:
            log.warning("could not tell", layering=follower.layering, code=error.code, error=error.message)
        except Exception:
            log.exception("was not taken", layering=follower.layering)


def follow_rules(desk: Desk, keys: Collection[str] | None = None) -> None:
    """Bring tags (these, else all) into step with their rules; what was loaded or applied stands whatever comes of it."""
    try:
        with desk.reading() as reading:
            for told in rule_tags.refresh(reading, keys):
                if told.problem is not None:
                    log.warning("could not follow its rule", tag=told.tag, error=told.problem.en)
    except TitianError as error:
        log.warning("could not follow rules", code=error.code, error=error.message)


def _tell(reading: Reading, follower: Follower) -> None:
    newest, first = reading.day(None), reading.present.first
    assert first is not None
    if max(follower.last, first + timedelta(days=1)) >= newest:
        return
    asked = histories.Asked(follower.layering, follower.last, newest, "day")
    got, _ = histories.told(reading, asked)
    for day in got.days[1:]:
        follower.told(LayersMoved(follower.layering, day, movers.of_day(reading, got, day)))
