"""Identities: by which ids other systems know a customer."""

from __future__ import annotations

from titian.app.answers.customers import IdentityInfo
from titian.app.desk import Reading
from titian.app.personal import shown


def identities_of(reading: Reading, customer_id: str) -> tuple[IdentityInfo, ...]:
    """The ids of other systems that are of this customer, in the order of systems."""
    if not reading.data.has("identities"):
        return ()
    rows = reading.data.table("identities")
    found = reading.desk.questions.ask(
        reading.data,
        customer_id,
        "identities",
        lambda who: rows.filter(rows.customer_id == who).select("source", "source_id"),
    )
    told = sorted({(str(row["source"]), str(row["source_id"])) for row in found})
    return tuple(IdentityInfo(source=source, source_id=shown("source_id", source_id)) for source, source_id in told)
