"""A search finds what has a name, and customers by what is known of them."""

from urllib.parse import unquote

import pytest

from tests.app import bazaar
from titian.app import saving_audiences, tag_making
from titian.app.answers.audiences import NewAudience
from titian.app.answers.tags import NewTag
from titian.app.answers.workspace import Found
from titian.app.desk import Desk, Reading
from titian.app.searching import MOST_CUSTOMERS, MOST_HITS, search
from titian.domain.words import Words


def customers(hits: list[Found]) -> list[str]:
    return [hit.key for hit in hits if hit.kind == "customer"]


@pytest.mark.parametrize(
    ("text", "who"),
    [("李 雷", "b01"), ("13812345678", "b01"), ("LI@Example", "b01"), ("zoë", "walk-in"), ("hyperlink(", "b02")],
)
def test_a_customer_is_found_by_name_phone_or_address(market_day: Reading, text: str, who: str) -> None:
    assert customers(search(market_day, text, None)) == [who]


def test_customers_are_found_by_a_part_of_the_id_in_order(market_day: Reading) -> None:
    expected = sorted(who for who in bazaar.everyone() if "b1" in who)
    assert customers(search(market_day, "B1", None)) == expected[:MOST_CUSTOMERS]


def test_the_exact_id_comes_before_those_that_hold_it(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        assert customers(search(reading, "00010", None))[0] == "00010"


def test_a_customer_is_shown_with_the_layer_they_are_in(market_day: Reading) -> None:
    (hit,) = (hit for hit in search(market_day, "walk-in", None) if hit.kind == "customer")
    assert hit.subtitle == Words(zh="未购", en="none")
    assert unquote(hit.path) == "/customers/walk-in"


@pytest.mark.parametrize(
    ("text", "key"), [("重要价值", "important_value"), ("AT RISK", "at_risk"), ("churned", "churned")]
)
def test_a_layer_is_found_in_either_language_and_leads_to_its_page(market_day: Reading, text: str, key: str) -> None:
    paths = {hit.key: hit.path for hit in search(market_day, text, None) if hit.kind == "layer"}
    assert paths[key].endswith(f"?layer={key}")


@pytest.mark.parametrize("text", ["carts", "近期加购", "LATELY"])
def test_audiences_and_tags_are_found_by_key_and_name_and_lead_to_their_pages(own_desk: Desk, text: str) -> None:
    name = Words(zh="近期加购", en="Carts lately")
    with own_desk.reading() as reading:
        rule = {"trait": "spend", "op": ">=", "value": 1}
        saving_audiences.create(reading, NewAudience(key="carts", name=name, rule=rule))
        tag_making.create(own_desk, NewTag(key="carts_tag", name=name))
        found = {hit.kind: hit.path for hit in search(reading, text, None)}
    assert found["audience"] == "/audiences/carts"
    assert found["tag"] == "/audiences?tab=tags&tag=carts_tag"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("overview", "/"),
        ("设置", "/settings"),
        ("Settings", "/settings"),
        ("新建人群", "/audiences/new"),
        ("tags", "/audiences?tab=tags"),
    ],
)
def test_a_page_is_found_by_its_name(market_day: Reading, text: str, path: str) -> None:
    assert path in [hit.path for hit in search(market_day, text, None) if hit.kind == "page"]


def test_names_come_before_customers_and_all_is_bounded(market_day: Reading) -> None:
    hits = search(market_day, "e", None)
    kinds = [hit.kind for hit in hits]
    assert len(hits) <= MOST_HITS
    assert kinds == sorted(kinds, key=lambda kind: kind == "customer")


@pytest.mark.parametrize("text", ["", "  ", "\t", "%", "_ _", "nothing like it"])
def test_what_matches_nothing_finds_nothing(market_day: Reading, text: str) -> None:
    assert search(market_day, text, None) == []


def test_without_data_pages_and_layerings_are_found_still(empty: Desk) -> None:
    with empty.reading() as reading:
        assert {hit.kind for hit in search(reading, "rfm", None)} == {"layering"}
        assert [hit.path for hit in search(reading, "客户", None) if hit.kind == "page"] == ["/customers"]
