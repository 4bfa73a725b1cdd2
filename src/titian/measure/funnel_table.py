"""Funnel table: a funnel as rows, one per layer and step."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from titian.measure.funnel_figures import FunnelPart, FunnelStep, Times

_TEXT, _WHOLE, _NUMBER = pa.string(), pa.int64(), pa.float64()
_TIMES = ("q25_s", "median_s", "q75_s", "q90_s")

SCHEMA = pa.schema(
    [
        *((name, _TEXT) for name in ("layer", "layer_zh", "layer_en")),
        ("step", _WHOLE),
        *((name, _TEXT) for name in ("key", "name_zh", "name_en")),
        ("customers", _WHOLE),
        *((name, _NUMBER) for name in ("share", "share_before", "low", "high")),
        *((name, _WHOLE) for name in ("lost", "taken_out")),
        *((name, _NUMBER) for name in (*_TIMES, *(f"first_{name}" for name in _TIMES))),
    ]
)
"""The columns of a funnel."""


def as_arrow(parts: Iterable[FunnelPart]) -> pa.Table:
    """All steps of all parts in their order."""
    return pa.Table.from_pylist([_row(part, step) for part in parts for step in part.steps], schema=SCHEMA)


def _row(part: FunnelPart, step: FunnelStep) -> dict[str, object]:
    return {
        "layer": part.layer,
        "layer_zh": part.name.zh,
        "layer_en": part.name.en,
        "step": step.number,
        "key": step.step.key,
        "name_zh": step.name.zh,
        "name_en": step.name.en,
        "customers": step.customers,
        "share": step.share,
        "share_before": step.share_before,
        "low": step.low,
        "high": step.high,
        "lost": step.lost,
        "taken_out": part.taken_out,
        **_times(step.from_before, ""),
        **_times(step.from_first, "first_"),
    }


def _times(times: Times, prefix: str) -> dict[str, object]:
    return {f"{prefix}{name}": getattr(times, name) for name in _TIMES}
