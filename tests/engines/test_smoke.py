"""On a real cluster, within a minute: expressions, the traits, a layering, and the words for what Spark can't do."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

import titian as tt
from tests.engines import nasty
from tests.engines.comparing import differing, same
from tests.engines.conftest import Twins
from titian.warehouse.engine import Engine

NUMBERS = (0.1, 0.30000000000000004, 1.0005, 0.0005, -2.5005, 12.34565, 1e-7, None, 1e12, -0.0, 8.9995)
TEXTS = ("a\x0b", "\x0c b\u3000", "\t", "O'Brien", 'a\\b"c', "", "v", "f", None, "é", "😀")
ROWS = pa.table(
    {
        "place": pa.array(range(11)),
        "x": pa.array(NUMBERS, pa.float64()),
        "n": pa.array([7, -7, None, 0, 3, 2**53 + 1, 5, 4, -1, 9, 10], pa.int64()),
        "text": pa.array(TEXTS, pa.string()),
    }
)


def expressions(rows: ir.Table) -> dict[str, ir.Value]:
    """What engines are known to say differently."""
    return {
        "bare": ibis.literal(0.30000000000000004) + rows.x,
        "above": rows.x > 0.1,
        "exactly": rows.x > ibis.literal(repr(0.1)).cast("float64"),
        "money": rows.x.cast("decimal(18, 4)"),
        "seconds": ibis.cases((rows.x.abs() < 1e9, rows.x)).cast("decimal(18, 3)"),
        "share": rows.n / 3,
        "whole": rows.n // 2,
        "rounded": rows.x.round(6),
        "up": (rows.x / 7).ceil().cast("float64"),
        "trimmed": rows.text.strip(),
        "escaped": rows.text.isin(["O'Brien", 'a\\b"c', "é"]),
        "later": (ibis.literal("2011-03-27 00:30:00").cast("timestamp") + rows.place.as_interval("s")).epoch_seconds(),
        "day": (ibis.timestamp("1969-12-31 23:59:59.999999") + rows.place.as_interval("s")).date().epoch_days(),
        "last": rows.n.lag().over(order_by=[rows.x, rows.place]),
        "first": ibis.row_number().over(order_by=[rows.text, rows.place]),
    }


def answered(engine: Engine) -> list[dict[str, object]]:
    rows, kept = engine.upload("smoke", lambda: ROWS)
    found = engine.arrow(rows.select("place", **expressions(rows)).order_by("place")).to_pylist()
    assert kept.name
    return found


def test_expressions_mean_the_same_on_spark(small_shop: Twins) -> None:
    here, there = answered(small_shop.here.engine), answered(small_shop.there.engine)
    wrong = [(i, k, v, there[i][k]) for i, row in enumerate(here) for k, v in row.items() if not same(v, there[i][k])]
    assert wrong == []


def test_traits_are_the_same_on_spark(small_shop: Twins) -> None:
    asked = ["spend_90d", "view_count"]
    here, there = (tt.traits(asked, data, as_of=nasty.AS_OF) for data in (small_shop.here, small_shop.there))
    assert differing(here, there) == {}


def test_rfm_gives_everyone_the_same_layer_on_spark(small_shop: Twins) -> None:
    here, there = (tt.RFM().assign(data, as_of=nasty.AS_OF) for data in (small_shop.here, small_shop.there))
    assert differing(here, there) == {}
    assert here.fitted == there.fitted
    assert here.counts().equals(there.counts())
