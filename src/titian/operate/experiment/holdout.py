"""Holdout: who stays untouched, and which variant each of the others gets, by salted hash: sticky, and drawn in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict, Field, model_validator

from titian.domain.refused import RefusedError
from titian.layering.frame import Frame as Rows
from titian.warehouse.handed import Frame
from titian.warehouse.sheet import sheet

GLOBAL_HOLDOUT = "global_holdout"
HOLDOUT = "holdout"
TOUCHED = "touched"
DIGITS = 13
"""Hexadecimal digits of the hash that are drawn with: 52 bits."""

Salt = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\-]{1,100}$")]
"""No colon: it ends the salt in what is hashed, so that no other salt and customer_id make the same text."""


class Holdout(BaseModel):
    """A share of all customers, drawn by a salt: the same customers each time, independent of every other salt.

    A larger share takes in all of the smaller one.
    """

    model_config = ConfigDict(frozen=True)

    salt: Salt
    share: float = Field(ge=0, lt=1)

    def holds(self, customer_id: ir.StringValue) -> ir.BooleanValue:
        """Whether a customer is in it."""
        return drawn(self.salt, customer_id) < threshold(self.share)


class Split(BaseModel):
    """How the customers of a project are split: a global holdout, the project's own, and variants among the others.

    Each is drawn by a salt of its own, so that a holdout of another size leaves everybody's variant as it is. The shares of
    variants add up to 1; in which order they are said makes no difference.
    """

    model_config = ConfigDict(frozen=True)

    holdout: Holdout
    everywhere: Holdout | None = None
    variants: Mapping[str, Annotated[float, Field(gt=0)]] = {TOUCHED: 1.0}

    @model_validator(mode="after")
    def _check(self) -> Split:
        if self.everywhere is not None and self.everywhere.salt == self.holdout.salt:
            raise RefusedError(
                zh="全局对照组与项目对照组的 salt 相同，抽到的会是同一批客户",
                en="the global holdout has the salt of the project's, and would draw the same customers",
            )
        if abs(sum(self.variants.values()) - 1) > 1e-9:
            raise RefusedError(zh="各版本的占比之和须为 1", en="the shares of the variants have to add up to 1")
        taken = sorted({HOLDOUT, GLOBAL_HOLDOUT} & set(self.variants))
        if taken:
            raise RefusedError(zh=f"{taken[0]} 不能作为版本名", en=f"a variant can't be called {taken[0]}")
        return self

    def arm(self, customer_id: ir.StringValue) -> ir.StringValue:
        """The arm of a customer: global_holdout, holdout, or a variant."""
        held = [(self.everywhere.holds(customer_id), GLOBAL_HOLDOUT)] if self.everywhere is not None else []
        place = drawn(f"{self.holdout.salt}/variants", customer_id)
        *first, last = sorted(self.variants)
        reached, cuts = 0.0, []
        for variant in first:
            reached += self.variants[variant]
            cuts.append((place < threshold(reached), variant))
        return ibis.cases(*held, (self.holdout.holds(customer_id), HOLDOUT), *cuts, else_=last)


def drawn(salt: str, customer_id: ir.StringValue) -> ir.StringValue:
    """Where a customer falls, as hexadecimal digits that are in order as text: the head of SHA-256 of `salt:customer_id`."""
    return (ibis.literal(f"{salt}:") + customer_id).hexdigest("sha256").substr(0, DIGITS)


def threshold(share: float) -> str:
    """Below which digits a share of all customers falls; the share is below 1."""
    return f"{round(share * 16**DIGITS):0{DIGITS}x}"


def assign(frame: Frame, split: Split, *, customer: str = "customer_id") -> Rows:
    """Each customer of a table once, with their arm: customer_id, arm, in order of customer_id.

    `frame` is what `tt.Dataset` takes as a table; rows without an id are left out. The arm depends on the split and the id
    alone, on every engine. Raises UnknownNameError for a column that is not there.
    """
    with sheet(frame, [customer], []) as rows:
        everyone = rows.rows.select(customer_id=rows.label(customer)).filter(ibis._.customer_id.notnull()).distinct()
        found = everyone.mutate(arm=split.arm(everyone.customer_id)).order_by("customer_id")
        return Rows(rows.engine.arrow(found).to_pandas())
