"""/tags and /tag-groups: what can be said of customers, and of whom it is said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from titian.app import rule_tags, tag_making, tagging
from titian.app.answers.tags import (
    CustomersAsked,
    CustomerTag,
    FollowedTag,
    MergeAsked,
    MergedTag,
    NewTag,
    NewTagGroup,
    RemovedTag,
    RemovedTagGroup,
    TagBatchUndone,
    TagChange,
    TaggedReport,
    TagGroupChange,
    TagGroupInfo,
    TagHolders,
    TagInfo,
    TagList,
    UntaggedReport,
)
from titian.server.given import AtDesk, IdempotencyKey, Reads, ReadsAll, said, while_wanted
from titian.server.needs import needs

router = APIRouter(tags=["tags"])


@router.get("/tags", dependencies=[needs("numbers.read")])
def list_tags(desk: AtDesk) -> TagList:
    """All tags with the number of their customers, and all groups."""
    return tag_making.listed(desk)


@router.post("/tags", status_code=201, dependencies=[needs("audiences.write")])
def create_tag(reading: ReadsAll, asked: NewTag, idempotency_key: IdempotencyKey = None) -> TagInfo:
    """Make a tag; the same call again gives the same tag, 409 when the key stands for another.

    With a rule whoever meets it has it at once, and it is kept in step as data come in.
    """
    once = reading.desk.once
    return once.answer(idempotency_key, said("tag", asked), lambda: rule_tags.save_new(reading, asked))


@router.post("/tags/refresh", dependencies=[needs("audiences.write")])
async def refresh_tags(request: Request, desk: AtDesk) -> list[FollowedTag]:
    """Bring all tags with rules into step now, as every import does; what came of those that are masked is not told."""
    return await while_wanted(request, desk, None, rule_tags.refreshed)


@router.put("/tags/{key}", dependencies=[needs("audiences.write")])
def change_tag(reading: ReadsAll, key: str, asked: TagChange, idempotency_key: IdempotencyKey = None) -> TagInfo:
    """Publish the next version of a tag: name, colour, group, description or rule; 409 where another is in force meanwhile.

    Its key stays, and without a rule its customers.
    """
    once = reading.desk.once
    return once.answer(idempotency_key, said("tag", asked, key), lambda: rule_tags.save_change(reading, key, asked))


@router.delete("/tags/{key}", dependencies=[needs("audiences.write")])
def remove_tag(desk: AtDesk, key: str, idempotency_key: IdempotencyKey = None) -> RemovedTag:
    """Take a tag away, from all who have it too; the answer says how many they were."""
    return desk.once.answer(idempotency_key, ("remove tag", key), lambda: tag_making.remove(desk, key))


@router.post("/tags/{key}/merge", dependencies=[needs("audiences.write")])
def merge_tag(desk: AtDesk, key: str, asked: MergeAsked, idempotency_key: IdempotencyKey = None) -> MergedTag:
    """Give the customers of this tag the other instead, and remove it."""
    return desk.once.answer(idempotency_key, said("merge", asked, key), lambda: tag_making.merge(desk, key, asked.into))


@router.get("/tags/{key}/customers", dependencies=[needs("customers.read")])
def list_tag_customers(
    desk: AtDesk,
    key: str,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=tagging.MOST)] = 50,
) -> TagHolders:
    """Who has a tag, in the order of ids: since when, by whom and why."""
    return tagging.holders(desk, key, cursor, limit)


@router.post("/tags/{key}/customers", dependencies=[needs("customers.mark")])
def tag_customers(
    reading: Reads, key: str, asked: CustomersAsked, idempotency_key: IdempotencyKey = None
) -> TaggedReport:
    """Tag customers, one or many at once, all or none; those who are not in the workspace are told and left alone."""
    return reading.desk.once.answer(
        idempotency_key,
        said("give", asked, key),
        lambda: tagging.give(reading, key, tagging.asked(asked), asked.why),
    )


@router.delete("/tags/{key}/customers", dependencies=[needs("customers.mark")])
def untag_customers(
    reading: Reads, key: str, asked: CustomersAsked, idempotency_key: IdempotencyKey = None
) -> UntaggedReport:
    """Take a tag from customers, one or many at once, all or none."""
    return reading.desk.once.answer(
        idempotency_key, said("take", asked, key), lambda: tagging.take(reading, key, tagging.asked(asked))
    )


@router.post("/tag-batches/{batch}/undo", dependencies=[needs("customers.mark")])
def undo_tag_batch(desk: AtDesk, batch: str, idempotency_key: IdempotencyKey = None) -> TagBatchUndone:
    """Take back what a report tells: tags that it gave go, tags that it took return; twice changes nothing more."""
    return desk.once.answer(idempotency_key, ("undo tags", batch), lambda: tagging.take_back(desk, batch))


@router.get("/tag-groups", dependencies=[needs("numbers.read")])
def list_tag_groups(desk: AtDesk) -> list[TagGroupInfo]:
    """All groups of tags."""
    return list(tag_making.listed(desk).groups)


@router.post("/tag-groups", status_code=201, dependencies=[needs("audiences.write")])
def create_tag_group(desk: AtDesk, asked: NewTagGroup, idempotency_key: IdempotencyKey = None) -> TagGroupInfo:
    """Make a group of tags; the same call again gives the same group, 409 when the key stands for another."""
    return desk.once.answer(idempotency_key, said("group", asked), lambda: tag_making.create_group(desk, asked))


@router.put("/tag-groups/{key}", dependencies=[needs("audiences.write")])
def change_tag_group(
    desk: AtDesk, key: str, asked: TagGroupChange, idempotency_key: IdempotencyKey = None
) -> TagGroupInfo:
    """Publish the next version of a group; 409 where another is in force meanwhile, or when customers have several tags."""
    return desk.once.answer(
        idempotency_key, said("group", asked, key), lambda: tag_making.change_group(desk, key, asked)
    )


@router.delete("/tag-groups/{key}", dependencies=[needs("audiences.write")])
def remove_tag_group(desk: AtDesk, key: str, idempotency_key: IdempotencyKey = None) -> RemovedTagGroup:
    """Take a group away; its tags stay, in no group."""
    return desk.once.answer(idempotency_key, ("remove group", key), lambda: tag_making.remove_group(desk, key))


@router.get("/customers/{customer_id:path}/tags", dependencies=[needs("customers.read")])
def list_customer_tags(reading: Reads, customer_id: str) -> list[CustomerTag]:
    """The tags of a customer: since when, by whom and why."""
    return tagging.of_customer(reading, customer_id)
