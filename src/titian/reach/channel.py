"""The port of channels: what an adapter declares, and the one thing it does.

A plug-in's adapter is found by the entry point group `titian.channels`: the name is the kind that `titian.yaml` says, the
value a `ChannelKind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from titian.domain.outcome import Outcome
from titian.domain.touch import Message
from titian.domain.words import Words

if TYPE_CHECKING:
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
    """What every channel can be told in titian.yaml; kinds add their own.

    `slots`: how many messages (or batches) may be on their way at once. `per_second`: not more than that, of all workers
    together. `when_uncertain`: where it is not known whether a message went out, hold it for a person, or send it again;
    unless said otherwise it is sent again where receivers honour the key.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: str
    slots: int | None = Field(default=None, ge=1, le=500)
    per_second: float | None = Field(default=None, gt=0)
    when_uncertain: Literal["hold", "again"] | None = None


@dataclass(frozen=True)
class Surroundings:
    """What a channel may use besides its settings: its name, the store, the workspace's folder, and the environment."""

    name: str
    store: Store
    folder: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class ChannelKind:
    """A kind of channel: its settings, how one is opened with them (raises TitianError), and how many slots it has by default."""

    words: Words
    settings: type[ChannelSettings]
    open: Callable[[ChannelSettings, Surroundings], Channel]
    slots: int = 8
