"""Presets: layerings with the parameters of a trade or a use."""

from __future__ import annotations

from titian.layering.layering import Layering
from titian.layering.matrix import Matrix, MatrixDimension
from titian.layering.staged import INTENT, Staged


def _matrix(key: str, *traits: str) -> Matrix:
    return Matrix(key=key, dimensions=tuple(MatrixDimension(trait=trait) for trait in traits))


PRESETS: dict[str, Layering] = {
    preset.key: preset
    for preset in (
        _matrix("live_streaming", "days_since_watch", "watch_duration_s", "tip_value"),
        _matrix("content", "comment_count", "comment_value", "liked_count"),
        _matrix("website", "days_since_login", "login_count", "login_duration_s"),
        _matrix("community", "login_count", "post_count"),
        Staged(key="intent", stages=INTENT),
    )
}
"""Matrices by trade (events: watch, tip, comment with words written as its value, liked, login, post), and intent."""
