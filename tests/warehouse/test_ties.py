"""What a person is told about links and invites: to oneself, about strangers, of which kinds."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.warehouse.shop import csv, orders_csv, put
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake

LINKS = Mapping(table="links", columns={name: name for name in ("link_id", "from_id", "to_id", "kind")})
INVITES = Mapping(table="invites", columns={name: name for name in ("invite_id", "inviter_id", "invitee_id")})


def told(lake: Lake, path: Path, mapping: Mapping, rows: Sequence[str]) -> list[str]:
    return [note.en for note in put(lake, csv(path, ",".join(mapping.columns), *rows), mapping).notes]


@pytest.fixture
def known(lake: Lake, tmp_path: Path) -> Lake:
    """A shop that knows ann and bob."""
    put(lake, orders_csv(tmp_path / "orders.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-01,1"))
    return lake


def test_links_to_oneself_are_counted_and_kept(known: Lake, tmp_path: Path) -> None:
    (said,) = told(known, tmp_path / "a.csv", LINKS, ["1,ann,ann,follow", "2,bob,bob,follow", "3,ann,bob,follow"])
    assert said.startswith("2 links from people to themselves: kept")


def test_people_that_nobody_knows_are_counted_each_once(known: Lake, tmp_path: Path) -> None:
    (said,) = told(known, tmp_path / "a.csv", LINKS, ["1,ann,zoe,follow", "2,zoe,bob,follow", "3,max,bob,follow"])
    assert said.startswith("2 people of 4 in these links without any order, event or customer record: counted")


def test_where_nobody_is_known_yet_nobody_is_a_stranger(lake: Lake, tmp_path: Path) -> None:
    assert told(lake, tmp_path / "a.csv", LINKS, ["1,ann,bob,follow"]) == []


def test_kinds_of_which_none_means_to_follow_are_named_the_most_frequent_first(known: Lake, tmp_path: Path) -> None:
    rows = ["1,ann,bob,知己", "2,bob,ann,知己", "3,ann,bob,buddy", *(f"{n},bob,ann,kind{n}" for n in range(4, 9))]
    (said,) = told(known, tmp_path / "a.csv", LINKS, rows)
    assert said.startswith("none of the kinds 知己, buddy, kind4, kind5, kind6 … is a usual word for following")


@pytest.mark.parametrize("kind", ["follow", "关注", ""])
def test_a_kind_that_means_to_follow_or_none_at_all_is_no_news(known: Lake, tmp_path: Path, kind: str) -> None:
    assert told(known, tmp_path / "a.csv", LINKS, [f"1,ann,bob,{kind}", f"2,bob,ann,{kind or ''}"]) == []


def test_invites_of_oneself_and_of_strangers_are_told_too(known: Lake, tmp_path: Path) -> None:
    own, strangers = told(known, tmp_path / "a.csv", INVITES, ["1,ann,ann", "2,ann,zoe", "3,bob,"])
    assert own.startswith("1 invite from people to themselves")
    assert strangers.startswith("1 person of 3 in these invites")
