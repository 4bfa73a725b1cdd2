"""Linking: traits of who follows, answers and invites whom."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from titian.stats.ranking import pagerank
from titian.stats.reach import reach
from titian.traits.declaring import words
from titian.traits.moment import Moment
from titian.traits.sources import Source
from titian.traits.trait import Fold, Term, Trait, Unit
from titian.warehouse.dataset import Dataset

DECIMALS = 9
"""Of influence: adding in another order moves the last bits, and people who stand alike must not be told apart by them."""


def link_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Links before the as_of, of whom somebody else links to: `customer_id`, `other_id`, `at`, `is_follow`, `strength`.

    A link without a date was there from the start. Links to oneself count nothing; one without a weight weighs one.
    """
    rows = data.table("links")
    rows = rows.mutate(at=rows.linked_at.coalesce(moment.beginning))
    rows = rows.filter(rows.from_id.notnull(), rows.to_id.notnull(), rows.from_id != rows.to_id, rows.at < moment.until)
    return rows.select(
        "at",
        customer_id="to_id",
        other_id="from_id",
        is_follow=rows.kind.isin(data.meanings.names("follow")),
        strength=ibis.ifelse(rows.weight > 0, rows.weight, 1.0).fill_null(1.0),
    )


def influence_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Everyone in the links and invites before the as_of: `customer_id`, `at`, `influence` and `reach`.

    influence: PageRank over links (to whom is linked) and joinings (from the invitee to the first inviter), times the
    number of people, so that one is the average; to nine decimals, below which what should be equal is not.
    reach: how many stand below in the invite tree, loops left out.
    """
    key = ("influence", data.version, moment.as_of)
    rows, _ = data.engine.upload(key, partial(_ranked, data, moment))
    return rows.mutate(at=moment.beginning)


def _ranked(data: Dataset, moment: Moment) -> pa.Table:
    links = data.arrow(link_rows(data, moment).select("other_id", "customer_id", "strength"))
    invites = data.arrow(_joinings(data, moment))
    sides = [links["other_id"], links["customer_id"], invites["inviter_id"], invites["invitee_id"]]
    # Numbered in the order of ids, so that neither the order of rows nor the engine shows in the ranks.
    people = pc.unique(pa.chunked_array([chunk for side in sides for chunk in side.chunks], type=pa.string())).sort()
    source, target, inviter, invitee = (pc.index_in(side, people).to_numpy() for side in sides)
    tree = reach(len(people), inviter, invitee, invites["joined_at"].cast(pa.int64()).to_numpy())
    brought = np.flatnonzero(tree.inviter >= 0)
    ranks = pagerank(
        len(people),
        np.concatenate([source, brought]),
        np.concatenate([target, tree.inviter[brought]]),
        np.concatenate([links["strength"].to_numpy(), np.ones(len(brought))]),
    ).ranks
    influence = np.round(ranks * len(people), DECIMALS)
    return pa.table({"customer_id": people, "influence": influence, "reach": tree.below})


def _joinings(data: Dataset, moment: Moment) -> ir.Table:
    rows = data.table("invites")
    rows = rows.filter(rows.inviter_id.notnull(), rows.invitee_id.notnull(), rows.joined_at < moment.until)
    return rows.select("inviter_id", "invitee_id", "joined_at")


LINKS_IN = Source("links in", ("links",), "at", link_rows)
INFLUENCE_RANKS = Source("influence ranks", ("links", "invites"), "at", influence_rows, either=True)

FOLLOWERS = Trait(
    "followers",
    words("粉丝数", "followers"),
    words("关注该客户的不同客户数，不含自己", "different customers who follow this one, other than themselves"),
    Unit.PEOPLE,
    Fold(LINKS_IN, "distinct", (Term("at", "other_id", "is_follow"),)),
    empty=0,
)

INFLUENCE = Trait(
    "influence",
    words("影响力", "influence"),
    words(
        "在关注、回复、点赞、分享和邀请关系上的 PageRank，以人均为 1；自己对自己和邀请成环不计",
        "PageRank over follows, replies, likes, shares and invites, the average being 1; self links and loops count nothing",
    ),
    Unit.NONE,
    Fold(INFLUENCE_RANKS, "max", (Term("at", "influence"),)),
)

REACH = Trait(
    "invite_reach",
    words("裂变人数", "reach of invites"),
    words(
        "直接和间接邀请来的人数，每人只算第一位邀请人",
        "people brought directly and through others, each by their first inviter",
    ),
    Unit.PEOPLE,
    Fold(INFLUENCE_RANKS, "max", (Term("at", "reach"),)),
    empty=0,
)

LINKING = (FOLLOWERS, INFLUENCE, REACH)
