"""Known: which of the customers that somebody names are in the workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import uuid4

import pyarrow as pa

from titian.app.desk import Reading
from titian.app.texts import storable
from titian.errors import NotFoundError
from titian.traits import population

LONGEST_ID = 500
"""Characters of an id that can be tagged or noted; nobody has a longer one."""


LISTED_UNKNOWN = 100
LONGEST_LISTED = 80
"""Characters of an unknown id that are repeated."""


def known(reading: Reading, ids: Iterable[str]) -> frozenset[str]:
    """Those of the ids that the data show; whom one table shows are not looked for in the next, which may be long."""
    missing = {one for one in ids if len(one) <= LONGEST_ID and storable(one)}
    found: set[str] = set()
    for table in population.seen_in(reading.data):
        if missing:
            here = _in_table(reading, table, missing)
            found, missing = found | here, missing - here
    return frozenset(found)


def _in_table(reading: Reading, table: str, ids: Collection[str]) -> set[str]:
    rows = pa.table({"customer_id": pa.array(ids, pa.string())})
    # What is kept goes when nobody holds it any more: it has to be held until the question was answered.
    asked, kept = reading.data.engine.upload(("asked", uuid4().hex), lambda: rows)
    found = reading.data.arrow(population.known_in(reading.data, table, asked))
    del kept
    return {str(one) for one in found.column("customer_id").to_pylist()}


def need(reading: Reading, customer_id: str) -> None:
    """Raise NotFoundError for nobody's id."""
    if not known(reading, [customer_id]):
        raise NotFoundError(
            f"there is no customer {customer_id[:60]!r}",
            "check the id (ids are text: leading zeros count)",
            zh=f"没有客户 {customer_id[:60]!r}",
            hint_zh="请检查编号（编号是文本，前导零有意义）",
            customer_id=customer_id[:LONGEST_ID],
        )


def sayable(unknown: Sequence[str]) -> tuple[str, ...]:
    """The first of them as they can be shown: half characters can't be sent anywhere."""
    return tuple(one[:LONGEST_LISTED].encode("utf-8", "replace").decode() for one in unknown[:LISTED_UNKNOWN])
