"""Group portraits: what sets those of a rule, an audience or a layer apart from everybody, shown and written to a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import ibis.expr.types as ir
import pyarrow as pa

from titian.app import exporting, masking, saved_audiences
from titian.app.answers import group_portrait as shown
from titian.app.called import CalledHere
from titian.app.desk import Reading
from titian.app.exporting import Export, Sheet
from titian.app.held import assigned, one
from titian.app.hiding import rule_asked
from titian.app.in_workspace import InWorkspace
from titian.app.showing import note_infos, trait_info
from titian.audience.selecting import select
from titian.domain.rule import Rule
from titian.domain.spreadsheet import Cell
from titian.domain.words import Words
from titian.layering.rule_words import rule_words
from titian.measure.groups import in_layers
from titian.measure.portrait import Portrait, portrait
from titian.measure.portrait_bins import Middle
from titian.measure.portrait_words import day_text
from titian.measure.portrayed import PortraitBin, PortraitTrait
from titian.rules.compiling import needed
from titian.traits.trait import Trait

Names = Sequence[str] | None


@dataclass(frozen=True)
class Portrayed:
    """The portrait of a group, with what the group is called and how its file is."""

    found: Portrait
    excluded: int
    day: date
    name: Words
    stem: str


def of_rule(reading: Reading, asked: shown.PortraitAsked) -> Portrayed:
    """Those who meet a rule."""
    rule, day = rule_asked(reading.desk, asked.rule), reading.day(asked.as_of)
    name = rule_words(rule, reading.data.currency, CalledHere(reading))
    return Portrayed(
        _of_rule(reading, rule, day, asked.traits), reading.counted(day).excluded, day, name, f"portrait-{day}"
    )


def of_audience(reading: Reading, key: str, as_of: date | None, traits: Names) -> Portrayed:
    """Those in a saved audience. Raises UnknownNameError."""
    made, _ = saved_audiences.one(reading.desk, key)
    day = reading.day(as_of)
    rule = saved_audiences.rule_of(made)
    return Portrayed(
        _of_rule(reading, rule, day, traits), reading.counted(day).excluded, day, made.name, f"portrait-{key}-{day}"
    )


def of_layer(reading: Reading, key: str, layer: str, as_of: date | None, traits: Names) -> Portrayed:
    """Those in a layer, by the cuts that its page shows. Raises UnknownNameError."""
    held, day = one(reading.desk, key), reading.day(as_of)
    got = assigned(reading, held, day)
    group = in_layers(got, [layer])
    called = got.fitted.layer(layer).name
    name = Words(zh=f"{held.words.zh} · {called.zh}", en=f"{held.words.en} · {called.en}")
    found = _against(reading, group, day, traits, list(held.layering.traits().values()))
    return Portrayed(found, got.data.excluded, day, name, f"portrait-{key}-{layer}-{day}")


def _of_rule(reading: Reading, rule: Rule, day: date, traits: Names) -> Portrait:
    found = select(rule, reading.counted(day), reading.instant(day), InWorkspace(reading))
    group = found.table.select("customer_id", inside="held")
    return _against(reading, group, day, traits, list(needed([rule]).values()))


def _against(reading: Reading, group: ir.Table, day: date, traits: Names, drawing: Collection[Trait]) -> Portrait:
    return portrait(group, reading.counted(day), reading.instant(day), traits, drawing=drawing, only=masking.shows)


def answer(portrayed: Portrayed) -> shown.GroupPortrait:
    """The portrait as an answer."""
    found = portrayed.found
    return shown.GroupPortrait(
        excluded=portrayed.excluded,
        as_of=portrayed.day,
        name=portrayed.name,
        inside=found.inside,
        everyone=found.everyone,
        share=found.inside / found.everyone if found.everyone else None,
        level=found.level,
        traits=tuple(_trait(one) for one in found.traits),
        notes=note_infos(found.notes),
    )


def _trait(one: PortraitTrait) -> shown.TraitPortrait:
    return shown.TraitPortrait(
        trait=trait_info(one.trait.column, one.trait),
        effect=one.effect.v,
        effect_low=one.effect.low,
        effect_high=one.effect.high,
        p=one.p,
        apart=one.apart,
        drawn_by=one.drawn_by,
        sentence=one.sentence,
        inside=_middle(one.inside, one.dated),
        everyone=_middle(one.everyone, one.dated),
        bins=tuple(_bin(found, one.dated) for found in one.bins),
    )


def _bin(found: PortraitBin, dated: bool) -> shown.PortraitBin:
    return shown.PortraitBin(
        kind=found.kind,
        value=found.value,
        low=_value(found.low, dated),
        high=_value(found.high, dated),
        name=found.name,
        inside=found.inside,
        everyone=found.everyone,
        share_inside=found.share_inside,
        share=found.share,
        tgi=found.tgi,
        tgi_low=found.tgi_low,
        tgi_high=found.tgi_high,
        few=found.few,
    )


def _middle(found: Middle, dated: bool) -> shown.PortraitMiddle:
    return shown.PortraitMiddle(mean=_value(found.mean, dated), median=_value(found.median, dated))


def _value(number: float | None, dated: bool) -> float | str | None:
    return day_text(number) if dated and number is not None else number


def export(reading: Reading, portrayed: Portrayed, kind: str) -> Export:
    """A line per trait and bin as a file; the reading must stay open while the chunks are taken."""
    rows = portrayed.found.to_arrow()
    numbered = rows.add_column(0, "line", pa.array(range(len(rows)), pa.int64()))
    table, kept = reading.data.engine.upload(("portrait", uuid4().hex), lambda: numbered)
    headings = tuple(rows.column_names)

    def line(row: Mapping[str, object], _held: object = kept) -> Iterable[Cell]:
        return (_cell(row[name]) for name in headings)

    return exporting.exported(reading, portrayed.stem, Sheet(table.order_by("line").drop("line"), headings, line), kind)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, float | int | str) else None


def write(reading: Reading, portrayed: Portrayed, path: Path) -> None:
    """The same into a file of a .csv, .xlsx or .parquet name. Raises InputError for another."""
    exporting.saved(path, lambda kind: export(reading, portrayed, kind))
