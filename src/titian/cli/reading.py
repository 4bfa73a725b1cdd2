"""What people hand to commands: rules and customers, on the command line, in a file, or through a pipe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from titian.app.named_customers import in_file, in_text
from titian.errors import InputError


def ids_in(file: Path | None, ids: list[str] | None) -> list[str]:
    """The customers of a call, named one by one and in a file (- for stdin). Raises InputError where it can't be read."""
    named = [one for text in ids or [] for one in in_text(text)]
    if file is None:
        return named
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return [*named, *in_file(raw.decode("utf-8-sig"))]
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise InputError(
            f"{file} can't be read: {why}",
            "give a text file in UTF-8, an id in each line",
            zh=f"无法读取 {file}：{why}",
            hint_zh="请提供 UTF-8 编码的文本文件，每行一个客户编号",
            file=str(file),
        ) from error


def rule_in(given: str) -> dict[str, Any]:
    """A rule from a text, or from the file that it names. Raises InputError."""
    named = Path(given)
    try:
        read = yaml.safe_load(
            named.read_text(encoding="utf-8") if given.endswith((".json", ".yaml", ".yml")) else given
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _no_rule(given, str(error).splitlines()[0]) from error
    if not isinstance(read, dict):
        raise _no_rule(given, "no mapping")
    return read


def _no_rule(given: str, why: str) -> InputError:
    return InputError(
        f"{given[:80]!r} holds no rule: {why}",
        'write it as \'{"trait": "spend_90d", "op": ">=", "value": 100}\', or name a .json or .yaml file',
        zh=f"{given[:80]!r} 不是规则：{why}",
        hint_zh='请写成 \'{"trait": "spend_90d", "op": ">=", "value": 100}\'，或给出 .json 或 .yaml 文件',
    )
