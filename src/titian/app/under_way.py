"""Under way: where a long piece of work is, for those who look on while another waits for it."""

from __future__ import annotations

from titian.domain.words import Words


class Watched:
    """A `Progress` that remembers what it heard last."""

    def __init__(self) -> None:
        self.last: tuple[Words, int, int | None] | None = None
        """The stage, what is done of it, and how much it is in all; None while nothing is done."""

    def __call__(self, stage: Words, done: int, total: int | None) -> None:
        self.last = (stage, done, total)

    def over(self) -> None:
        """The work ended, well or not."""
        self.last = None
