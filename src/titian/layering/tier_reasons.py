"""Tier reasons: what brought a customer to their tier, and how they stand for the next review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from titian.domain.condition import Condition
from titian.domain.instants import instant
from titian.domain.layer import Layer
from titian.domain.reason import Reason
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.layering.fitted import Fitted
from titian.layering.reviews import Ladder, then
from titian.layering.rule_words import condition_reason
from titian.rules.judging import deciding, judge
from titian.traits.catalogue import trait


def tier_reasons(ladder: Ladder, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
    """The review that made the tier, with the values of that day; then what staying and rising take, as of now."""
    place = [layer.key for layer in fitted.layers].index(str(row["layer"]))
    return [*_came(ladder, place, row, fitted), *_next(ladder, place, row, fitted)]


def _came(ladder: Ladder, place: int, row: Mapping[str, object], fitted: Fitted) -> Iterator[Reason]:
    since = row["since"]
    if not isinstance(since, date):
        return
    name = fitted.layers[place].name
    step = ladder.steps[place] if row["rose"] else ladder.steps[place + (-1 if place else 0)]
    rule = step.entry if row["rose"] else step.keep or step.entry
    grace = ladder.grace
    said = (
        Words(zh=f"{since} 评定升为“{name.zh}”：", en=f"promoted to {name.en} at the review of {since}: ")
        if row["rose"]
        else Words(
            zh=f"{since} 评定降为“{name.zh}”，连续 {grace} 次未达保级：",
            en=f"down to {name.en} at the review of {since}, keep rule failed {grace} in a row: ",
        )
    )
    values = {column: row[then(column)] for column in ladder.traits}
    at = instant(since, str(fitted.found["timezone"]))
    for reason in _deciding(rule, values, at, fitted, said):
        # The value is of the day of the review: how far it was from the bound then says nothing of today.
        yield reason.model_copy(update={"distance": None})


def _next(ladder: Ladder, place: int, row: Mapping[str, object], fitted: Fitted) -> Iterator[Reason]:
    day, as_of = row["next_review"], row.get("as_of")
    at = as_of.replace(tzinfo=UTC) if isinstance(as_of, datetime) else fitted.as_of
    layers: Sequence[Layer] = fitted.layers
    if place < ladder.lowest:
        step = ladder.steps[place]
        said = Words(zh=f"下次评定（{day}）保级：", en=f"to stay at the review of {day}: ")
        yield from _deciding(step.keep or step.entry, row, at, fitted, said)
    if place > 0:
        above = layers[place - 1].name
        said = Words(zh=f"升为“{above.zh}”：", en=f"to become {above.en}: ")
        yield from _deciding(ladder.steps[place - 1].entry, row, at, fitted, said)


def _deciding(
    rule: Rule | None, values: Mapping[str, object], at: datetime, fitted: Fitted, said: Words
) -> Iterator[Reason]:
    if rule is None:
        return
    timezone = str(fitted.found["timezone"])
    for condition, held in dict(deciding(rule, judge(values, at, timezone))).items():
        assert isinstance(condition, Condition)
        value = values[trait(condition.trait).column]
        reason = condition_reason(condition, held, value, fitted.currency, timezone)
        sentence = Words(zh=said.zh + reason.sentence.zh, en=said.en + reason.sentence.en)
        yield reason.model_copy(update={"sentence": sentence})
