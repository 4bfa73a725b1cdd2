"""A channel that keeps what it is sent in memory, for tests of what sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from titian.domain.outcome import Accepted, Outcome
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.reach.channel import Capabilities


def accepted(message: Message) -> Outcome:
    """Every message is taken."""
    return Accepted(f"memory-{message.key}")


@dataclass
class MemoryChannel:
    """Takes what it is sent, after `seconds`; `answer` says what becomes of each message.

    `sent` holds every message of every call, in the order in which calls ended; `most_at_once` how many calls overlapped.
    """

    capabilities: Capabilities = field(default_factory=lambda: Capabilities(needs_consent=False, honours_key=True))
    answer: Callable[[Message], Outcome] = accepted
    seconds: float = 0.0
    sent: list[Message] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    most_at_once: int = 0
    closed: bool = False
    _at_once: int = 0

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Keep the messages."""
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self._at_once -= 1
        self.batches.append(len(messages))
        self.sent += messages
        return [self.answer(message) for message in messages]

    async def check(self) -> Words:
        """It always works."""
        return Words(zh="就绪", en="ready")

    async def close(self) -> None:
        """There is nothing to let go of."""
        self.closed = True
