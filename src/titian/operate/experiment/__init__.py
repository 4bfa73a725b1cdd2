"""Experiment: who is left untouched, how many it takes, and whether it worked."""

from titian.operate.experiment.analysis import Analysis, analyze
from titian.operate.experiment.comparison import Comparison
from titian.operate.experiment.holdout import Holdout, Split, assign
from titian.operate.experiment.power import Sizes, sizes
from titian.operate.experiment.sample_ratio import SampleRatio

__all__ = ["Analysis", "Comparison", "Holdout", "SampleRatio", "Sizes", "Split", "analyze", "assign", "sizes"]
