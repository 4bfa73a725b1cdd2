"""Audiences: those that a workspace has saved, and how many customers are in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from titian.app import masking, saved_audiences
from titian.app.answers.audiences import AudienceInfo, AudienceList
from titian.app.audience_definition import audience_of
from titian.app.called import CalledHere
from titian.app.definition import Published
from titian.app.desk import Reading
from titian.app.hiding import Hiding
from titian.app.in_workspace import InWorkspace
from titian.app.saved_audiences import rule_of
from titian.audience.selecting import select_together
from titian.domain.audience import Audience
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.errors import TitianError
from titian.layering.rule_words import rule_sentence


def listed(reading: Reading, as_of: date | None) -> AudienceList:
    """All audiences with their customers; what one rule reads is computed once for all."""
    saved, hiding = reading.desk.audiences.in_force(), Hiding(reading.desk)
    told = {key: one for key, one in saved.items() if not hiding.hides("audiences", one.definition)}
    day = reading.day(as_of) if reading.present.end is not None or as_of is not None else None
    rules = {key: rule_of(audience_of(one.definition)) for key, one in told.items()}
    counted = {} if day is None else counts(reading, rules, day)
    everyone = counted.pop("", None)
    return AudienceList(
        excluded=0 if day is None else reading.counted(day).excluded,
        as_of=day,
        everyone=everyone if isinstance(everyone, int) else None,
        audiences=tuple(
            info(reading, one, counted.get(key), everyone) if key in told else _masked(reading, one)
            for key, one in saved.items()
        ),
    )


def counts(reading: Reading, rules: Mapping[str, Rule], day: date) -> dict[str, int | TitianError]:
    """How many meet each rule, everyone under the name ""; where one can't be computed, why."""
    try:
        return dict(_counts(reading, rules, day))
    except TitianError as error:
        if len(rules) == 1:
            return dict.fromkeys(rules, error)
    alone = (counts(reading, {name: rule}, day) for name, rule in rules.items())
    return {name: found for one in alone for name, found in one.items()}


def _counts(reading: Reading, rules: Mapping[str, Rule], day: date) -> Iterable[tuple[str, int]]:
    columns = {name: f"meets_{number}" for number, name in enumerate(rules)}
    asked = {columns[name]: rule for name, rule in rules.items()}
    table = (found := select_together(asked, reading.counted(day), reading.instant(day), InWorkspace(reading))).table
    sums = {column: table[column].sum() for column in columns.values()}
    (row,) = reading.data.execute(table.aggregate(everyone=table.count(), **sums))
    del found  # what was computed for it goes with it
    yield "", int(str(row["everyone"]))
    for name, column in columns.items():
        yield name, int(str(row[column] or 0))


def info(
    reading: Reading, published: Published, counted: int | TitianError | None, everyone: int | TitianError | None
) -> AudienceInfo:
    """What is told of an audience."""
    customers = counted if isinstance(counted, int) else None
    share = customers / everyone if customers is not None and isinstance(everyone, int) and everyone else None
    return _masked(reading, published).model_copy(
        update={
            "said": said(reading, audience_of(published.definition)),
            "customers": customers,
            "share": share,
            "problem": Words(zh=counted.zh, en=counted.message) if isinstance(counted, TitianError) else None,
            "masked": False,
        }
    )


def _masked(reading: Reading, published: Published) -> AudienceInfo:
    """What is told of an audience that is hidden from who acts."""
    made = audience_of(published.definition)
    return AudienceInfo(
        key=made.key,
        name=made.name,
        description=made.description,
        kind=made.kind,
        said=masking.MASKED,
        version=published.definition.version,
        changed_by=published.by,
        changed_at=published.at.astimezone(reading.desk.workspace.zone),
        customers=None,
        share=None,
        problem=None,
        masked=True,
    )


def said(reading: Reading, made: Audience) -> Words:
    """The rule in words."""
    if made.rule is None:
        return Words(zh="固定名单", en="a fixed list")
    return rule_sentence(made.rule, reading.data.currency, CalledHere(reading))


def asking(reading: Reading, key: str) -> dict[str, Any]:
    """The rule that asks who is in an audience, as it is written. Raises UnknownNameError."""
    made, _ = saved_audiences.one(reading.desk, key)
    return rule_of(made).model_dump(mode="json")
