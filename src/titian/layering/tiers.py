"""Tiers: membership with promotion and relegation on fixed review days (会员等级)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator

from titian.domain.condition import Condition
from titian.domain.instants import local_day
from titian.domain.layer import Layer
from titian.domain.naming import Name
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.layering.contract import LayeringError
from titian.layering.fitted import Fitted, notes_on_size
from titian.layering.layering import Layering
from titian.layering.plays_own import play_by_place
from titian.layering.plays_tiers import TIERS
from titian.layering.reviews import MOST_REVIEWS, Calendar, Ladder, Step, last_day, state_after, then, with_state
from titian.layering.rule_words import rule_words
from titian.layering.rules import CheckedRule, LayerKey
from titian.layering.tier_reasons import tier_reasons
from titian.rules.checking import relative
from titian.rules.compiling import needed, predicate
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait

MOST_TIERS = 20
MOST_YEARS = 50
"""How far back reviews go when no start is given."""


class Tier(BaseModel):
    """A tier: who comes in (`entry`), and who stays (`keep`, the entry rule when left out). The last one has neither."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: LayerKey
    name: Name
    entry: CheckedRule | None = None
    keep: CheckedRule | None = None


def _spent(money: int) -> Condition:
    return Condition(trait="spend_365d", op=">=", value=money)


def _usual() -> tuple[Tier, ...]:
    return (
        Tier(
            key="senior_partner",
            name=Words(zh="高级合伙人", en="senior partner"),
            entry=_spent(5000),
            keep=_spent(3000),
        ),
        Tier(key="partner", name=Words(zh="合伙人", en="partner"), entry=_spent(1000), keep=_spent(600)),
        Tier(key="member", name=Words(zh="普通会员", en="member")),
    )


class Tiers(Layering):
    """Membership tiers, best first, that customers rise and fall in on review days only; the last tier catches all.

    Reviews are at local midnights from `start_at` on (first of January of the year in which the data begin when left
    out), every `review_months` months, or every `review_days` days. At a review a customer rises to the highest tier
    whose entry rule is met, else stays; after `grace` keep reviews failed in a row they go one tier down. Who is new
    is in the lowest tier until a review.

    Columns beside the traits: since (the review that brought them there; empty for who never left the lowest), rose
    (whether it was upwards), failed_reviews (in a row so far), next_review, and the traits as of `since` (`…_then`).
    """

    kind = "tiers"
    words = Words(zh="会员等级", en="Membership tiers")
    meaning = Words(
        zh="按固定评定日升级和降级，有保级规则和宽限，不会天天变",
        en="tiers with entry and keep rules, reviewed on fixed days, with grace, so that nobody flips daily",
    )
    ready = False

    tiers: tuple[Tier, ...] = Field(default_factory=_usual, min_length=2, max_length=MOST_TIERS)
    review_months: PositiveInt = Field(default=3, le=120)
    review_days: PositiveInt | None = Field(default=None, le=3650)
    """Instead of months."""
    start_at: date | None = None
    grace: PositiveInt = Field(default=2, le=100)

    @model_validator(mode="after")
    def _every_tier_but_the_last_has_an_entry_rule(self) -> Tiers:
        keys = [tier.key for tier in self.tiers]
        if len(set(keys)) < len(keys):
            raise RefusedError(
                zh=f"等级的 key 不能重复：{'、'.join(keys)}", en=f"each tier has its own key: {', '.join(keys)}"
            )
        open_ = [tier.key for tier in self.tiers[:-1] if tier.entry is None]
        if open_:
            raise RefusedError(
                zh=f"等级 {open_[0]} 缺少升级规则 entry；只有最后一级兜底、没有规则",
                en=f"the tier {open_[0]} needs an entry rule; only the last, which catches all, has none",
            )
        if self.tiers[-1].entry is not None or self.tiers[-1].keep is not None:
            raise RefusedError(
                zh=f"最后一级 {keys[-1]} 要兜住所有人，不能有规则；请在其后加一个没有规则的等级",
                en=f"the last tier {keys[-1]} catches all and has no rule; add one without a rule after it",
            )
        return self

    def traits(self) -> Mapping[str, Trait]:
        """The traits that the rules name."""
        return needed(self._rules())

    def _rules(self) -> Iterator[Rule]:
        for tier in self.tiers:
            yield from (rule for rule in (tier.entry, tier.keep) if rule is not None)

    @property
    def ladder(self) -> Ladder:
        """The tiers as a review looks at them."""
        steps = tuple(Step(tier.entry, tier.keep) for tier in self.tiers)
        return Ladder(steps, self.grace, self.traits())

    @property
    def movable(self) -> bool:
        """Never: reviews are on fixed days."""
        return False

    def fit(self, traits: TraitTable) -> Fitted:
        """The tiers as they are written, and the day of the first review. Raises LayeringError for too many reviews."""
        start = self.start_at or _begin(traits)
        customers, strict = self._counted(traits)
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(
                Layer(
                    key=tier.key,
                    rank=place + 1,
                    name=tier.name,
                    meaning=_meaning(tier, traits.data.currency),
                    play=TIERS.get(tier.key) or play_by_place(place, len(self.tiers)),
                )
                for place, tier in enumerate(self.tiers)
            ),
            cuts=(),
            customers=customers,
            notes=(
                *(() if customers else notes_on_size(0)),
                *(_too_strict(tier, strict[tier.key]) for tier in self.tiers if strict.get(tier.key)),
                *(() if self._reviews(traits, start) else (_no_review(start),)),
            ),
            found={"timezone": traits.data.timezone, "start_at": start.isoformat()},
        )

    def _counted(self, traits: TraitTable) -> tuple[int, dict[str, int]]:
        """Everyone, and for each tier who meets its entry rule but would not keep it."""
        rows = traits.view(self.traits())
        strict = {
            tier.key: predicate(tier.entry, rows, traits.moment) & ~predicate(tier.keep, rows, traits.moment)
            for tier in self.tiers
            if tier.entry is not None and tier.keep is not None
        }
        asked = {f"strict_{key}": found.sum() for key, found in strict.items()}
        (counted,) = traits.data.execute(rows.aggregate(customers=rows.count(), **asked))
        return int(str(counted["customers"])), {key: int(str(counted[f"strict_{key}"] or 0)) for key in strict}

    def _reviews(self, traits: TraitTable, start: date) -> list[date]:
        """The reviews up to the as_of; none of nobody."""
        if traits.data.end() is None:
            return []
        days = self._calendar(start).until(last_day(traits))
        if len(days) > MOST_REVIEWS:
            raise _too_many(start, last_day(traits))
        return days

    def _calendar(self, start: date) -> Calendar:
        return Calendar(start, self.review_days, self.review_months)

    def layered(self, traits: TraitTable, fitted: Fitted) -> ir.Table:
        """Everyone's tier after all reviews up to the as_of."""
        start = date.fromisoformat(str(fitted.found["start_at"]))
        ladder = self.ladder
        state = state_after(ladder, self._reviews(traits, start), traits, self._named(start))
        rows = traits.view(self.traits())
        rows = with_state(ladder, rows.select("customer_id", *self.traits()), state)
        upcoming = self._calendar(start).after(last_day(traits))
        as_of = {"as_of": traits.moment.until} if any(map(relative, self._rules())) else {}
        return rows.select(
            "customer_id",
            *self.traits(),
            "since",
            "rose",
            *(then(name) for name in self.traits()),
            layer=self.layer(rows, fitted),
            failed_reviews=rows.failed,
            next_review=ibis.literal(upcoming),
            **as_of,
        ).relocate("layer", after="customer_id")

    def _named(self, start: date) -> tuple[str, str]:
        return self.model_dump_json(exclude={"key", "start_at"}), start.isoformat()

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:  # noqa: ARG002
        """The tier at the place that the reviews found, over rows that hold it as `tier`."""
        places = [(rows.tier == place, tier.key) for place, tier in enumerate(self.tiers[:-1])]
        return ibis.cases(*places, else_=self.tiers[-1].key)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """What the deciding review saw, and how the customer stands for the next."""
        return tier_reasons(self.ladder, row, fitted)


