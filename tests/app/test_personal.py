"""Customers are found by id, name, phone and e-mail, whole and in part, however these are written, and by other ids."""

from __future__ import annotations

import pytest

from titian.app import customers, importing, portraits, searching
from titian.app import workspace as workspaces
from titian.app.customers import CustomerQuery
from titian.app.desk import Desk, Reading
from titian.app.importing import SourceAsked
from titian.app.personal import name_of, shown
from titian.app.settings import WorkspaceSettings
from titian.domain.mapping import Mapping
from titian.warehouse.progress import silent

TABLES = {
    "customers": "customer_id,name,phone,email\n"
    "c1,李 雷,13812345678,Li.Lei@Example.com\n"
    "c2,Zoë Kim,+86 139-8765-4321,zoe@kim.org\n"
    "c3,,(020) 7946 0018,\n"
    "c4,100%_x,,\n",
    "identities": "source,source_id,customer_id\nwecom,wmABC123,c1\nmini_program,oXYZ,c1\nwecom,c2,c3\n",
    "orders": "order_id,customer_id,ordered_at,amount\n1,c1,2024-03-01,10\n2,c5,2024-03-01,10\n",
}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("found")
    with Desk(workspaces.init(folder / "shop", WorkspaceSettings(timezone="UTC"))) as desk:
        for table, text in TABLES.items():
            (path := folder / f"{table}.csv").write_text(text, "utf-8")
            columns = {name: name for name in text.splitlines()[0].split(",")}
            importing.load(
                desk, SourceAsked(str(path)), Mapping(table=table, columns=columns), strict=True, progress=silent
            )
        with desk.reading() as opened:
            yield opened


WHO = [
    ("c1", ["c1"]),
    ("C1", ["c1"]),
    ("李雷", ["c1"]),
    ("李 雷", ["c1"]),
    ("ZOË", ["c2"]),
    ("zoëkim", ["c2"]),
    ("138 1234 5678", ["c1"]),
    ("138-1234-5678", ["c1"]),
    ("+86 138 1234 5678", ["c1"]),
    ("+8613812345678", ["c1"]),
    ("008613812345678", ["c1"]),
    ("8613812345678", ["c1"]),
    ("１３８１２３４５６７８", ["c1"]),
    ("13987654321", ["c2"]),
    ("8765 4321", ["c2"]),
    ("020 7946", ["c3"]),
    ("(020) 7946-0018", ["c3"]),
    ("li.lei@EXAMPLE.com", ["c1"]),
    ("@kim", ["c2"]),
    ("wmabc", ["c1"]),
    ("oXYZ", ["c1"]),
    ("c2", ["c2", "c3"]),
    ("100%_", ["c4"]),
    ("%", ["c4"]),
    ("c5", ["c5"]),
    ("- - -", []),
    ("+86", ["c2"]),
    ("99999", []),
    ("' or 1=1 --", []),
]


@pytest.mark.parametrize(("text", "who"), WHO, ids=[text for text, _ in WHO])
def test_the_list_and_the_search_box_find_the_same_customers(reading: Reading, text: str, who: list[str]) -> None:
    page = customers.page(reading, CustomerQuery(text=text, sort="customer_id", order="asc"), None, 20)
    assert [row.customer_id for row in page.rows] == who
    hits = [hit.key for hit in searching.search(reading, text, None) if hit.kind == "customer"]
    assert sorted(hits) == who


def test_the_portrait_shows_by_which_ids_others_know_a_customer(reading: Reading) -> None:
    def others(who: str) -> list[tuple[str, str]]:
        return [(one.source, one.source_id) for one in portraits.portrait(reading, who, None, None).identities]

    assert others("c1") == [("mini_program", "oXYZ"), ("wecom", "wmABC123")]
    assert (others("c3"), others("c5")) == ([("wecom", "c2")], [])


def test_without_profiles_or_identities_ids_are_found_still(desk: Desk) -> None:
    with desk.reading() as opened:
        assert customers.page(opened, CustomerQuery(text="00042"), None, 5).total == 1


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("phone", "13812345678", "138****5678"),
        ("email", "li@example.com", "l***@example.com"),
        ("city", "杭州", "杭州"),
    ],
)
def test_contacts_are_shown_as_far_as_one_recognises_them(attribute: str, value: str, said: str) -> None:
    assert shown(attribute, value) == said


def test_a_name_is_told_where_there_is_one() -> None:
    assert (name_of({"name": "Ann"}), name_of({"name": None})) == ("Ann", None)
