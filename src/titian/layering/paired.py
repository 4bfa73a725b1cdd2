"""Paired: what layerings made of two others share: traits, needs, and rows that tell whose column is whose."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

import ibis.expr.types as ir
from pydantic import model_validator

from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.nesting import DEEPEST, depth
from titian.traits.planner import TraitTable
from titian.traits.sources import Needs
from titian.traits.trait import Trait


class Paired(Layering):
    """A layering made of two others, its `parts`.

    Result columns: the traits of both, each once (`second_spend` where one name means two traits), the layer of each
    part under the part's name, and other columns of a part as `<part>__<column>`.
    """

    ordered = False
    ready = False

    @abstractmethod
    def parts(self) -> Mapping[str, Layering]:
        """The two layerings by their names in this one."""

    @model_validator(mode="after")
    def _not_too_deep(self) -> Paired:
        found = depth(self)
        if found > DEEPEST:
            raise RefusedError(
                zh=f"分层最多嵌套 {DEEPEST} 层，这里有 {found} 层",
                en=f"layerings can be nested {DEEPEST} deep, not {found}",
            )
        return self

    def columns(self) -> dict[str, dict[str, str]]:
        """For each part, its own names of traits and what this layering's results call them."""
        taken: dict[str, Trait] = {}
        named: dict[str, dict[str, str]] = {}
        for part, layering in self.parts().items():
            own = named.setdefault(part, {})
            for name, one in layering.traits().items():
                free = next((known for known, other in taken.items() if other == one), name)
                while taken.get(free, one) != one:
                    free = f"{part}_{free}"
                taken[free] = one
                own[name] = free
        return named

    def traits(self) -> Mapping[str, Trait]:
        """The traits of both."""
        named = self.columns()
        return {
            named[part][name]: one for part, layering in self.parts().items() for name, one in layering.traits().items()
        }

    def needs(self) -> Needs:
        """What both need."""
        return frozenset().union(*(layering.needs() for layering in self.parts().values()))

    @property
    def by_row(self) -> bool:
        """Never: it is made of others."""
        return False

    @property
    def movable(self) -> bool:
        """Where both are."""
        return all(layering.movable for layering in self.parts().values())

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """Over rows that already hold the layers of the parts, as `beside` makes them."""
        raise NotImplementedError

    def beside(self, traits: TraitTable, placed: Mapping[str, ir.Table], everyone: str) -> ir.Table:
        """Everybody in the part `everyone` with the traits of both, the layers of the parts and their other columns."""
        own = traits.view(self.traits())
        rows = own.select("customer_id", *self.traits())
        parts = sorted(placed, key=lambda part: part != everyone)
        for part in parts:
            known = self.parts()[part].traits()
            others = {f"{part}__{name}": name for name in placed[part].columns if name not in (*_SHARED, *known)}
            layers = placed[part].select("customer_id", **{part: "layer"}, **others)
            how = "inner" if part == everyone else "left"
            rows = rows.join(layers, "customer_id", how=how).select(*rows.columns, part, *others)
        return rows

    def said(self, part: str, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """The reasons of one part, under this layering's names of traits."""
        named = self.columns()[part]
        mine = {name: row[column] for name, column in named.items()}
        others = {name.removeprefix(f"{part}__"): value for name, value in row.items() if name.startswith(f"{part}__")}
        theirs = {**others, **mine, "customer_id": row["customer_id"], "layer": row[part]}
        found = self.parts()[part].reasons(theirs, fitted.parts[part])
        return [reason.model_copy(update={"trait": named[reason.trait]}) for reason in found]


_SHARED = ("customer_id", "layer")