def _begin(traits: TraitTable) -> date:
    timezone = traits.data.timezone
    first, last = local_day(traits.data.earliest, timezone), local_day(traits.as_of, timezone)
    return date(max(first.year, last.year - MOST_YEARS), 1, 1)


def _meaning(tier: Tier, currency: str) -> Words:
    entry = rule_words(tier.entry, currency)
    if tier.entry is None or tier.keep is None:
        return entry
    keep = rule_words(tier.keep, currency)
    return Words(zh=f"升级：{entry.zh}；保级：{keep.zh}", en=f"to rise: {entry.en}; to stay: {keep.en}")


def _too_strict(tier: Tier, customers: int) -> Note:
    text = Words(
        zh="“{zh}”的保级规则比升级规则更严：{n} 位客户刚达到升级线就达不到保级线，会反复升降。请放宽保级规则。",
        en="The keep rule of {en} is stricter than its entry rule: {n} customers meet the one and not the other, and "
        "would go up and down. Make the keep rule milder.",
    )
    return Note(code=f"keep_stricter:{tier.key}", text=text.format(zh=tier.name.zh, en=tier.name.en, n=customers))


def _no_review(start: date) -> Note:
    text = Words(
        zh="还没有评定过（首次评定 {start}），所有人都在最低一级。",
        en="There was no review yet (the first is on {start}): everyone is in the lowest tier.",
    )
    return Note(code="no_review", text=text.format(start=start))


def _too_many(start: date, last: date) -> LayeringError:
    return LayeringError(
        f"from {start} to {last} there are more than {MOST_REVIEWS} reviews",
        "let start_at be later, or review less often",
        zh=f"从 {start} 到 {last} 的评定超过 {MOST_REVIEWS} 次",
        hint_zh="请推迟 start_at，或降低评定频率",
        start_at=start.isoformat(),
        most=MOST_REVIEWS,
    )
