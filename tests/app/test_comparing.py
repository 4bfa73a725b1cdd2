"""Two layerings laid over each other: every pair, its money and what chance would bring, counted by plain loops."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from math import sqrt

import pytest

from tests.app import bazaar
from tests.oracle.facts import all_traits
from tests.oracle.matrix import rfm
from tests.oracle.value_levels import ValueLevels
from titian.app import comparing
from titian.app.answers.history import Crossed, CrossedCell
from titian.app.desk import Desk
from titian.errors import InputError, UnknownNameError

AT = bazaar.midnight(bazaar.END)
Pair = tuple[str, str]


@cache
def placed() -> dict[str, Pair]:
    """Everyone's layer and level, as the oracle says."""
    value, levels = rfm(), ValueLevels()
    by_value = bazaar.with_onlookers(value.assign(bazaar.SHOP, AT, value.fit_at(bazaar.SHOP, AT)))
    by_level = bazaar.with_onlookers(levels.assign(bazaar.SHOP, AT, levels.fit(bazaar.SHOP, AT)))
    return {who: (layer, by_level[who]) for who, layer in by_value.items()}


@cache
def counted() -> Counter[Pair]:
    return Counter(placed().values())


@pytest.fixture(scope="module")
def crossed(bazaar_desk: Desk) -> Crossed:
    with bazaar_desk.reading() as reading:
        return comparing.crossed(reading, "rfm", "value_levels", None)


@pytest.fixture(scope="module")
def cells(crossed: Crossed) -> dict[Pair, CrossedCell]:
    return {(cell.first, cell.second): cell for cell in crossed.cells}


def test_every_pair_has_a_cell_in_rank_order_the_empty_ones_too(crossed: Crossed) -> None:
    pairs = [(one.key, other.key) for one in crossed.first_layers for other in crossed.second_layers]
    assert [(cell.first, cell.second) for cell in crossed.cells] == pairs
    assert any(cell.customers == 0 for cell in crossed.cells)


def test_a_cell_holds_those_who_are_in_both(cells: dict[Pair, CrossedCell]) -> None:
    assert {pair: cell.customers for pair, cell in cells.items() if cell.customers} == counted()


def test_shares_are_of_all_of_the_row_and_of_the_column(cells: dict[Pair, CrossedCell]) -> None:
    rows, columns = Counter(one for one, _ in placed().values()), Counter(other for _, other in placed().values())
    for (one, other), cell in cells.items():
        n = counted()[one, other]
        assert cell.share == pytest.approx(n / len(placed()))
        assert cell.share_of_first == (pytest.approx(n / rows[one]) if rows[one] else None)
        assert cell.share_of_second == (pytest.approx(n / columns[other]) if columns[other] else None)


def test_money_is_what_those_in_both_spent(cells: dict[Pair, CrossedCell]) -> None:
    money: dict[Pair, Decimal] = defaultdict(Decimal)
    for who, traits in all_traits(bazaar.SHOP, AT, None).items():
        money[placed()[who]] += traits.spend
    whole = sum(money.values())
    for pair, cell in cells.items():
        assert cell.money == pytest.approx(float(money[pair]))
        assert cell.money_share == pytest.approx(float(money[pair] / whole))


def test_an_index_above_a_hundred_is_more_than_chance_would_bring(cells: dict[Pair, CrossedCell]) -> None:
    rows, columns = Counter(one for one, _ in placed().values()), Counter(other for _, other in placed().values())
    for (one, other), cell in cells.items():
        chance = rows[one] * columns[other] / len(placed())
        assert cell.tgi == (pytest.approx(counted()[one, other] / chance * 100) if chance else None)
        assert cell.residual == pytest.approx((counted()[one, other] - chance) / sqrt(chance) if chance else 0)


def test_turned_round_it_is_the_same_table_on_its_side(bazaar_desk: Desk, crossed: Crossed) -> None:
    with bazaar_desk.reading() as reading:
        turned = comparing.crossed(reading, "value_levels", "rfm", None)
    assert {(cell.second, cell.first): cell.customers for cell in turned.cells} == {
        (cell.first, cell.second): cell.customers for cell in crossed.cells
    }
    assert turned.association == pytest.approx(crossed.association)
    assert (turned.first_name, turned.second_name) == (crossed.second_name, crossed.first_name)


def test_the_association_is_within_its_band(crossed: Crossed) -> None:
    assert crossed.association is not None
    assert crossed.low is not None
    assert crossed.high is not None
    assert 0 <= crossed.low <= crossed.association <= crossed.high <= 1


def test_a_layering_can_not_be_laid_over_itself(bazaar_desk: Desk) -> None:
    with bazaar_desk.reading() as reading, pytest.raises(InputError, match="rfm") as refused:
        comparing.crossed(reading, "rfm", "rfm", None)
    assert refused.value.zh != refused.value.message


@pytest.mark.parametrize(("one", "other"), [("rmf", "rfm"), ("rfm", "rmf")])
def test_either_may_be_unknown_and_is_named(bazaar_desk: Desk, one: str, other: str) -> None:
    with bazaar_desk.reading() as reading, pytest.raises(UnknownNameError, match="rmf"):
        comparing.crossed(reading, one, other, None)
