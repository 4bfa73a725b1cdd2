"""Portrait table: a portrait as rows, one per trait and bin."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from titian.measure.portrayed import PortraitBin, PortraitTrait

_TEXT, _WHOLE, _NUMBER, _FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()

SCHEMA = pa.schema(
    [
        *((name, _TEXT) for name in ("trait", "name_zh", "name_en", "kind", "value")),
        *((name, _NUMBER) for name in ("low", "high")),
        *((name, _TEXT) for name in ("value_zh", "value_en")),
        *((name, _WHOLE) for name in ("inside", "everyone")),
        *((name, _NUMBER) for name in ("share_inside", "share", "tgi", "tgi_low", "tgi_high")),
        ("few", _FLAG),
        *((name, _NUMBER) for name in ("effect", "p")),
        *((name, _FLAG) for name in ("apart", "drawn_by")),
        *((name, _NUMBER) for name in ("mean_inside", "mean", "median_inside", "median")),
    ]
)
"""The columns of a portrait."""


def as_arrow(traits: Sequence[PortraitTrait]) -> pa.Table:
    """All bins of all traits in their order."""
    return pa.Table.from_pylist([_row(one, found) for one in traits for found in one.bins], schema=SCHEMA)


def _row(one: PortraitTrait, found: PortraitBin) -> dict[str, object]:
    return {
        "trait": one.trait.column,
        "name_zh": one.trait.title.zh,
        "name_en": one.trait.title.en,
        "kind": found.kind,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "value_zh": found.name.zh,
        "value_en": found.name.en,
        "inside": found.inside,
        "everyone": found.everyone,
        "share_inside": found.share_inside,
        "share": found.share,
        "tgi": found.tgi,
        "tgi_low": found.tgi_low,
        "tgi_high": found.tgi_high,
        "few": found.few,
        "effect": one.effect.v,
        "p": one.p,
        "apart": one.apart,
        "drawn_by": one.drawn_by,
        "mean_inside": one.inside.mean,
        "mean": one.everyone.mean,
        "median_inside": one.inside.median,
        "median": one.everyone.median,
    }
