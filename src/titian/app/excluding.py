"""Excluding: who is left out of every fit and count, looked at, tried and changed."""

from __future__ import annotations

from datetime import date

from titian.app import masking, population, standing, usage
from titian.app.answers.population import ExclusionAsked, PopulationChange, PopulationInfo, PopulationTried
from titian.app.called import CalledHere
from titian.app.definition import stale
from titian.app.desk import Desk, Reading
from titian.app.hiding import Hiding, rule_asked
from titian.app.population import KEY, InStore, definition_of
from titian.audience.excluding import would_be_out
from titian.audience.selecting import Selection
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.layering.rule_words import rule_sentence
from titian.rules.reading import Given
from titian.traits.planner import trait_query
from titian.warehouse.dataset import Dataset

SAMPLE = 20


def shown(reading: Reading, as_of: date | None) -> PopulationInfo:
    """Who counts as of a day, and the rule by which others do not."""
    desk = reading.desk
    held = None if desk.stored.there is None else desk.population.held()
    rule = reading.present.exclude
    day = reading.day(as_of) if reading.present.end is not None or as_of is not None else None
    counted = None if day is None else reading.counted(day)
    hidden = Hiding(desk).hides_rule(rule)
    return PopulationInfo(
        excluded=0 if counted is None else counted.excluded,
        as_of=day,
        everyone=0 if counted is None or day is None else _everyone(reading, counted, day),
        rule=None if rule is None or hidden else rule.model_dump(mode="json"),
        said=None if rule is None else masking.MASKED if hidden else _said(reading, rule),
        version=0 if held is None else held.definition.version,
        changed_by=None if held is None else held.by,
        changed_at=None if held is None else held.at.astimezone(desk.workspace.zone),
        sample=() if rule is None or day is None or hidden else _sample(_out(reading, rule, day)),
        masked=hidden,
    )


def tried(reading: Reading, asked: ExclusionAsked) -> PopulationTried:
    """How many would be left out by a rule, of everybody who was loaded. Raises as `change` does for the rule."""
    rule, day = checked(reading, asked.rule), reading.day(asked.as_of)
    found = _out(reading, rule, day)
    customers, everyone = found.counts()
    return PopulationTried(
        excluded=customers, as_of=day, said=_said(reading, rule), everyone=everyone, sample=_sample(found)
    )


def change(reading: Reading, asked: PopulationChange) -> None:
    """Leave others out from now on, or nobody; the version before is kept.

    Raises RuleError, UnknownNameError for what the rule names and is not there, InputError where it rests on layers or on tags
    that follow rules, ConflictError where `base_version` is in force no longer,
    MaskedError where the rule in force is hidden from who acts.
    """
    definitions = reading.desk.population.definitions
    number = definitions.numbers().get(KEY)
    held = definitions.current().get(KEY)
    if held is not None:
        Hiding(reading.desk).need_definition("population", held)
    if asked.base_version is not None and asked.base_version != (number or 0):
        raise stale(KEY, asked.base_version, number or 0)
    if asked.rule is None:
        if number is not None:
            definitions.remove(KEY)
        return
    made = definition_of(checked(reading, asked.rule))
    if held is None:
        definitions.create(made, check=standing.together)
    elif not made.same(held):
        definitions.publish(made, held, check=standing.together)


def changed(desk: Desk, asked: PopulationChange) -> PopulationInfo:
    """The same, and who counts then. Raises as `change` does."""
    with desk.reading() as reading:
        change(reading, asked)
    with desk.reading() as reading:
        return shown(reading, None)


def checked(reading: Reading, given: Given) -> Rule:
    """The rule. Raises as `change` does for it."""
    desk, rule = reading.desk, rule_asked(reading.desk, given)
    decided = desk.stored.there is not None
    audiences = usage.audiences_of(desk.audiences.current()) if decided else {}
    population.check_apart(rule, audiences, usage.tag_rules(desk.defined("tags").current()))
    population.check(rule, InStore(desk.stored))
    return rule


def _everyone(reading: Reading, counted: Dataset, day: date) -> int:
    rows = trait_query((), counted, reading.instant(day))
    return int(str(reading.data.execute(rows.aggregate(n=rows.count()))[0]["n"]))


def _said(reading: Reading, rule: Rule) -> Words:
    return rule_sentence(rule, reading.data.currency, CalledHere(reading))


def _out(reading: Reading, rule: Rule, day: date) -> Selection:
    return would_be_out(rule, reading.data, reading.instant(day), InStore(reading.desk.stored))


def _sample(found: Selection) -> tuple[str, ...]:
    rows = found.members.order_by("customer_id").limit(SAMPLE)
    return tuple(str(row["customer_id"]) for row in found.data.execute(rows))
