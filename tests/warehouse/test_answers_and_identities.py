"""Files of answers and identities are recognised, loaded, corrected by later ones, and handed in from Python."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import titian as tt
from tests.warehouse.shop import csv, put, rows
from titian.domain.mapping import Mapping
from titian.warehouse.guess import guess
from titian.warehouse.lake import Lake
from titian.warehouse.sources import open_source

ANSWERS = ("customer_id", "answered_at", "score", "text", "moment")
IDENTITIES = ("source", "source_id", "customer_id")
HEADS = {
    "answers": ["客户编号,回答时间,满意度,评价内容,评价环节", "user_id,answered_at,rating,comment,touchpoint"],
    "identities": ["来源系统,外部编号,客户编号", "source_system,external_id,customer_id"],
}
LINES = {"answers": "0017,2026-10-04 10:00,4.5,很好,after_order", "identities": "wecom,wmABC,0017"}
MEANT = {"answers": ANSWERS, "identities": IDENTITIES}


def mapping(table: str, columns: tuple[str, ...]) -> Mapping:
    return Mapping(table=table, columns={name: name for name in columns})


@pytest.mark.parametrize(("table", "head"), [(table, head) for table, heads in HEADS.items() for head in heads])
def test_columns_are_guessed_in_both_languages(tmp_path: Path, table: str, head: str) -> None:
    path = csv(tmp_path / "a.csv", head, LINES[table])
    found = guess(open_source(path).columns_and_samples(), table)
    assert found.mapping.columns == dict(zip(MEANT[table], head.split(","), strict=True))


def test_answers_keep_scores_texts_and_their_time(lake: Lake, tmp_path: Path) -> None:
    path = csv(
        tmp_path / "a.csv", ",".join(ANSWERS), "0017,2026-10-04 10:00,4.5,很好,after_order", "0018,2026-10-05,,,"
    )
    report = put(lake, path, mapping("answers", ANSWERS), zone="Asia/Shanghai")
    assert (report.added, report.rejected) == (2, 0)
    assert rows(lake, "answers", *ANSWERS) == [
        ("0017", datetime(2026, 10, 4, 2), 4.5, "很好", "after_order"),
        ("0018", datetime(2026, 10, 4, 16), None, None, None),
    ]


@pytest.mark.parametrize(
    "line",
    [",2026-10-04,5,,", "0017,,5,,", "0017,yesterday,5,,", "0017,2026-10-04,many,,"],
    ids=["who", "when", "no day", "no score"],
)
def test_an_answer_that_can_not_be_read_is_turned_away(lake: Lake, tmp_path: Path, line: str) -> None:
    report = put(
        lake, csv(tmp_path / "a.csv", ",".join(ANSWERS), line, "0017,2026-10-04,5,,"), mapping("answers", ANSWERS)
    )
    assert (report.added, report.rejected) == (1, 1)


def test_the_same_files_again_change_nothing(lake: Lake, tmp_path: Path) -> None:
    for table, columns in MEANT.items():
        path = csv(tmp_path / f"{table}.csv", ",".join(columns), LINES[table], LINES[table])
        assert put(lake, path, mapping(table, columns)).added == 2
        before = rows(lake, table)
        put(lake, csv(tmp_path / "again.csv", ",".join(columns), LINES[table], LINES[table]), mapping(table, columns))
        assert [row[:-1] for row in rows(lake, table)] == [row[:-1] for row in before]


def test_frames_of_both_can_be_handed_in() -> None:
    at = pd.Timestamp("2026-10-04", tz=UTC)
    data = tt.Dataset(
        orders=pd.DataFrame([{"order_id": "1", "customer_id": "a", "ordered_at": at, "amount": 1.0}]),
        answers=pd.DataFrame([{"customer_id": "a", "answered_at": at, "score": 3}]),
        identities=pd.DataFrame([{"source": "wecom", "source_id": "wm1", "customer_id": "a"}]),
        timezone="UTC",
    )
    found = tt.traits(["last_score", "answers_given_7d"], data, as_of="2026-10-06")
    assert found.to_dict("records") == [{"customer_id": "a", "last_score": 3.0, "answers_given_7d": 1}]
    identities = data.table("identities")
    assert data.execute(identities.select("source", "source_id")) == [{"source": "wecom", "source_id": "wm1"}]
