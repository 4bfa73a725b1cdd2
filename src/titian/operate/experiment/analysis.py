"""Analysis: did the play work? Every metric of every arm against the control, by layer and in all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from titian.domain.note import Note
from titian.domain.words import Words
from titian.layering.frame import Frame as Rows
from titian.operate.experiment.arms import Arms, arms_of
from titian.operate.experiment.comparison import Comparison, Correction, comparisons, correction_named
from titian.operate.experiment.measured import Measured, measured
from titian.operate.experiment.metric import Columns, Metric, Metrics, metrics_of
from titian.operate.experiment.sample_ratio import SampleRatio, expected_split, sample_ratio
from titian.operate.experiment.scanning import Empty, scanned
from titian.operate.experiment.table import as_arrow
from titian.operate.experiment.verdict import MATTERS, Terms
from titian.operate.experiment.words import on_split
from titian.stats.confidence_sequence import TUNED_FOR, Boundary
from titian.stats.effects import LEVEL
from titian.warehouse.handed import Frame

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


@dataclass(frozen=True)
class Analysis:
    """An experiment's comparisons: in all, metric by metric and arm by arm, and by layer where one was asked for.

    `sample_ratio` comes before all else: where the split is off, no verdict is given. `peeking` tells whether intervals and p
    values hold at any number of looks.
    """

    arm: str
    control: str
    layer: str | None
    level: float
    peeking: bool
    sample_ratio: SampleRatio
    layer_ratios: Mapping[str, SampleRatio]
    overall: tuple[Comparison, ...]
    by_layer: tuple[Comparison, ...]
    notes: tuple[Note, ...]

    def __repr__(self) -> str:
        verdicts = ", ".join(f"{one.metric} {one.arm}: {one.verdict.key}" for one in self.overall)
        return f"<Analysis against {self.control}; {verdicts}>"

    @property
    def in_all(self) -> Analysis:
        """The same without layers."""
        return replace(self, layer=None, layer_ratios={}, by_layer=())

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What was asked for: by layer where one was said, else in all."""
        return self.overall if self.layer is None else self.by_layer

    @property
    def sentences(self) -> tuple[Words, ...]:
        """The analysis in plain words: the split first, then every comparison in all, then by layer."""
        return (on_split(self.sample_ratio), *(one.sentence for one in (*self.overall, *self.by_layer)))

    def to_arrow(self) -> pa.Table:
        """A row per metric × arm (× layer) as an Arrow table: the fields of a comparison, and its verdict in words."""
        return as_arrow(self.comparisons, layered=self.layer is not None)

    def to_pandas(self) -> Rows:
        """The same as a pandas frame."""
        return Rows(self.to_arrow().to_pandas())

    def to_polars(self) -> pl.DataFrame:
        """The same as a Polars frame."""
        import polars as pl

        return pl.DataFrame(self.to_arrow())


