"""Measured: a metric in one arm beside the control, before anybody judges it."""

from __future__ import annotations

from dataclasses import dataclass

from titian.operate.experiment.difference import ArmMean, Difference, at_any_look, telling
from titian.operate.experiment.metric import Metric
from titian.operate.experiment.moments import Moments
from titian.operate.experiment.tasting import arm_means, at_one_look
from titian.stats.confidence_sequence import Boundary


@dataclass(frozen=True)
class Measured:
    """The moments of a metric in the control and in one arm, in one layer or in all, their means and difference.

    Means are None of nobody, and of a ratio whose denominator adds up to nothing; the difference also where nobody
    differs from anybody.
    """

    metric: Metric
    layer: str | None
    arm: str
    of_control: Moments
    of_arm: Moments
    control: ArmMean | None
    treated: ArmMean | None
    difference: Difference | None

    @property
    def customers_in_both(self) -> int:
        """Customers who have the metric in both arms."""
        return self.of_control.customers + self.of_arm.customers

    @property
    def is_share(self) -> bool:
        """Whether the metric is the share of customers of whom something is so."""
        return all(of.is_share for of in (self.of_control, self.of_arm) if of.customers)

    @property
    def expected(self) -> float:
        """How many customers of the smaller arm would act if arms were alike; of a share also how many would not, if fewer."""
        both, smaller = self.customers_in_both, min(self.of_control.customers, self.of_arm.customers)
        acting = self.of_control.acting + self.of_arm.acting
        rare = min(acting, both - acting) if self.is_share else acting
        return smaller * rare / both if both else 0.0


def measured(
    metric: Metric,
    layer: str | None,
    arm: str,
    control: Moments,
    treated: Moments,
    level: float,
    boundary: Boundary | None,
) -> Measured:
    """How far apart an arm and the control are, at one look by Welch's test, or at any look within the boundary."""
    means = arm_means(control, treated) if control.customers and treated.customers else None
    if means is None:
        return Measured(metric, layer, arm, control, treated, None, None, None)
    found = None
    if telling(*means):
        found = at_one_look(*means, level) if boundary is None else at_any_look(*means, boundary)
    return Measured(metric, layer, arm, control, treated, *means, found)
