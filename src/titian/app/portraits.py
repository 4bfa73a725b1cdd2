"""Portraits: all that is known of one customer as of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import ibis.expr.types as ir

from titian.app import masking
from titian.app.answers.customers import (
    CustomerLayer,
    GapInfo,
    LayerStrip,
    MaskedLayering,
    Portrait,
    ReasonInfo,
    TraitMark,
)
from titian.app.desk import Reading
from titian.app.facts import name_and_facts
from titian.app.held import held, missing
from titian.app.identities import identities_of
from titian.app.past import past_of
from titian.app.placing import Placing, placings
from titian.app.rows import shown_traits
from titian.app.showing import cell, layer_info, note_infos, number, trait_info
from titian.app.standings import marks
from titian.app.strips import strips
from titian.app.timelines import timeline
from titian.domain.words import Words
from titian.layering.assignment import Assignment, unseen
from titian.layering.contract import LayeringError
from titian.layering.reasons import amount_words
from titian.traits.planner import TraitTable, trait_query
from titian.traits.trait import Trait


def portrait(reading: Reading, customer_id: str, as_of: date | None, compare: date | None) -> Portrait:
    """One customer: layers with reasons and gaps, traits among all, layers over time, and what happened.

    Raises NotFoundError for nobody's id.
    """
    day = reading.day(as_of)
    period = reading.period(day, reading.compared(compare, day))
    left_out = reading.counted(day).outside(customer_id)
    present = [found for found in held(reading.desk).values() if missing(reading, found.layering) is None]
    told = [found for found in present if masking.shows_layering(found.layering)]
    # Who counts nowhere is in no layer, and stands nowhere among the others.
    got = placings(reading, told, day) if left_out is None else []
    mine = _alone(reading, got[0].traits, customer_id) if got else None
    placed = tuple(_placed(reading, one, mine, customer_id) for one in got) if mine is not None else ()
    past = past_of(reading, customer_id)
    entries, counts = timeline(reading, past, day)
    name, facts = name_and_facts(past)
    identities = identities_of(reading, customer_id)
    return Portrait(
        customer_id=customer_id,
        name=name,
        period=period,
        left_out=left_out,
        facts=facts,
        identities=identities,
        layers=placed,
        masked=tuple(
            MaskedLayering(layering=found.definition.key, name=found.words) for found in present if found not in told
        ),
        strips=tuple(LayerStrip(layering=key, spans=spans) for key, spans in strips(reading, past, got, day).items()),
        traits=_values(reading, customer_id, day) if mine is None else marks(reading, got[0].traits, mine, customer_id),
        timeline=entries,
        timeline_counts=counts,
    )


def _alone(reading: Reading, everyone: TraitTable, customer_id: str) -> ir.Table:
    """The customer's row of everyone's traits."""
    kept = everyone.kept.name if everyone.kept else None
    return reading.desk.questions.alone(everyone.data, customer_id, kept, everyone.rows)


def _placed(reading: Reading, got: Placing, mine: ir.Table, customer_id: str) -> CustomerLayer:
    """The layer, which most layerings tell of the customer's own row."""

    @cache
    def assignment() -> Assignment:
        # Written only for the first who is asked of.
        return got.over(mine) if got.definition.by_row else got.assignment

    found = _asked(reading, got, customer_id, "row", lambda: assignment().table)
    row = found[0] if found else got.assignment.row(customer_id)
    layer = got.fitted.layer(str(row["layer"]))
    traits = got.definition.traits()
    gaps, lacking = _gaps(reading, got, assignment, customer_id)
    return CustomerLayer(
        layering=got.definition.key,
        name=got.words,
        layer=layer_info(layer),
        reasons=tuple(
            ReasonInfo(
                trait=trait_info(reason.trait, traits[reason.trait]),
                value=reason.value,
                cut=reason.cut,
                distance=reason.distance,
                high=reason.high,
                sentence=reason.sentence,
            )
            for reason in got.definition.reasons(row, got.fitted)
            if masking.shows(traits[reason.trait])
        ),
        gaps=gaps,
        lacking=lacking,
        notes=note_infos(got.fitted.notes),
    )


def _asked(
    reading: Reading, got: Placing, customer_id: str, what: str, build: Callable[[], ir.Table]
) -> list[dict[str, object]]:
    """The customer's line of a table that rests on an assignment."""

    def line(who: ir.StringValue) -> ir.Table:
        table = build()
        return table.filter(table.customer_id == who)

    return reading.desk.questions.ask(got.traits.data, customer_id, (what, *got.name), line)


def _gaps(
    reading: Reading, got: Placing, assignment: Callable[[], Assignment], customer_id: str
) -> tuple[tuple[GapInfo, ...], str | None]:
    """What lacks to be in the best layer; nothing for a layering without such cuts."""
    top = next((layer for layer in got.fitted.layers if layer.rank == 1), None)
    if top is None:
        return (), None
    best = top.key
    try:
        dimensions = list(got.definition.requirements(best, got.fitted))
    except LayeringError:
        return (), None
    (row,) = _asked(reading, got, customer_id, "gap", lambda: assignment().gap_query(best))
    traits = got.definition.traits()
    found = tuple(
        GapInfo(
            trait=trait_info(name, traits[name]),
            gap=(gap := number(row[f"{name}_gap"])),
            share=number(row[f"{name}_share"]),
            sentence=_gap_sentence(traits[name], gap, top.name, got.fitted.currency),
        )
        for name in dimensions
        if masking.shows(traits[name])
    )
    lacking = row["lacking"]
    return found, str(lacking) if lacking is not None and masking.shows(traits[str(lacking)]) else None


def _gap_sentence(trait: Trait, gap: float | None, best: Words, currency: str) -> Words:
    if gap is None:
        return Words(zh=f"{trait.title.zh}：还没有数据", en=f"{trait.title.en}: nothing known yet")
    if gap == 0:
        return Words(zh=f"{trait.title.zh}已达到“{best.zh}”的水平", en=f"{trait.title.en}: good enough for “{best.en}”")
    amount = amount_words(gap, trait.unit, currency)
    if trait.better == "low":
        return Words(
            zh=f"{trait.title.zh}还需缩短 {amount.zh}，才到“{best.zh}”的水平",
            en=f"{trait.title.en}: {amount.en} too many for “{best.en}”",
        )
    return Words(
        zh=f"{trait.title.zh}还差 {amount.zh}，就到“{best.zh}”的水平",
        en=f"{trait.title.en}: {amount.en} short of “{best.en}”",
    )


def _values(reading: Reading, customer_id: str, day: date) -> tuple[TraitMark, ...]:
    """The shown traits of somebody who is not counted, by all of their rows. Raises NotFoundError for nobody's id."""
    traits, zone, at = shown_traits(), reading.desk.workspace.zone, reading.instant(day)

    def line(who: ir.StringValue) -> ir.Table:
        rows = trait_query(traits.values(), reading.data, at)
        return rows.filter(rows.customer_id == who)

    found = reading.desk.questions.ask(reading.data, customer_id, ("left out", at), line)
    if not found:
        raise unseen(customer_id, day)
    return tuple(
        TraitMark(trait=trait_info(name, trait), value=cell(found[0][name], zone), percentile=None)
        for name, trait in traits.items()
    )
