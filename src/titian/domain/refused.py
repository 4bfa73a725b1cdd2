"""Refused: why a parameter can not be taken, in both languages."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from titian.domain.words import Words


class RefusedError(ValueError):
    """Raised by validators: a ValueError whose reason is said in Chinese, too."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Words(zh=zh, en=en)


def reason_of(error: ErrorDetails) -> Words:
    """Why a parameter was refused, of a line of a ValidationError."""
    context = error.get("ctx", {})
    refusal = context.get("error")
    if isinstance(refusal, RefusedError):
        return refusal.reason
    return Words(zh=_REASONS_ZH.get(error["type"], error["msg"]).format(**context), en=error["msg"])


_REASONS_ZH = {
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "finite_number": "必须是有限的数",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "missing": "必填",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "string_type": "应为文本",
    "extra_forbidden": "没有这一项",
    "string_pattern_mismatch": "只能用小写字母、数字和下划线",
    "literal_error": "应为 {expected} 之一",
}
