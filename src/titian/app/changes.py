"""Changes: who moved between two days, and who would move if a definition changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from titian.app.answers.layering import Flows, Impact, ImpactAsked
from titian.app.desk import Reading
from titian.app.held import fit_of, fitted_on, one, tried
from titian.app.showing import cut_infos, layer_infos, move_infos, note_infos
from titian.layering import flows as flowing
from titian.layering import impact as impacts


def flows(
    reading: Reading, key: str, start: date | None, end: date | None, refit: bool, fit_as_of: date | None = None
) -> Flows:
    """Who moved between two days; by default the last thirty.

    Cuts are those that the definition was published with, else those of the day `fit_as_of`, else of the start;
    `refit` fits at each end.
    """
    last = reading.day(end)
    first = reading.compared(start, last)
    first = reading.day(first if first is not None else last - timedelta(days=1))
    found = one(reading.desk, key)
    fitted = None
    day = found.definition.fit_as_of or fit_as_of
    if day is not None and not refit:
        day = reading.day(day)
        fitted = fitted_on(reading, found.layering, day, reading.counted(day))
    got = flowing.flows(
        found.layering, reading.counted(last), reading.instant(first), reading.instant(last), refit=refit, fitted=fitted
    )
    through = got.stayed + got.up + got.down + got.across
    return Flows(
        excluded=reading.counted(last).excluded,
        start=first,
        end=last,
        layers=layer_infos(got.moves.layers),
        moves=move_infos(got.pairs),
        entered=dict(got.moves.entered_by_layer),
        left=dict(got.moves.left_by_layer),
        start_customers=through + got.left,
        end_customers=through + got.entered,
        stayed=got.stayed,
        up=got.up,
        down=got.down,
        across=got.across,
        by_cut=None if got.by_cut is None else got.by_cut.moved,
        notes=note_infos(got.notes),
    )


def impact(reading: Reading, key: str, asked: ImpactAsked) -> Impact:
    """Who would be elsewhere as of a day if these parameters were in force."""
    found = one(reading.desk, key)
    new = tried(found, asked.parameters)
    day = reading.day(asked.as_of)
    data = reading.counted(day)
    old_fitted = fit_of(reading, found, day, data)
    got = impacts.impact(found.layering, new.layering, data, reading.instant(day), old_fitted=old_fitted)
    pairs = got.moves.pairs
    before = _sums(got.moves.left_by_layer, ((pair.source, pair.customers) for pair in pairs))
    after = _sums(got.moves.entered_by_layer, ((pair.target, pair.customers) for pair in pairs))
    return Impact(
        excluded=data.excluded,
        as_of=day,
        customers=sum(before.values()),
        moved=got.moved,
        up=got.up,
        down=got.down,
        across=got.across,
        before=before,
        after=after,
        moves=move_infos(pairs),
        layers=layer_infos(got.after.fitted.layers),
        cuts=cut_infos(got.after.fitted.cuts),
        notes=note_infos(got.after.fitted.notes),
    )


def _sums(first: Mapping[str, int], more: Iterable[tuple[str, int]]) -> dict[str, int]:
    total = Counter(first)
    for layer, customers in more:
        total[layer] += customers
    return dict(total)
