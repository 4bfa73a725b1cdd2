"""Comparing: two layerings of a workspace laid over each other."""

from __future__ import annotations

from datetime import date

from titian.app.answers.history import Crossed, CrossedCell
from titian.app.desk import Reading
from titian.app.held import one
from titian.app.showing import layer_infos, note_infos
from titian.layering.crossing import Pair, cross


def crossed(reading: Reading, key: str, other: str, as_of: date | None) -> Crossed:
    """Customers in each pair of layers of two layerings. Raises InputError when both are the same."""
    day = reading.day(as_of)
    first, second = one(reading.desk, key), one(reading.desk, other)
    got = cross(first.layering, second.layering, reading.counted(day), reading.instant(day))
    return Crossed(
        period=reading.period(day),
        first=first.layering.key,
        second=second.layering.key,
        first_name=first.words,
        second_name=second.words,
        first_layers=layer_infos(got.fits[0].layers),
        second_layers=layer_infos(got.fits[1].layers),
        cells=tuple(_cell(pair) for pair in got.pairs),
        association=got.association.v,
        low=got.association.low,
        high=got.association.high,
        notes=note_infos(got.notes),
    )


def _cell(pair: Pair) -> CrossedCell:
    return CrossedCell(
        first=pair.first,
        second=pair.second,
        customers=pair.customers,
        share=pair.share,
        share_of_first=pair.share_of_first,
        share_of_second=pair.share_of_second,
        money=pair.spend,
        money_share=pair.spend_share,
        tgi=pair.tgi,
        residual=pair.residual,
    )
