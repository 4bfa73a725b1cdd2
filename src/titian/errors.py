"""The one tree of errors: what happened, how to mend it, and whether trying again can help."""

from __future__ import annotations

from typing import Any, ClassVar


class TitianError(Exception):
    """Something that a person should hear about: one line what, one line how to mend, in English and Chinese.

    `code` is stable and may be tested for; `details` are the values behind the sentence (file, row, column,
    value, valid choices …), ready for JSON.
    """

    code: ClassVar[str] = "error"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, hint: str, *, zh: str, hint_zh: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.zh = zh
        self.hint_zh = hint_zh
        self.details = details

    def said(self, language: str) -> tuple[str, str]:
        """What happened and how to mend it, in `language` ("zh" or "en")."""
        return (self.zh, self.hint_zh) if language == "zh" else (self.message, self.hint)


class InputError(TitianError):
    """The call or the data handed in is wrong: mend it and call again."""

    code = "input"


class UnknownNameError(InputError):
    """A name that is none of the valid ones, which are listed."""

    code = "unknown_name"

    def __init__(self, what: str, what_zh: str, given: str, valid: list[str]) -> None:
        listed = ", ".join(valid)
        super().__init__(
            f"{what} {given!r} is not known",
            f"choose one of: {listed}" if valid else f"there is no {what} yet",
            zh=f"没有名为 {given!r} 的{what_zh}",
            hint_zh=f"可选：{listed}" if valid else f"还没有任何{what_zh}",
            given=given,
            valid=valid,
        )


class NotFoundError(TitianError):
    """The thing asked for does not exist here."""

    code = "not_found"


class MissingDataError(TitianError):
    """The data at hand lack a table or column that the question needs."""

    code = "missing_data"


class ConflictError(TitianError):
    """Somebody else changed it meanwhile."""

    code = "conflict"


class SignInError(TitianError):
    """Nobody is signed in, or not with what was given: sign in and call again."""

    code = "sign_in"


class ForbiddenError(TitianError):
    """Whoever calls may not do this."""

    code = "forbidden"


class MaskedError(ForbiddenError):
    """What was asked for rests on personal data that whoever calls may not see."""

    code = "masked"


class TooManyError(TitianError):
    """It was tried too often; the same call may work after `wait_seconds`."""

    code = "too_many"
    retryable = True

    def __init__(self, message: str, hint: str, *, zh: str, hint_zh: str, wait_seconds: int) -> None:
        super().__init__(message, hint, zh=zh, hint_zh=hint_zh, wait_seconds=wait_seconds)
        self.wait_seconds = wait_seconds


class BusyError(TitianError):
    """Another writer holds the workspace; the same call may work later."""

    code = "busy"
    retryable = True


class DamagedError(TitianError):
    """What is stored can not be read; the message says what was done about it."""

    code = "damaged"


class StorageError(TitianError):
    """The disk or the database below refused."""

    code = "storage"
    retryable = True
