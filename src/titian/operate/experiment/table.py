"""Table: comparisons as rows."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from titian.operate.experiment.comparison import Comparison

_TEXT, _WHOLE, _NUMBER = pa.string(), pa.int64(), pa.float64()

COLUMNS = [
    *((name, _TEXT) for name in ("layer", "metric", "arm")),
    *((name, _WHOLE) for name in ("customers", "control_customers")),
    *((name, _NUMBER) for name in ("control_mean", "mean", "difference", "low", "high")),
    *((name, _NUMBER) for name in ("relative", "relative_low", "relative_high", "p_value", "p_adjusted")),
    ("verdict", _TEXT),
    ("more_customers", _WHOLE),
    *((name, _TEXT) for name in ("sentence_zh", "sentence_en")),
]
"""The columns of an analysis by layers; without layers the first is left out."""


def as_arrow(comparisons: Sequence[Comparison], *, layered: bool) -> pa.Table:
    """A row per comparison in their order."""
    schema = pa.schema(COLUMNS if layered else COLUMNS[1:])
    return pa.Table.from_pylist([as_row(one) for one in comparisons], schema=schema)


def as_row(one: Comparison) -> dict[str, object]:
    """A comparison as plain values."""
    words = {"verdict": one.verdict.key, "sentence_zh": one.sentence.zh, "sentence_en": one.sentence.en}
    return {name: words[name] if name in words else getattr(one, name) for name, _ in COLUMNS}
