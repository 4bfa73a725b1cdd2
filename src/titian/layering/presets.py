"""Presets: matrices that trades without orders use."""

from __future__ import annotations

from titian.layering.matrix import Matrix, MatrixDimension


def _matrix(key: str, *traits: str) -> Matrix:
    return Matrix(key=key, dimensions=tuple(MatrixDimension(trait=trait) for trait in traits))


PRESETS: dict[str, Matrix] = {
    preset.key: preset
    for preset in (
        _matrix("live_streaming", "days_since_watch", "watch_duration_s", "tip_value"),
        _matrix("content", "comment_count", "comment_value", "liked_count"),
        _matrix("website", "days_since_login", "login_count", "login_duration_s"),
        _matrix("community", "login_count", "post_count"),
    )
}
"""Matrix layerings by trade. Events: watch, tip, comment (value: words written), liked, login, post."""
