"""Tagging: customers get tags and lose them, one or many at once, and a batch is taken back."""

from __future__ import annotations

from collections.abc import Iterable

from titian.app import paging
from titian.app.answers.tags import (
    CustomersAsked,
    CustomerTag,
    TagBatchUndone,
    TaggedReport,
    TagHolder,
    TagHolders,
    UntaggedReport,
)
from titian.app.desk import Desk, Reading
from titian.app.hiding import Hiding
from titian.app.known import LONGEST_ID, known, need, sayable
from titian.app.named_customers import in_text, named
from titian.app.tag_making import refuse_by_hand
from titian.app.texts import LONGEST_WHY, storable, text, whole
from titian.domain.tag import Source

MOST = 500
"""Customers on one page of those who have a tag."""


def asked(given: CustomersAsked) -> list[str]:
    """The ids that a call names, in its list or its text."""
    return [*given.ids, *in_text(given.text)]


def give(reading: Reading, key: str, given: Iterable[str], why: str = "") -> TaggedReport:
    """Tag customers of the workspace; of an exclusive group they keep this tag alone. Twice changes nothing more.

    Raises UnknownNameError for a tag that is none, InputError without customers.
    """
    wanted, reason = named(given), text(why, "why", LONGEST_WHY)
    refuse_by_hand(reading.desk, whole(key, "key"))
    there = known(reading, wanted.ids)
    unknown = [one for one in wanted.ids if one not in there]
    source: Source = "hand" if wanted.asked == 1 else "batch"
    given_to, batch = reading.desk.tags.give(key, (one for one in wanted.ids if one in there), reason, source)
    return TaggedReport(
        **wanted.read(unknown),
        tag=key,
        unknown_ids=sayable(unknown),
        batch=batch,
        already=given_to.already,
        tagged=given_to.tagged,
        taken_out=given_to.taken_out,
    )


def take(reading: Reading, key: str, given: Iterable[str]) -> UntaggedReport:
    """Take a tag from customers, also from those who are in the workspace no longer. Twice changes nothing more.

    Raises UnknownNameError for a tag that is none, InputError without customers.
    """
    wanted = named(given)
    refuse_by_hand(reading.desk, whole(key, "key"))
    possible = (one for one in wanted.ids if len(one) <= LONGEST_ID and storable(one))
    had, batch = reading.desk.tags.take(key, possible)
    rest = [one for one in wanted.ids if one not in had]
    there = known(reading, rest)
    unknown = [one for one in rest if one not in there]
    return UntaggedReport(
        **wanted.read(unknown),
        tag=key,
        unknown_ids=sayable(unknown),
        batch=batch,
        without=len(there),
        untagged=len(had),
    )


def take_back(desk: Desk, batch: str) -> TagBatchUndone:
    """Undo what a report tells: what it gave goes, what it took returns. Raises NotFoundError for nobody's batch."""
    undone = desk.tags.take_back(whole(batch, "batch"))
    return TagBatchUndone(batch=batch, removed=undone.removed, restored=undone.restored, repeated=undone.repeated)


def of_customer(reading: Reading, customer_id: str) -> list[CustomerTag]:
    """The tags of a customer but for those hidden from who acts. Raises NotFoundError for nobody's id."""
    hiding = Hiding(reading.desk)
    held_here = reading.desk.tags.of_customer(customer_id) if storable(customer_id) else []
    found = [(tag, held) for tag, held in held_here if not hiding.hides_rule(tag.rule)]
    if not found:
        need(reading, customer_id)
    zone = reading.desk.workspace.zone
    return [
        CustomerTag(
            tag=tag.key,
            name=tag.name,
            colour=tag.colour,
            group=tag.group,
            by_rule=tag.rule is not None,
            since=held.since.astimezone(zone),
            by=held.by,
            why=held.why,
            source=held.source,
            batch=held.batch,
        )
        for tag, held in found
    ]


def holders(desk: Desk, key: str, cursor: str | None, limit: int) -> TagHolders:
    """A page of who has a tag.

    Raises UnknownNameError, MaskedError for one hidden from who acts, InputError for a cursor of another list.
    """
    Hiding(desk).need(f"tags/{key}")
    after = None if cursor is None else paging.unpacked(cursor, 1)[0]
    found = desk.tags.holders(key, after, limit + 1)
    zone, shown = desk.workspace.zone, found[:limit]
    return TagHolders(
        tag=key,
        total=desk.tags.one(key).customers,
        customers=tuple(
            TagHolder(
                customer_id=one.customer_id,
                since=one.since.astimezone(zone),
                by=one.by,
                why=one.why,
                source=one.source,
                batch=one.batch,
            )
            for one in shown
        ),
        next_cursor=paging.packed(shown[-1].customer_id) if len(found) > limit else None,
    )
