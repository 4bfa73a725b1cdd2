"""Assignment: a layering applied to every customer as of an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from titian.domain.counting import counted
from titian.domain.instants import Moment, instant, local_day
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.words import Words
from titian.errors import InputError, NotFoundError
from titian.layering.contract import Definition
from titian.layering.fitted import Fitted
from titian.layering.frame import Frame
from titian.layering.gap import gap_table
from titian.traits.planner import TraitTable, trait_query, trait_table, with_bases
from titian.warehouse.dataset import Dataset

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


@dataclass(frozen=True)
class Assignment:
    """Every customer in exactly one layer as of an instant.

    `table` is the result in the engine: customer_id, layer, one column per trait, and the layering's extras.
    """

    definition: Definition
    data: Dataset
    as_of: datetime
    fitted: Fitted
    table: ir.Table
    traits: TraitTable

    def __repr__(self) -> str:
        return f"<{self.definition.key} as of {local_day(self.as_of, self.data.timezone)}, fitted on {self.fitted.customers:,}>"

    def to_arrow(self) -> pa.Table:
        """customer_id, layer and one column per trait, as an Arrow table."""
        return self.data.arrow(self.table)

    def to_pandas(self) -> Frame:
        """The same as a pandas frame."""
        return Frame(self.to_arrow().to_pandas())

    def to_polars(self) -> pl.DataFrame:
        """The same as a Polars frame."""
        import polars as pl

        return pl.DataFrame(self.to_arrow())

    def counts(self) -> Frame:
        """In rank order: layer, name_zh, name_en, customers, share (of everyone, none included); empty layers too."""
        counted = self.customers_by_layer()
        everyone = sum(counted.values())
        rows = [
            {
                "layer": layer.key,
                "name_zh": layer.name.zh,
                "name_en": layer.name.en,
                "customers": counted.get(layer.key, 0),
                "share": counted.get(layer.key, 0) / everyone if everyone else 0.0,
            }
            for layer in self.fitted.layers
        ]
        return Frame(rows, columns=["layer", "name_zh", "name_en", "customers", "share"])

    def customers_by_layer(self) -> dict[str, int]:
        """How many customers each layer holds; empty layers are left out."""
        counted = self.table.group_by("layer").aggregate(customers=self.table.count())
        return {str(row["layer"]): int(str(row["customers"])) for row in self.data.execute(counted)}

    def row(self, customer_id: str) -> dict[str, object]:
        """The customer's line of the result. Raises NotFoundError for nobody's id."""
        found = self.data.execute(self.table.filter(self.table.customer_id == customer_id))
        if found:
            return found[0]
        raise unseen(customer_id, local_day(self.as_of, self.data.timezone))

    def explain(self, customer_id: str) -> list[Reason]:
        """Why the customer is in their layer: one reason per dimension, each with trait, value, cut and distance."""
        return self.definition.reasons(self.row(str(customer_id)), self.fitted)

    def gap_query(self, target: str) -> ir.Table:
        """The gaps to a layer, in the engine; the columns of `gap`."""
        cuts = self.definition.requirements(target, self.fitted)
        return gap_table(self.table, self.definition.traits(), cuts)

    def gap(self, target: str) -> Frame:
        """What everyone lacks to be in `target`: customer_id, `<trait>_gap` per dimension, and `lacking`.

        A gap is the smallest number of steps (one day, one order, one cent) beyond which the dimension becomes high,
        in the trait's unit; 0 when it is; empty where the trait has no value. `lacking` is the trait with the largest
        gap as a share of max(|cut|, one step), ties in the order of the dimensions; empty when nothing is lacking.
        Raises UnknownNameError for an unknown layer.
        """
        return Frame(self.data.arrow(self.gap_query(target)).to_pandas())

    def sql(self) -> str:
        """The whole query, from the canonical tables to the layers, readable."""
        traits = with_bases(self.definition.traits().values())
        rows = trait_query(traits, self.data, self.as_of)
        whole = self.definition.layered(TraitTable(rows, self.data, self.as_of, None), self.fitted)
        return self.data.engine.sql(whole)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the numbers rest on."""
        return (*self.fitted.notes, *_undated_refunds(self.data, self.as_of))


def assign(definition: Definition, data: Dataset, as_of: Moment, fitted: Fitted | None = None) -> Assignment:
    """Put every customer seen before `as_of` into one layer of `definition`.

    Cuts are fitted at `as_of` unless `fitted` gives them. Raises MissingDataError when a table it needs was never
    handed in, and InputError when `as_of` lies before all data.
    """
    at = instant(as_of, data.timezone)
    wanted = with_bases(definition.traits().values())
    answerable(definition, data, at)
    traits = trait_table(wanted, data, at)
    frozen = definition.fit(traits) if fitted is None else fitted
    return Assignment(definition, data, at, frozen, definition.layered(traits, frozen), traits)


def unseen(customer_id: str, day: date) -> NotFoundError:
    """What to say of somebody of whom there is nothing before a day."""
    return NotFoundError(
        f"no customer {customer_id!r} was seen before {day}",
        "check the id (ids are text: leading zeros count), or look at a later date",
        zh=f"{day} 之前没有出现过客户 {customer_id!r}",
        hint_zh="请检查编号（编号是文本，前导零有意义），或换一个更晚的日期",
        customer_id=customer_id,
    )


def answerable(definition: Definition, data: Dataset, as_of: datetime) -> None:
    """Raise MissingDataError or InputError when a layering could say nothing of anybody as of an instant."""
    for group in sorted(definition.needs(), key=sorted):
        data.need(*sorted(group))
    if data.end() is None or as_of > data.earliest or data.has("customers"):
        return
    first = local_day(data.earliest, data.timezone)
    day = local_day(as_of, data.timezone)
    raise InputError(
        f"{day} lies before all data, which begin on {first}",
        f"choose a day after {first}",
        zh=f"{day} 早于全部数据，数据从 {first} 开始",
        hint_zh=f"请选择 {first} 之后的日期",
        as_of=str(day),
        first=str(first),
    )


def _undated_refunds(data: Dataset, as_of: datetime) -> tuple[Note, ...]:
    """The remark that refunds without a date count at their order's."""
    if not data.has("orders"):
        return ()
    orders = data.table("orders")
    undated = orders.filter(orders.status == "paid", orders.refunded_amount > 0, orders.refunded_at.isnull())
    undated = undated.filter(undated.ordered_at < as_of.replace(tzinfo=None))
    (row,) = data.execute(undated.aggregate(n=undated.count()))
    if not row["n"]:
        return ()
    text = Words(
        zh="有 {n} 笔退款没有退款日期，按下单日期计入。",
        en="{counted} without a date of their own count on the day of the order.",
    )
    return (
        Note(
            code="undated_refunds",
            text=text.format(n=row["n"], counted=counted(int(str(row["n"])), "refund", "refunds")),
        ),
    )
