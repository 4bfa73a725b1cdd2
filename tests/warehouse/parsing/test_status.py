"""The state of an order."""

from pathlib import Path

from tests.warehouse.shop import read


def test_words_of_shops_and_of_the_mapping_are_understood(tmp_path: Path) -> None:
    words = ["交易成功", "REFUND", "Sonderfall", "unpaid", None]
    rows, faults = read(tmp_path, {"status": words}, status_values={"sonderfall": "cancelled"})
    assert [row["status"] for row in rows] == ["paid", "refund", "cancelled", "unpaid", None]
    assert faults == []


def test_the_mappings_word_wins(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, {"status": ["Completed"]}, status_values={"completed": "unpaid"})
    assert rows[0]["status"] == "unpaid"


def test_an_unknown_word_is_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path, {"status": ["paid", "weiß nicht"]})
    assert faults == [(1, "status", "unknown_status")]


def test_an_unpaid_order_can_not_give_money_back(tmp_path: Path) -> None:
    _, faults = read(tmp_path, {"status": ["unpaid"], "amount": ["-5"]})
    assert faults == [(0, "status", "negative_unpaid")]


def test_each_fault_of_a_row_is_told(tmp_path: Path) -> None:
    _, faults = read(tmp_path, {"ordered_at": ["soon"], "amount": ["much"], "status": ["?"]})
    assert faults == [(0, "ordered_at", "not_a_time"), (0, "amount", "not_money"), (0, "status", "unknown_status")]
