"""Titian: customer layers, flows, plays and proof.

import titian as tt

data = tt.Dataset(orders=frame, timezone="Asia/Shanghai", currency="CNY")
tt.RFM().assign(data, as_of="2011-12-10").counts()
"""

from __future__ import annotations

from titian.app.dataset import Dataset
from titian.app.questions import assign, cross, flows, funnel, history, impact, portrait, select, split_test, traits
from titian.audience.selecting import Selection
from titian.domain.layer import Layer
from titian.domain.note import Note
from titian.domain.play import Play
from titian.domain.reason import Reason
from titian.domain.words import Words
from titian.errors import TitianError
from titian.layering.aarrr import AARRR
from titian.layering.brand import AIPL, FiveA, FourA
from titian.layering.clusters import Clusters
from titian.layering.cross import Cross
from titian.layering.fitted import Fitted
from titian.layering.growth import Growth
from titian.layering.identity import Identity
from titian.layering.influence import Influence
from titian.layering.inside import Inside
from titian.layering.layering import Layering
from titian.layering.lifecycle import Lifecycle
from titian.layering.matrix import Matrix, MatrixDimension
from titian.layering.presets import PRESETS
from titian.layering.quantiles import Quantiles
from titian.layering.registry import layerings
from titian.layering.rfm import RFM
from titian.layering.rfm_score import RFMScore
from titian.layering.rules import RuleLayer, Rules
from titian.layering.social import Social
from titian.layering.split import TraitSplit
from titian.layering.staged import Signal, Stage, Staged
from titian.layering.tiers import Tier, Tiers
from titian.layering.value_levels import ValueLevels
from titian.measure.funnel import Funnel
from titian.measure.funnel_drops import Drop
from titian.measure.funnel_figures import FunnelPart, FunnelStep, Times
from titian.measure.portrait import Portrait
from titian.measure.portrayed import PortraitBin, PortraitTrait
from titian.operate import experiment

__version__ = "0.1.0"

__all__ = [
    "AARRR",
    "AIPL",
    "PRESETS",
    "RFM",
    "Clusters",
    "Cross",
    "Dataset",
    "Drop",
    "Fitted",
    "FiveA",
    "FourA",
    "Funnel",
    "FunnelPart",
    "FunnelStep",
    "Growth",
    "Identity",
    "Influence",
    "Inside",
    "Layer",
    "Layering",
    "Lifecycle",
    "Matrix",
    "MatrixDimension",
    "Note",
    "Play",
    "Portrait",
    "PortraitBin",
    "PortraitTrait",
    "Quantiles",
    "RFMScore",
    "Reason",
    "RuleLayer",
    "Rules",
    "Selection",
    "Signal",
    "Social",
    "Stage",
    "Staged",
    "Tier",
    "Tiers",
    "Times",
    "TitianError",
    "TraitSplit",
    "ValueLevels",
    "Words",
    "assign",
    "cross",
    "experiment",
    "flows",
    "funnel",
    "history",
    "impact",
    "layerings",
    "portrait",
    "select",
    "split_test",
    "traits",
]
