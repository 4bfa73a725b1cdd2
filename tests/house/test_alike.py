"""What tests take for the same."""

from tests.alike import alike


def test_what_differs_by_more_than_the_order_of_adding_is_told_apart() -> None:
    assert alike({"a": [0.1 + 0.2, None, "x"]}, {"a": [0.3, None, "x"]})
    for other in ({"a": [0.30001]}, {"a": [0.3, 1]}, {"b": [0.3]}, {"a": "0.3"}):
        assert not alike({"a": [0.3]}, other)
