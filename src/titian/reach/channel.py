"""The port of channels: what an adapter declares, and the one thing it does.

A plug-in's adapter is found by the entry point group `titian.channels`: the name is the kind that `titian.yaml` says, the
value a `ChannelKind`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from titian.domain.outcome import Outcome
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.store.database import Store

ENTRY_POINTS = "titian.channels"


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do, as data.

    `batch` messages at most go out in one call. `per_second` is what the other side takes, None: as much as there is.
    `honours_key`: a receiver to whom the same message comes twice takes it once, so that sending again does no harm.
    Lengths are in characters; None: no limit, 0: it has no such part.
    """

    batch: int = 1
    per_second: float | None = None
    needs_consent: bool = True
    honours_key: bool = False
    longest_text: int | None = None
    longest_subject: int | None = 0
    html: bool = False
    address: Words | None = None
    """What an address of it is; None: messages need none."""


class Channel(Protocol):
    """A way to reach people. `send` is called from many slots at once, each with at most `batch` messages."""

    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Send messages; what became of each, in their order. Raises nothing: a fault is an outcome."""
        ...

    async def check(self) -> Words:
        """Look whether it would work, and send nothing; what was found. Raises TitianError where it would not."""
        ...

    async def close(self) -> None:
        """Let go of connections; a second time does nothing."""
        ...


class ChannelSettings(BaseModel):
    """What every channel can be told in titian.yaml; kinds add their own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    slots: int | None = None
    """How many messages (or batches) may be on their way at once."""
    per_second: float | None = None
    when_uncertain: str | None = None


@dataclass(frozen=True)
class Surroundings:
    """What a channel may use besides its settings: the store, the workspace's folder, secrets by name, the house's zone."""

    name: str
    store: Store
    folder: Path
    secret: Callable[[object], str]


@dataclass(frozen=True)
class ChannelKind:
    """A kind of channel: its settings, and how one is opened with them."""

    words: Words
    settings: type[ChannelSettings]
    open: Callable[[ChannelSettings, Surroundings], Channel]
