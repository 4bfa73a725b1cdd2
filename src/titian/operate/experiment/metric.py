"""Metric: what an experiment compares between its arms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from titian.errors import InputError, UnknownNameError

Columns = str | tuple[str, str]
"""A column, or the two whose sums are divided: ("spend", "orders")."""

Metrics = str | Sequence[str] | Mapping[str, Columns]

NUMERATOR, DENOMINATOR = "numerator", "denominator"
COVARIATE, COVARIATE_DENOMINATOR = "covariate", "covariate_denominator"


@dataclass(frozen=True)
class Metric:
    """A number of every customer, of which arms are compared by the mean; or one over another, by the ratio of their means.

    `columns` are by the part that they play: numerator, denominator of a ratio, and the covariate that was known of each
    customer before the experiment, which may be a ratio, too.
    """

    name: str
    columns: Mapping[str, str]
    lower_is_better: bool = False

    @property
    def outcomes(self) -> list[str]:
        """The parts that the experiment may have changed."""
        return [part for part in (NUMERATOR, DENOMINATOR) if part in self.columns]


def metrics_of(
    metrics: Metrics, covariates: Mapping[str, Columns] | None = None, lower_is_better: Collection[str] = ()
) -> tuple[Metric, ...]:
    """Metrics as they are said in a call: names of columns, or `{"aov": ("spend", "orders")}`.

    Raises InputError without any, or for what is no column or pair; UnknownNameError for a covariate, or a direction, of a
    metric that isn't there.
    """
    said = _said(metrics)
    before = dict(covariates or {})
    for name in (*before, *lower_is_better):
        if name not in said:
            raise UnknownNameError("metric", "指标", name, list(said))
    return tuple(
        Metric(
            name,
            {
                **_parts(name, columns, NUMERATOR, DENOMINATOR),
                **(_parts(name, before[name], COVARIATE, COVARIATE_DENOMINATOR) if name in before else {}),
            },
            lower_is_better=name in lower_is_better,
        )
        for name, columns in said.items()
    )


def columns_of(metrics: Sequence[Metric]) -> list[str]:
    """Every column of the metrics, once."""
    return list(dict.fromkeys(column for metric in metrics for column in metric.columns.values()))


def _said(metrics: Metrics) -> dict[str, Columns]:
    if isinstance(metrics, str):
        return {metrics: metrics}
    said: dict[str, Columns] = (
        dict(metrics) if isinstance(metrics, Mapping) else {str(name): str(name) for name in metrics}
    )
    if said:
        return said
    raise InputError(
        "there is no metric to compare",
        'name columns of numbers, such as metrics=["visit", "spend"]',
        zh="没有要比较的指标",
        hint_zh='请给出数值列，例如 metrics=["visit", "spend"]',
    )


def _parts(name: str, columns: Columns, one: str, other: str) -> dict[str, str]:
    if isinstance(columns, str):
        return {one: columns}
    parts = list(columns)
    if [type(part) for part in parts] == [str, str]:
        return {one: parts[0], other: parts[1]}
    raise InputError(
        f"the metric {name} is made of {columns!r}, which is neither a column nor a pair of columns",
        'write "spend" for a mean, or ("spend", "orders") for a ratio',
        zh=f"指标 {name} 的定义 {columns!r} 既不是一列也不是一对列",
        hint_zh='均值请写 "spend"，比率请写 ("spend", "orders")',
        metric=name,
    )
