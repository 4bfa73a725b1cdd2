"""Going: the trait that says how far a customer went along a trajectory."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

import ibis.expr.types as ir
from pydantic import ValidationError

from titian.domain.condition import Edge
from titian.domain.counting import counted
from titian.domain.trajectory import TRAIT, Step, Trajectory, Tried
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.traits.declaring import words
from titian.traits.doing import event_words
from titian.traits.moment import Moment
from titian.traits.sources import Source
from titian.traits.spans import span_of
from titian.traits.step_rows import Stretch, tables_of_steps
from titian.traits.trait import Fold, Term, Trait, Unit
from titian.traits.trying import best_tries
from titian.warehouse.dataset import Dataset

KEPT = 256


@lru_cache(maxsize=KEPT)
def trait_of_funnel(name: str) -> Trait:
    """The trait of this name (`trait_name`). Raises UnknownNameError."""
    try:
        return step_reached(Tried.model_validate_json(name.removeprefix(TRAIT)))
    except ValidationError:
        raise UnknownNameError("trait", "指标", name, [TRAIT + '{"funnel":{"steps":["view","cart"]}}']) from None


def step_reached(tried: Tried) -> Trait:
    """The number of the step that the customer's best try reached; 0 of whom there is none, and who was taken out."""
    key = f"funnel_{sha256(tried.model_dump_json().encode()).hexdigest()[:16]}"
    said = trajectory_words(tried.funnel)

    def rows(data: Dataset, moment: Moment) -> ir.Table:
        tries = best_tries(tried.funnel, data, moment, entering(tried.between, moment))
        return tries.filter(~tries.taken_out).select("customer_id", "reached", at=tries.at0)

    tables = tuple(sorted(name for group in tables_of_steps(tried.funnel) for name in group))
    return Trait(
        key,
        words(f"漏斗“{said.zh}”走到第几步", f"step reached of {said.en}"),
        words(
            f"最好的一次尝试走到“{said.zh}”的第几步，没有则为 0",
            f"the step that the best try at {said.en} reached, else 0",
        ),
        Unit.NONE,
        Fold(Source(key, tables, "at", rows), "max", (Term("at", "reached"),)),
        empty=0,
        picked=tried.between or (),
    )


def entering(between: tuple[Edge, Edge] | None, moment: Moment) -> Stretch:
    """When tries begin: a date counts as a whole, an instant is where it ends."""
    if between is None:
        return Stretch()
    since, until = (span_of(edge, moment.as_of, moment.timezone) for edge in between)
    return Stretch(since.start, until.start if until.is_instant else until.after)


def trajectory_words(trajectory: Trajectory) -> Words:
    """The steps as one reads them: 浏览 → 加购 → 购买（7 天内）."""
    named = [step_words(step) for step in trajectory.steps]
    zh, en = " → ".join(one.zh for one in named), " → ".join(one.en for one in named)
    if trajectory.exclude:
        out = [step_words(step) for step in trajectory.exclude]
        zh, en = f"{zh}，不含{'、'.join(o.zh for o in out)}", f"{en} without {' or '.join(o.en for o in out)}"
    if trajectory.within_days is None:
        return words(zh, en)
    days = counted(trajectory.within_days, "day", "days")
    return words(f"{zh}（{trajectory.within_days} 天内）", f"{en} (within {days})")


def step_words(step: Step) -> Words:
    """What a step is called, with what else is asked of it: 浏览（渠道 app，数值 ≥ 10）."""
    named = words("付款订单", "paid order") if step.event is None else event_words(step.event)
    asked = _asked(step)
    if not asked:
        return named
    return words(f"{named.zh}（{'，'.join(o.zh for o in asked)}）", f"{named.en} ({', '.join(o.en for o in asked)})")


def _asked(step: Step) -> list[Words]:
    found = []
    if step.channel is not None:
        found.append(words(f"渠道 {'、'.join(step.channel)}", f"channel {', '.join(step.channel)}"))
    if step.product_id is not None:
        found.append(words(f"商品 {'、'.join(step.product_id)}", f"product {', '.join(step.product_id)}"))
    value = words("数值", "value") if step.event else words("金额", "amount")
    for sign, bound in (("≥", step.value_from), ("≤", step.value_to)):
        if bound is not None:
            found.append(words(f"{value.zh} {sign} {bound:g}", f"{value.en} {sign} {bound:g}"))
    return found
