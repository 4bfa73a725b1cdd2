"""Searching: customers, layers, layerings and pages that match what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from titian.app import masking
from titian.app.answers.workspace import Found
from titian.app.customers import CustomerQuery, page
from titian.app.desk import Desk, Reading
from titian.app.held import assigned, held, missing
from titian.app.personal import matching
from titian.domain.words import Words
from titian.traits.planner import trait_query

MOST_CUSTOMERS = 8
MOST_HITS = 20
NOT_COUNTED = Words(zh="不计入统计", en="not counted")

PAGES = (
    ("/", Words(zh="总览", en="Overview")),
    ("/customers", Words(zh="客户", en="Customers")),
    ("/layerings", Words(zh="分层", en="Layerings")),
    ("/audiences", Words(zh="人群", en="Audiences")),
    ("/audiences/new", Words(zh="新建人群", en="New audience")),
    ("/audiences?tab=tags", Words(zh="标签", en="Tags")),
    ("/data", Words(zh="数据", en="Data")),
    ("/settings", Words(zh="设置", en="Settings")),
)


def search(reading: Reading, text: str, as_of: date | None) -> list[Found]:
    """The best twenty hits, things with names before customers."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    hits = [*_pages(wanted), *_groups(reading.desk, wanted), *_layerings(reading, wanted, as_of)]
    if reading.present.end is not None:
        hits += _customers(reading, wanted, as_of)
        hits += _left_out(reading, wanted, as_of)
    return hits[:MOST_HITS]


def _pages(wanted: str) -> Iterator[Found]:
    for path, words in PAGES:
        if _matches(wanted, words.en.lower(), words):
            yield Found(kind="page", key=path, title=words, subtitle=None, path=path)


def _groups(desk: Desk, wanted: str) -> Iterator[Found]:
    """Saved audiences, and tags."""
    for key, definition in desk.audiences.current().items():
        name = definition.name or Words(zh=key, en=key)
        if _matches(wanted, key, name):
            yield Found(kind="audience", key=key, title=name, subtitle=None, path=f"/audiences/{key}")
    # To look makes nothing: where no store is yet, there are no tags.
    for one in desk.tags.all()[0] if desk.stored.there else ():
        if _matches(wanted, one.tag.key, one.tag.name):
            path = f"/audiences?tab=tags&tag={one.tag.key}"
            yield Found(kind="tag", key=one.tag.key, title=one.tag.name, subtitle=None, path=path)


def _layerings(reading: Reading, wanted: str, as_of: date | None) -> Iterator[Found]:
    for key, found in held(reading.desk).items():
        path = f"/layerings/{key}"
        if _matches(wanted, key, found.words):
            yield Found(kind="layering", key=key, title=found.words, subtitle=found.layering.meaning, path=path)
        if (
            reading.present.end is None
            or missing(reading, found.layering)
            or not masking.shows_layering(found.layering)
        ):
            continue
        for layer in assigned(reading, found, reading.day(as_of)).fitted.layers:
            if _matches(wanted, layer.key, layer.name):
                to = f"{path}?layer={layer.key}"
                yield Found(kind="layer", key=layer.key, title=layer.name, subtitle=found.words, path=to)


def _customers(reading: Reading, wanted: str, as_of: date | None) -> Iterator[Found]:
    asked = CustomerQuery(as_of=as_of, text=wanted, sort="customer_id", order="asc")
    shown = page(reading, asked, None, MOST_CUSTOMERS)
    names = {layer.key: layer.name for layer in shown.layers}
    for row in sorted(shown.rows, key=lambda row: row.customer_id.lower() != wanted):
        title = Words(zh=row.customer_id, en=row.customer_id)
        path = f"/customers/{quote(row.customer_id, safe='')}"
        yield Found(kind="customer", key=row.customer_id, title=title, subtitle=names[row.layer], path=path)


def _left_out(reading: Reading, wanted: str, as_of: date | None) -> Iterator[Found]:
    """Those who count nowhere, and still have a page."""
    day = reading.day(as_of)
    counted = reading.counted(day)
    if counted.part:
        everyone = trait_query((), reading.data, reading.instant(day))
        out = everyone.anti_join(trait_query((), counted, reading.instant(day)), "customer_id")
        found = out.filter(matching(reading.data, out, wanted)).order_by("customer_id").limit(MOST_CUSTOMERS)
        for row in reading.data.execute(found):
            who = str(row["customer_id"])
            path = f"/customers/{quote(who, safe='')}"
            yield Found(kind="customer", key=who, title=Words(zh=who, en=who), subtitle=NOT_COUNTED, path=path)


def _matches(wanted: str, key: str, words: Words) -> bool:
    return any(wanted in said.lower() for said in (key, words.zh, words.en))
