"""The measures of the house: how long files, functions and tests may be."""

from pathlib import Path
from statistics import median

from tests.house.repository import functions, lines, under


def code() -> list[Path]:
    return [path for path in under("src/titian", ".py") if path.name != "__init__.py"]


def longest(sizes: dict[str, int], count: int = 5) -> str:
    return ", ".join(f"{name} ({size})" for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:count])


def share_under(sizes: dict[str, int], limit: int) -> float:
    return sum(size < limit for size in sizes.values()) / max(len(sizes), 1)


def test_a_source_file_is_a_page_or_two_long():
    sizes = {str(path): lines(path) for path in code()}
    assert median(sizes.values()) <= 180, longest(sizes)
    assert share_under(sizes, 400) >= 0.9, longest(sizes)
    assert max(sizes.values()) <= 700, longest(sizes)


def test_nine_functions_of_ten_are_under_35_lines():
    sizes = {name: size for path in code() for name, size in functions(path)}
    assert share_under(sizes, 35) >= 0.9, longest(sizes, 20)


def test_there_are_at_least_as_many_lines_of_tests_as_of_code():
    assert sum(lines(path) for path in under("tests", ".py")) >= sum(lines(path) for path in code())


def test_the_median_test_is_under_15_lines():
    sizes = {
        name: size
        for path in under("tests", ".py")
        for name, size in functions(path)
        if name.split()[-1].startswith("test_")
    }
    assert median(sizes.values()) < 15, longest(sizes)


def test_nine_web_files_of_ten_are_under_300_lines():
    sizes = {str(path): lines(path) for path in under("web/src", ".ts", ".tsx", ".css") if path.name != "schema.d.ts"}
    assert share_under(sizes, 300) >= 0.9 or not sizes, longest(sizes)


def test_no_room_has_a_cupboard_for_odds_and_ends():
    names = {path.stem for path in under("src", ".py") + under("web/src", ".ts", ".tsx") + under("tests", ".py")}
    assert names.isdisjoint({"utils", "util", "helpers", "helper", "common", "misc", "manager"})
