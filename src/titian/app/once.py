"""Once: what was answered to a write under its Idempotency-Key, so that a call sent again changes nothing more."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from titian.app.acting import acting
from titian.app.permitted import permitted
from titian.errors import ConflictError

KEPT_ANSWERS = 1_000

Answer = TypeVar("Answer")


class Once:
    """The newest answers by key, shared by threads; forgotten when the desk closes."""

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._most = most
        self._guard = threading.RLock()
        self._given: OrderedDict[Hashable, tuple[Hashable, object]] = OrderedDict()

    def answer(self, key: str | None, asked: Hashable, work: Callable[[], Answer]) -> Answer:
        """What `work` gives, or gave when it was `asked` under this key before; refusals are not kept.

        Raises ConflictError when the key stands for something else that was asked.
        """
        if not key:
            return work()
        mine = (acting.get(), permitted.get(), key)  # nobody is given the answer to a call of somebody who may more
        with self._guard:
            if mine in self._given:
                before, given = self._given[mine]
                if before != asked:
                    raise _reused(key)
                return cast("Answer", given)
            given = work()
            self._given[mine] = (asked, given)
            while len(self._given) > self._most:
                self._given.popitem(last=False)
        return given


def _reused(key: str) -> ConflictError:
    return ConflictError(
        f"the Idempotency-Key {key!r} was used for another call",
        "send a new key with every call that is not a repetition",
        zh=f"Idempotency-Key {key!r} 已用于另一个请求",
        hint_zh="不是重发的请求，请换一个新的 key",
        idempotency_key=key,
    )
