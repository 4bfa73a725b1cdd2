"""Influence: who moves whom (KOL, KOC, ordinary)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from titian.domain.cut import Cut, FittedCut, quantile_of
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.layering.cuts import Axis, fit_cuts, is_high
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.plays_social import INFLUENCE_LAYERS
from titian.layering.reasons import fact, reason_of
from titian.layering.remarks import with_sizes
from titian.traits.linking import FOLLOWERS, INFLUENCE, LINKS_IN, REACH
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait


class Influence(Layering):
    """Opinion leaders, opinion consumers and ordinary customers, by their rank among those who link to each other.

    Influence is PageRank (Brin & Page 1998) over follows, replies, likes and shares (towards whom they are about) and
    over joinings (towards the first inviter), with the average person at one. Links to oneself, invites to oneself and
    the invite that closes a circle count nothing. kol: above the cut `kol`; koc: above `koc`; ordinary: everybody else,
    whoever is in no link among them. Cuts that are statistics are taken from those who are in some link.

    Needs: links or invites.
    """

    kind = "influence"
    words = Words(zh="影响力", en="Influence")
    meaning = Words(
        zh="按关注、互动和邀请关系上的影响力，分 KOL、KOC 和普通用户",
        en="KOL, KOC and ordinary, by rank over follows, interactions and invites",
    )
    one_of = frozenset({"links", "invites"})

    kol: Cut = "q0.99"
    koc: Cut = "q0.9"

    @model_validator(mode="after")
    def _leaders_stand_above(self) -> Influence:
        shares = quantile_of(self.kol), quantile_of(self.koc)
        numbers = isinstance(self.kol, float) and isinstance(self.koc, float) and self.kol < self.koc
        if numbers or (shares[0] is not None and shares[1] is not None and shares[0] < shares[1]):
            raise RefusedError(
                zh=f"KOL 的线（{self.kol}）不能低于 KOC 的线（{self.koc}）",
                en=f"the cut of kol ({self.kol}) must not lie below that of koc ({self.koc})",
            )
        return self

    def traits(self) -> Mapping[str, Trait]:
        """Influence, and beside it followers and the reach of invites."""
        return {"influence": INFLUENCE, "followers": FOLLOWERS, "invite_reach": REACH}

    def fit(self, traits: TraitTable) -> Fitted:
        """The cuts as found in those who are in some link."""
        rows = traits.view(self.traits())
        axes = (
            Axis("kol", "influence", INFLUENCE, self.kol, "high"),
            Axis("koc", "influence", INFLUENCE, self.koc, "high"),
        )
        _, spreads = fit_cuts(traits.data, rows.filter(rows.influence.notnull()), axes)
        fitted = Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(layer.model_copy(update={"rank": rank}) for rank, layer in enumerate(INFLUENCE_LAYERS, 1)),
            cuts=tuple(spread.cut for spread in spreads),
            customers=0,
            notes=_notes_on_strangers(traits),
        )
        return with_sizes(fitted, rows.select(layer=self.layer(rows, fitted)), traits.data)

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The first that matches, from the top."""
        known = rows.influence.notnull()
        return ibis.cases(
            (known & is_high(rows.influence, fitted.cut("kol")).fill_null(False), "kol"),
            (known & is_high(rows.influence, fitted.cut("koc")).fill_null(False), "koc"),
            else_="ordinary",
        )

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """Influence against the cut that decided, and the followers."""
        followers = int(str(row["followers"] or 0))
        said = Words(zh=f"有 {followers:,} 位粉丝", en=f"has {followers:,} follower{'' if followers == 1 else 's'}")
        if row["influence"] is None:
            nobody = Words(zh="没有任何关注、互动或邀请关系", en="is in no follow, interaction or invite")
            return [fact("influence", nobody, high=False)]
        deciding = "kol" if row["layer"] == "kol" else "koc"
        return [
            reason_of(INFLUENCE, row["influence"], fitted.cut(deciding), fitted.currency),
            fact("followers", said, value=followers),
        ]

    def requirements(self, target: str, fitted: Fitted) -> dict[str, FittedCut]:
        """Influence beyond the cut of the layer."""
        if target not in ("kol", "koc"):
            raise UnknownNameError("layer to aim at", "目标层级", target, ["kol", "koc"])
        return {"influence": fitted.cut(target)}


def _notes_on_strangers(traits: TraitTable) -> tuple[Note, ...]:
    """The remark that links name ids that are no customers."""
    if not traits.data.has("links"):
        return ()
    links = traits.source(LINKS_IN)
    linked = ibis.union(links.select("customer_id"), links.select(customer_id="other_id"), distinct=True)
    strangers = linked.anti_join(traits.rows, "customer_id")
    (row,) = traits.data.execute(strangers.aggregate(n=strangers.count()))
    if not row["n"]:
        return ()
    text = Words(
        zh="关系里有 {n:,} 个编号不是已知客户：他们传递影响力，但不进任何层。",
        en="Ids in links that are no known customers: {n:,}. They pass influence on, but are in no layer.",
    )
    return (Note(code="strangers", text=text.format(n=row["n"])),)
