"""Rules: the team's own layers, the first rule that holds wins and the last layer catches all (自定义规则分层)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import ceil, floor
from typing import Annotated

import ibis
import ibis.expr.types as ir
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from titian.domain.condition import Condition
from titian.domain.layer import Layer
from titian.domain.naming import Name
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.rule import All, RuleTree, conditions
from titian.domain.words import Words
from titian.layering.fitted import Fitted, notes_on_size
from titian.layering.layering import Layering
from titian.layering.plays_own import play_by_place
from titian.layering.rule_words import condition_reason, rule_words
from titian.rules.checking import dated, of_traits, relative
from titian.rules.compiling import needed, predicate
from titian.rules.judging import Decided, Judge, deciding, holds, judge
from titian.traits.catalogue import trait
from titian.traits.moment import Moment
from titian.traits.planner import TraitTable
from titian.traits.trait import DaysSince, Trait

LayerKey = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by single underscores: two joined keys can always be told apart."""
CheckedRule = Annotated[RuleTree, AfterValidator(of_traits)]
MOST_LAYERS = 50


class RuleLayer(BaseModel):
    """A layer and who is in it: those for whom the rule holds, of those in no earlier one. No rule: everyone else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: LayerKey
    name: Name
    rule: CheckedRule | None = None


def _usual() -> tuple[RuleLayer, ...]:
    big = Condition(trait="spend_365d", op=">=", value=1000)
    recent = Condition(trait="recency_days", op="<=", value=90)
    return (
        RuleLayer(key="vip", name=Words(zh="贵宾", en="VIP"), rule=All(all=(big, recent))),
        RuleLayer(key="drifting", name=Words(zh="大客渐远", en="big, drifting"), rule=big),
        RuleLayer(
            key="regular",
            name=Words(zh="常客", en="regulars"),
            rule=Condition(trait="order_count_365d", op=">=", value=3),
        ),
        RuleLayer(
            key="newcomer",
            name=Words(zh="新客", en="newcomers"),
            rule=Condition(trait="tenure_days", op="<=", value=30),
        ),
        RuleLayer(key="others", name=Words(zh="其他", en="others")),
    )


class Rules(Layering):
    """Layers by rules in order: the first that holds wins, the last layer has no rule and catches all.

    A rule is a condition on a trait (`{"trait": "spend_90d", "op": ">=", "value": 100}`), or on what was done
    (`{"did": "cart", "times": 3, "within_days": 30}`), or `all`, `any` and `not` of rules. A trait without a value meets
    no condition but `is_unknown`. Nothing is fitted; everyone is ranked.
    """

    kind = "rules"
    words = Words(zh="规则分层", en="By rules")
    meaning = Words(
        zh="自己写规则，从上到下第一个符合的为准，最后一层兜底",
        en="rules of your own, the first that holds wins, the last layer catches all",
    )
    ready = False

    layers: tuple[RuleLayer, ...] = Field(default_factory=_usual, min_length=1, max_length=MOST_LAYERS)

    @model_validator(mode="after")
    def _keys_differ_and_only_the_last_catches_all(self) -> Rules:
        keys = [layer.key for layer in self.layers]
        if len(set(keys)) < len(keys):
            raise RefusedError(
                zh=f"层级的 key 不能重复：{'、'.join(keys)}", en=f"each layer has its own key: {', '.join(keys)}"
            )
        early = [layer.key for layer in self.layers[:-1] if layer.rule is None]
        if early:
            raise RefusedError(
                zh=f"层级 {early[0]} 没有规则，会兜住所有人，应放在最后",
                en=f"the layer {early[0]} has no rule and would catch all: put it last",
            )
        if self.layers[-1].rule is not None:
            raise RefusedError(
                zh='缺少兜底层级：请在最后加一个没有 rule 的层级，例如 {"key": "others", "name": {"zh": "其他", "en": "others"}}',
                en='no layer catches all: add a last one without a rule, such as {"key": "others", "name": '
                '{"zh": "其他", "en": "others"}}',
            )
        return self

    def traits(self) -> Mapping[str, Trait]:
        """The traits that the rules name."""
        return needed(layer.rule for layer in self.layers)

    def fit(self, traits: TraitTable) -> Fitted:
        """The layers as they are written; notes on those that nobody can be in."""
        counted = self._counted(traits)
        currency = traits.data.currency
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=currency,
            layers=tuple(
                Layer(
                    key=layer.key,
                    rank=place + 1,
                    name=layer.name,
                    meaning=rule_words(layer.rule, currency),
                    play=play_by_place(place, len(self.layers)),
                )
                for place, layer in enumerate(self.layers)
            ),
            cuts=(),
            customers=counted["customers"],
            notes=(*_notes_on_nobody(counted["customers"]), *self._notes(counted)),
            found={"timezone": traits.data.timezone},
        )

    def _counted(self, traits: TraitTable) -> dict[str, int]:
        """Everyone, and for each layer who meets its rule and who of them is in no earlier one."""
        rows = traits.view(self.traits())
        met = {
            f"met{n}": predicate(layer.rule, rows, traits.moment)
            for n, layer in enumerate(self.layers)
            if layer.rule is not None
        }
        layer = self._placed(rows, traits.moment)
        rows = rows.select(layer=layer, **met)
        asked: dict[str, ir.Value] = {"customers": rows.count()}
        for n, one in enumerate(self.layers[:-1]):
            asked |= {f"met{n}": rows[f"met{n}"].sum(), f"in{n}": (rows.layer == one.key).sum()}
        (found,) = traits.data.execute(rows.aggregate(**asked))
        return {name: int(str(value or 0)) for name, value in found.items()}

    def _notes(self, counted: Mapping[str, int]) -> Iterator[Note]:
        for n, layer in enumerate(self.layers[:-1]):
            met, there = counted[f"met{n}"], counted[f"in{n}"]
            if counted["customers"] and not there:
                code = "covered" if met else "empty"
                yield Note(
                    code=f"{code}:{layer.key}",
                    text=_EMPTY[code].format(zh=layer.name.zh, en=layer.name.en, n=met),
                )

    @property
    def by_row(self) -> bool:
        """Not where an instant is reckoned from the as_of."""
        return not any(relative(layer.rule) for layer in self.layers if layer.rule is not None)

    @property
    def movable(self) -> bool:
        """Not where a rule names a date."""
        return not any(dated(layer.rule) for layer in self.layers if layer.rule is not None)

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The first rule that holds; days before the as_of are reckoned from the fit's."""
        return self._placed(rows, _moment(fitted))

    def layered(self, traits: TraitTable, fitted: Fitted) -> ir.Table:
        """Beside layer and traits, `as_of` where a rule reckons from it."""
        if self.by_row:
            return super().layered(traits, fitted)
        rows = traits.view(self.traits())
        columns = {name: rows[name] for name in self.traits()}
        layer = self._placed(rows, traits.moment)
        return rows.select("customer_id", layer=layer, **columns, as_of=traits.moment.until)

    def _placed(self, rows: ir.Table, moment: Moment) -> ir.StringValue:
        branches = [(predicate(layer.rule, rows, moment), layer.key) for layer in self.layers if layer.rule is not None]
        last = self.layers[-1].key
        return ibis.cases(*branches, else_=last) if branches else ibis.literal(last)

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]] | None:  # noqa: ARG002
        """Where days since an instant pass a value that a rule names."""
        if not self.by_row:
            return None
        found: dict[str, set[int]] = {}
        for condition in self._conditions():
            one = trait(condition.trait)
            if isinstance(one.made, DaysSince):
                days = [value for value in condition.values if isinstance(value, int | float)]
                found.setdefault(one.column, set()).update(t for day in days for t in (ceil(day), floor(day) + 1))
        return {name: tuple(sorted(days)) for name, days in found.items()}

    def _conditions(self) -> Iterator[Condition]:
        for layer in self.layers:
            if layer.rule is not None:
                yield from conditions(layer.rule)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """The conditions that decided for the layer; for the last one, what kept the customer out of each other."""
        as_of, timezone = row.get("as_of"), str(fitted.found["timezone"])
        at = as_of.replace(tzinfo=UTC) if isinstance(as_of, datetime) else fitted.as_of
        judged = judge(row, at, timezone)
        told = dict(self._deciding(judged))
        return [
            condition_reason(condition, held, row[trait(condition.trait).column], fitted.currency, timezone)
            for condition, held in told.items()
            if isinstance(condition, Condition)
        ]

    def _deciding(self, judged: Judge) -> Iterator[Decided]:
        for layer in self.layers:
            if layer.rule is not None and holds(layer.rule, judged):
                return deciding(layer.rule, judged)
        return (one for layer in self.layers if layer.rule is not None for one in deciding(layer.rule, judged))


def _moment(fitted: Fitted) -> Moment:
    return Moment(fitted.as_of, str(fitted.found["timezone"]), fitted.as_of)


def _notes_on_nobody(customers: int) -> tuple[Note, ...]:
    return () if customers else notes_on_size(0)


_EMPTY: dict[str, Words] = {
    "covered": Words(
        zh="层级“{zh}”是空的：符合其规则的 {n} 位客户都已进入更靠前的层级。请调整顺序或收紧前面的规则。",
        en="The layer {en} is empty: all {n} customers who meet its rule are in earlier layers. Move it up or tighten those.",
    ),
    "empty": Words(zh="层级“{zh}”是空的：没有客户符合其规则。", en="The layer {en} is empty: nobody meets its rule."),
}