def analyze(
    frame: Frame,
    *,
    arm: str,
    control: object,
    metrics: Metrics,
    covariates: Mapping[str, Columns] | None = None,
    layer: str | None = None,
    split: Mapping[str, float] | None = None,
    lower_is_better: Collection[str] = (),
    level: float = LEVEL,
    matters: float = MATTERS,
    correction: Correction = "holm",
    peeking: bool | int = False,
    empty: Empty = "refuse",
    customer: str | None = None,
) -> Analysis:
    """Compare every arm of an experiment with its control: a table of one row per customer, with arm and outcomes.

    `frame` is what `tt.Dataset` takes as a table; `arm` and `layer` are its columns, `control` a value of `arm`. `metrics`
    are columns of numbers, or a mapping in which a pair is a ratio: `{"spend": "spend", "aov": ("spend", "orders")}`.
    Each customer counts in the arm that they were put in, whether or not anything reached them (intention to treat). An
    empty outcome is refused, unless `empty` says that it means 0 or that the customer is left out.

    `covariates` are columns by metric that were known before the experiment; CUPED takes their share out, which makes
    intervals shorter. `split` says how customers were to be split, in equal parts unless said, `{"none": 0.1, "mail": 0.9}`.
    `matters` is the smallest effect worth having, as a share of the control's mean. The p values of all comparisons in all
    are corrected for their number, those of all layers for theirs. With `peeking` intervals and p values hold however often
    one looks; say the number of customers that the experiment will have instead of True, before the first look, and they
    are tightest there.

    `customer` names the column of ids, if each is to be checked to have one row.

    Raises InputError for what is not there or can't be compared, naming column, row and value.
    """
    asked = metrics_of(metrics, covariates, lower_is_better)
    correction_named(correction)
    terms = Terms(level=level, matters=matters, boundary=_boundary(peeking, level))
    found = scanned(frame, arm, layer, asked, empty, customer)
    arms = arms_of(found, arm, control)
    expected = expected_split(split, arms.names)
    ratio = sample_ratio(arms.sizes(None), arms.control, expected, len(arms.others))
    tests = len(arms.others) * len(arms.layers)
    ratios = {one: sample_ratio(arms.sizes(one), arms.control, expected, tests) for one in arms.layers}
    overall = [one for metric in asked for one in _measured(arms, metric, None, terms)]
    layered = [one for metric in asked for key in arms.layers for one in _measured(arms, metric, key, terms)]

    def off(key: str | None) -> bool:
        return ratio.mismatch or (key is not None and ratios[key].mismatch)

    return Analysis(
        arm=arm,
        control=arms.control,
        layer=layer,
        level=level,
        peeking=terms.boundary is not None,
        sample_ratio=ratio,
        layer_ratios=ratios,
        overall=comparisons(overall, correction, terms, off),
        by_layer=comparisons(layered, correction, terms, off),
        notes=(*_on_split(ratio, ratios), *_on_cells(found.without_arm, found.empty, asked, empty)),
    )


def _boundary(peeking: bool | int, level: float) -> Boundary | None:
    if peeking is False:
        return None
    return Boundary(level, TUNED_FOR if peeking is True else peeking)


def _measured(arms: Arms, metric: Metric, layer: str | None, terms: Terms) -> list[Measured]:
    control = arms.moments(metric.name, arms.control, layer)
    return [
        measured(metric, layer, arm, control, arms.moments(metric.name, arm, layer), terms.level, terms.boundary)
        for arm in arms.others
    ]


def _on_split(ratio: SampleRatio, ratios: Mapping[str, SampleRatio]) -> list[Note]:
    """Whether the split is off, in all or in layers, said first."""
    if ratio.mismatch:
        return [Note(code="split_off", text=on_split(ratio))]
    off = [layer for layer, found in ratios.items() if found.mismatch]
    if not off:
        return []
    text = Words(
        zh=f"这些层级的分组失衡，不下结论：{'、'.join(off)}。层级须是分组时的层级。",
        en=f"In these layers the split is off, so nothing is concluded: {', '.join(off)}. Layers have to be those of the "
        "day of the split.",
    )
    return [Note(code="split_off_in_layers", text=text)]


def _on_cells(without_arm: int, holes: Mapping[str, int], metrics: tuple[Metric, ...], empty: Empty) -> list[Note]:
    """Rows without an arm, and empty cells that counted as something."""
    remarks = []
    if without_arm:
        text = Words(
            zh=f"{without_arm:,} 行没有写明分组，未计入。",
            en=f"{without_arm:,} rows have no arm and count nowhere.",
        )
        remarks.append(Note(code="without_arm", text=text))
    outcomes = {metric.columns[part] for metric in metrics for part in metric.outcomes}
    for column, cells in holes.items():
        left_out = column in outcomes and empty == "leave_out"
        text = Words(
            zh=f"{column} 有 {cells:,} 处为空：{'这些客户不计入该指标' if left_out else '按 0 计'}。",
            en=f"{column} is empty in {cells:,} rows: {'such customers are left out of it' if left_out else 'it counts as 0'}.",
        )
        remarks.append(Note(code="left_out" if left_out else "empty_as_zero", text=text))
    return remarks
