"""The law behind all masking: two workspaces that differ in birthdays alone answer whoever may not see these alike.

So no list of what might tell a birthday has to be whole: whatever is answered by any page that only reads, on any of several
days, of any thing that was defined, is the same text for a viewer and an analyst.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.server import hillside
from tests.server.hillside import API
from tests.server.test_masking import shown
from titian.domain.permission import Role
from titian.server.openapi import document

OTHERS = {"c1": "1987-01-02", "c2": "1990-04-20", "c3": "1975-12-28", "c4": "1990-01-20", "c5": "1962-11-30"}
"""Other birthdays in the same years, which are shown: on each of the days somebody else is older, or in another layer."""
Worlds = tuple[dict[Role, TestClient], dict[Role, TestClient]]
VALUES: dict[str, list[str]] = {
    "customer_id": ["c2", "c5"],
    "layer": ["older", "q1"],
    "other": ["rfm", "ages"],
    "as_of": ["2025-02-14"],
    "day": ["2025-02-14"],
    "start": ["2025-02-01"],
    "end": ["2025-03-08"],
    "every": ["day"],
    "every_days": ["1"],
    "store_id": ["s2"],
    "version": ["1"],
    "q": ["a", "1990", "older"],
    "sort": ["layer"],
}
KEYS = {
    "layerings": [*hillside.LAYERINGS, "plain"],
    "audiences": [*hillside.AUDIENCES, *hillside.LISTS, *hillside.PLAIN],
    "tags": [*hillside.TAGS, "of_big"],
}
KEYS["definitions"] = KEYS["layerings"] + KEYS["audiences"]
VALUES["layering"] = KEYS["layerings"]
SORTS = ["layerings", "audiences"]
TOGETHER = [
    *(("as_of",), ("as_of", "store_id"), ("start", "end", "day", "every", "every_days"), ("q",)),
    *(("layering", "as_of"), ("layering", "sort", "as_of")),
]
MADE_UP = re.compile(
    r"20\d\d-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d|Z)?"  # when
    r"|\d{8}-\d{6}-\d{6}-[0-9a-f]{6}"  # an import
    r"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-\w+"  # a state of the data
    r"|\b[0-9a-f]{32}\b"  # a person, a session or a batch of tags
    r"|/[^\" ]*/shop"  # the folder
    r"|[\d.]+ GB"  # what is free on the disk
)
"""Which of them are asked at once, where a page takes the first."""


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    with (
        hillside.workspace(tmp_path_factory.mktemp("one")) as one,
        hillside.workspace(tmp_path_factory.mktemp("other"), OTHERS) as other,
    ):
        yield hillside.furnish(one), hillside.furnish(other)


def addresses() -> Iterator[str]:
    """Every address that only reads, of all that was defined and on several days; not those of the imported files."""
    for path, operations in json.loads(document())["paths"].items():
        if "get" not in operations or not path.startswith(API) or "{import_id}" in path or "openid" in path:
            continue
        asked = [one["name"] for one in operations["get"].get("parameters", []) if one["in"] == "query"]
        for address in _filled(path):
            yield address
            for names in TOGETHER:
                given = {name: VALUES[name] for name in names if name in asked}
                yield from _queried(address, given) if set(names[:1]) <= given.keys() else ()


def _filled(path: str) -> Iterator[str]:
    names = re.findall(r"{(\w+)}", path)
    of_keys = KEYS.get(path.removeprefix(f"{API}/").split("/")[0], ["rfm"])
    choices = [of_keys if name == "key" else SORTS if name == "sort" else VALUES.get(name, ["x"]) for name in names]
    for chosen in itertools.product(*choices):
        yield path.format_map({name: quote(value) for name, value in zip(names, chosen, strict=True)})


def _queried(address: str, given: dict[str, list[str]]) -> Iterator[str]:
    for chosen in itertools.product(*given.values()):
        yield address + "?" + "&".join(f"{name}={value}" for name, value in zip(given, chosen, strict=True))


def told(client: TestClient, address: str, asked: object = None) -> tuple[int, str]:
    """What is answered, but for when and where things were made, and names that are made up."""
    answer = client.get(address) if asked is None else client.post(address, json=asked)
    return answer.status_code, MADE_UP.sub("made up", shown(answer))


def differing(worlds: Worlds, role: Role, asked: list[str]) -> list[str]:
    one, other = worlds
    return [address for address in asked if told(one[role], address) != told(other[role], address)]


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.full), 18], ids=["all", "some"])
def test_no_page_that_only_reads(worlds: Worlds, every: int) -> None:
    assert differing(worlds, "analyst", list(addresses())[::every]) == []


NAMING = [{"audience": key} for key in KEYS["audiences"]] + [{"tag": key} for key in KEYS["tags"]]
NAMING += [{"layering": key, "layers": ["older", "high_high", "q1"]} for key in KEYS["layerings"]]
NAMING += [{"moved": "ages", "target": ["older"], "since": "2025-02-01"}, hillside.BIG]
QUESTIONS: list[tuple[str, object]] = [
    *((path, {"rule": rule}) for path in ("/selections", "/selections/portrait") for rule in NAMING),
    *(("/population/preview", {"rule": {"not": rule}, "as_of": "2025-02-14"}) for rule in NAMING),
    *(("/audiences/overlap", {"audiences": ["big", key]}) for key in KEYS["audiences"]),
    *((f"/layerings/{key}/impact", {"parameters": {"trait": "spend"}}) for key in KEYS["layerings"]),
    ("/layerings/preview", {"kind": "quantiles", "parameters": {"trait": "spend"}}),
    ("/tags/refresh", {}),
]


@pytest.mark.full
def test_no_question(worlds: Worlds) -> None:
    """Of rules, of who would be left out, of audiences laid over each other, of what a change would do."""
    one, other = worlds
    differ = [
        (path, asked)
        for path, asked in QUESTIONS
        if told(one["analyst"], API + path, asked) != told(other["analyst"], API + path, asked)
    ]
    assert differ == []


@pytest.mark.full
def test_here_they_would_differ(worlds: Worlds) -> None:
    """The law would see it: whoever may see birthdays is answered otherwise."""
    asked = [
        *("/layerings", "/audiences", "/tags", "/customers/c1", "/customers/c2/tags", "/audiences/early/sizes"),
        *(
            "/layerings/ages/history?start=2025-02-01&end=2025-03-08",
            "/audiences/frozen/export",
            "/customers?layering=thirds",
        ),
    ]
    seen = differing(worlds, "operator", [API + path for path in asked])
    assert seen == [API + path for path in asked]
