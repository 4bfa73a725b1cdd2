"""The registry: every layering by its key."""

from __future__ import annotations

from typing import Any

from titian.errors import UnknownNameError
from titian.layering.aarrr import AARRR
from titian.layering.brand import AIPL, FiveA, FourA
from titian.layering.clusters import Clusters
from titian.layering.cross import Cross
from titian.layering.growth import Growth
from titian.layering.identity import Identity
from titian.layering.influence import Influence
from titian.layering.inside import Inside
from titian.layering.layering import Layering
from titian.layering.lifecycle import Lifecycle
from titian.layering.matrix import Matrix
from titian.layering.nesting import KINDS
from titian.layering.quantiles import Quantiles
from titian.layering.rfm import RFM
from titian.layering.rfm_score import RFMScore
from titian.layering.rules import Rules
from titian.layering.social import Social
from titian.layering.split import TraitSplit
from titian.layering.staged import Staged
from titian.layering.tiers import Tiers
from titian.layering.value_levels import ValueLevels

_HOUSE = (
    RFM,
    RFMScore,
    ValueLevels,
    AARRR,
    Lifecycle,
    Identity,
    AIPL,
    FiveA,
    FourA,
    Growth,
    Social,
    Influence,
)
_OWN = (TraitSplit, Tiers, Matrix, Staged, Rules, Quantiles, Clusters, Cross, Inside)

LAYERINGS: dict[str, type[Layering]] = {kind.kind: kind for kind in (*_HOUSE, *_OWN)}
KINDS.update(LAYERINGS)


def layerings() -> dict[str, type[Layering]]:
    """Every layering class by its key."""
    return dict(LAYERINGS)


def layering(kind: str, parameters: dict[str, Any] | None = None) -> Layering:
    """A layering from its key and parameters. Raises UnknownNameError or LayeringError with what is valid."""
    if kind not in LAYERINGS:
        raise UnknownNameError("layering", "分层模型", kind, list(LAYERINGS))
    return LAYERINGS[kind](**(parameters or {}))
