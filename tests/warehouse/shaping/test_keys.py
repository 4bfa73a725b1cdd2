"""Ids made of content."""

from hashlib import md5
from pathlib import Path

from tests.warehouse.shop import csv, put, rows
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake
from titian.warehouse.shaping import keys

MAPPING = Mapping(columns={"customer_id": "who", "ordered_at": "day", "amount": "money"})
WIDER = Mapping(columns={**MAPPING.columns, "channel": "via"})


def ids(lake: Lake) -> set[str]:
    return {row[0] for row in rows(lake, "orders", "order_id")}


def test_a_column_without_a_value_does_not_count(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", "who,day,money", "ann,2020-01-01,1"), MAPPING)
    before = ids(lake)
    report = put(lake, csv(tmp_path / "b.csv", "who,day,money,via", "ann,2020-01-01,1.00,"), WIDER)
    assert (report.unchanged, ids(lake)) == (1, before)


def test_other_content_has_another_id(lake: Lake, tmp_path: Path) -> None:
    lines = ("ann,2020-01-01,1,web", "ann,2020-01-01,1,shop", "ann,2020-01-02,1,web", "bob,2020-01-01,1,web")
    put(lake, csv(tmp_path / "a.csv", "who,day,money,via", *lines), WIDER)
    assert len(ids(lake)) == 4


def test_ids_show_what_made_them() -> None:
    assert keys.made("c-").startswith("'c-' || left(md5(")
    assert keys.content(["a", "b"]).count("concat_ws") == 1


def test_ids_stay_the_same_from_version_to_version(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", "who,day,money", "ann,2020-01-01,1", "ann,2020-01-01,1"), MAPPING)
    content = "customer_id=ann\x1fordered_at=2020-01-01 00:00:00\x1famount=1.0000"
    assert ids(lake) == {"c-" + md5(f"{content}\x1f{nth}".encode()).hexdigest()[:20] for nth in (1, 2)}
