"""Identity: the pyramid from celebrities down to ordinary users (用户身份分层)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from pydantic import Field, PositiveFloat, PositiveInt

from titian.domain.reason import Reason
from titian.domain.words import Words
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.plays_social import IDENTITY_LAYERS
from titian.layering.reasons import fact, least_reason
from titian.layering.remarks import with_sizes
from titian.traits.catalogue import trait
from titian.traits.doing import times_any
from titian.traits.exact import exactly
from titian.traits.linking import FOLLOWERS, INFLUENCE
from titian.traits.planner import TraitTable
from titian.traits.sources import Needs
from titian.traits.trait import Trait

CONTRIBUTIONS = ("post", "answer", "comment", "share", "praise")
STEPS = ("celebrity", "professional", "contributor", "active", "ordinary")


class Identity(Layering):
    """Celebrity, professional, contributor, active, ordinary: the first that matches, from the top.

    celebrity: at least `celebrity_followers` followers or, where set, at least `celebrity_influence` (1 is the average
    person, see Influence); professional: a verified profession in the profile, one of `professions` where they are
    named; contributor: at least `contributions` of `contribution_events` in `contribution_window_days`; active: at least
    `active_days` local days with an event or a purchase in `active_window_days`; ordinary: everybody else.

    Needs: events, links or customers; what is missing lets nobody in.
    """

    kind = "identity"
    words = Words(zh="身份金字塔", en="Identity")
    meaning = Words(
        zh="名人、专业、贡献、活跃、普通，从上往下看带动，从下往上看成长",
        en="celebrities, professionals, contributors, active and ordinary: the top moves the rest, the rest climb",
    )

    celebrity_followers: PositiveInt = 1_000
    celebrity_influence: PositiveFloat | None = Field(default=None, le=1e9)
    professions: tuple[str, ...] = ()
    contributions: PositiveInt = 5
    contribution_events: tuple[str, ...] = Field(default=CONTRIBUTIONS, min_length=1)
    contribution_window_days: PositiveInt | None = 90
    active_days: PositiveInt = 8
    active_window_days: PositiveInt = 30

    def needs(self) -> Needs:
        """One of the tables that tell of identities."""
        return frozenset({frozenset({"events", "links", "customers"})})

    def traits(self) -> Mapping[str, Trait]:
        """Followers, profession, contributions and active days; influence where it counts."""
        found = {
            "followers": FOLLOWERS,
            "profession": trait("profession"),
            "contributions": times_any(self.contribution_events).within(self.contribution_window_days),
            "active_days": trait("active_days").within(self.active_window_days),
        }
        return found if self.celebrity_influence is None else {**found, "influence": INFLUENCE}

    def fit(self, traits: TraitTable) -> Fitted:
        """The layers; nothing is taken from the customers but how many there are."""
        fitted = Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(layer.model_copy(update={"rank": rank}) for rank, layer in enumerate(IDENTITY_LAYERS, 1)),
            cuts=(),
            customers=0,
        )
        rows = traits.view(self.traits())
        return with_sizes(fitted, rows.select(layer=self.layer(rows, fitted)), traits.data)

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:  # noqa: ARG002
        """The first that matches, from the top."""
        famous = rows.followers >= self.celebrity_followers
        if self.celebrity_influence is not None:
            famous = famous | (rows.influence >= exactly(self.celebrity_influence)).fill_null(False)
        trade = rows.profession.isin(self.professions) if self.professions else rows.profession.strip() != ""
        return ibis.cases(
            (famous, "celebrity"),
            (trade.fill_null(False), "professional"),
            (rows.contributions >= self.contributions, "contributor"),
            (rows.active_days >= self.active_days, "active"),
            else_="ordinary",
        )

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """What made the identity, and what lacks for the one above."""
        here = STEPS.index(str(row["layer"]))
        shown = [self._about(step, row, fitted) for step in STEPS[max(here - 1, 0) : here + 1] if step != "ordinary"]
        return list(reversed(shown))

    def _about(self, step: str, row: Mapping[str, object], fitted: Fitted) -> Reason:
        traits = self.traits()
        aim = fitted.layer(step).name
        if step == "professional":
            return self._about_profession(row)
        lines: dict[str, tuple[str, float]] = {
            "celebrity": ("followers", self.celebrity_followers),
            "contributor": ("contributions", self.contributions),
            "active": ("active_days", self.active_days),
        }
        column, least = lines[step]
        line, influence = self.celebrity_influence, row.get("influence")
        moves_many = line is not None and isinstance(influence, float) and influence >= line
        if step == "celebrity" and moves_many and int(str(row[column])) < least:
            column, least = "influence", line or 0.0
        return least_reason(traits[column], column, row[column], least, aim, fitted.currency)

    def _about_profession(self, row: Mapping[str, object]) -> Reason:
        given = str(row["profession"] or "").strip()
        if not given:
            return fact("profession", Words(zh="没有认证职业", en="no verified profession"), high=False)
        counts = not self.professions or row["profession"] in self.professions
        said = Words(zh=f"认证职业：{given}", en=f"verified profession: {given}")
        if not counts:
            said = Words(zh=f"职业 {given} 不在专业名单中", en=f"{given} is not among the professions that count")
        return fact("profession", said, high=counts)
