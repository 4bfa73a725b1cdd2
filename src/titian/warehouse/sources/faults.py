"""Faults of a source: each is an error with a stable code that names the place and how to mend it."""

from __future__ import annotations

from typing import Any, ClassVar

from titian.domain.words import Words
from titian.errors import InputError, StorageError

SHOWN = 60


class SourceError(InputError):
    """The source as a whole can not be read; `details` hold file, row, column, value and reason where known."""

    code: ClassVar[str] = "source"

    def __init__(self, what: Words, mend: Words, **details: Any) -> None:
        super().__init__(what.en, mend.en, zh=what.zh, hint_zh=mend.zh, **details)


class EmptySourceError(SourceError):
    """There is nothing in it: no bytes, no sheet with cells, or only a header."""

    code = "empty_source"


class UnknownFormatError(SourceError):
    """None of the formats that are read."""

    code = "unknown_format"


class DamagedFileError(SourceError):
    """The format is known but the file is cut off or broken."""

    code = "damaged_file"


class ArchiveError(SourceError):
    """A zip or gzip that is refused: unsafe names, too big when unpacked, no or several data files."""

    code = "archive"


class EncodingError(SourceError):
    """The text is not all in one encoding."""

    code = "encoding"


class BrokenTextError(SourceError):
    """The text breaks at one place so that what follows can not be told apart: an unclosed quote, an endless line."""

    code = "broken_text"


class TooManyBadRowsError(SourceError):
    """So many rows of a wrong shape that the file was probably read the wrong way."""

    code = "too_many_bad_rows"


class DatabaseSourceError(SourceError):
    """The database or the table or query in it can not be read."""

    code = "database_source"


def shown(value: str) -> str:
    """`value` short enough for a sentence, control characters made visible."""
    short = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in short)


def no_such_file(name: str) -> SourceError:
    """The path leads nowhere."""
    return SourceError(
        Words(zh=f"找不到文件 {name}", en=f"there is no file {name}"),
        Words(zh="检查路径和文件名是否正确", en="check the path and the file name"),
        file=name,
    )


def not_a_file(name: str) -> SourceError:
    """The path is a folder or may not be read."""
    return SourceError(
        Words(zh=f"{name} 不是可以读取的文件", en=f"{name} is not a file that can be read"),
        Words(zh="请给出一个文件（不是文件夹），并确认有读取权限", en="name a file, not a folder, that you may read"),
        file=name,
    )


def empty(name: str) -> EmptySourceError:
    """Not one byte, or nothing but blanks."""
    return EmptySourceError(
        Words(zh=f"{name} 是空的", en=f"{name} is empty"),
        Words(zh="重新导出一份有内容的文件", en="export the file again, with rows in it"),
        file=name,
        reason="empty",
    )


def header_only(name: str, columns: tuple[str, ...]) -> EmptySourceError:
    """A header and no record below it."""
    return EmptySourceError(
        Words(zh=f"{name} 只有表头，没有数据行", en=f"{name} has a header but no rows below it"),
        Words(zh="检查导出时的筛选条件，重新导出", en="check the filter of the export and export again"),
        file=name,
        columns=list(columns),
        reason="header_only",
    )


def damaged(name: str, kind: str, what: Words) -> DamagedFileError:
    """A `kind` of file that breaks off or does not hold together."""
    return DamagedFileError(
        Words(
            zh=f"{name} 是损坏的 {kind} 文件：{what.zh}",
            en=f"{name} is a damaged {kind} file: {what.en}",
        ),
        Words(zh="重新下载或重新导出这个文件", en="download or export the file again"),
        file=name,
        format=kind,
        reason=what.en,
    )


def unknown_format(name: str, seems: Words) -> UnknownFormatError:
    """Bytes of none of the known formats."""
    return UnknownFormatError(
        Words(
            zh=f"{name} 不是可以识别的数据文件（看起来是{seems.zh}）",
            en=f"{name} is no data file known here ({seems.en})",
        ),
        Words(
            zh="请另存为 CSV、TSV、Excel（xlsx、xls、xlsb、ods）、Parquet 或 JSONL，可压缩为 .gz 或 .zip",
            en="save it as CSV, TSV, Excel (xlsx, xls, xlsb, ods), Parquet or JSONL, plain or as .gz or .zip",
        ),
        file=name,
        reason=seems.en,
    )


def unclosed_quote(name: str, row: int, line: int, column: str, value: str) -> BrokenTextError:
    """A quote that opens a cell and never closes."""
    return BrokenTextError(
        Words(
            zh=f'{name} 第 {row} 行（文本第 {line} 行）"{column}" 列的引号没有闭合：{shown(value)}',
            en=f'{name}, row {row} (line {line}), column "{column}": the quote never closes: {shown(value)}',
        ),
        Words(
            zh=f"在第 {line} 行补上右引号，或把单元格里的引号写成两个，再导入；此前没有写入任何数据",
            en=f"close the quote in line {line}, or double a quote that belongs to the value; nothing was loaded",
        ),
        file=name,
        row=row,
        line=line,
        column=column,
        value=shown(value),
        reason="unclosed_quote",
    )


def endless_cell(name: str, row: int, line: int, limit: int, value: str) -> BrokenTextError:
    """A line or cell so long that it can not be one."""
    return BrokenTextError(
        Words(
            zh=f"{name} 第 {row} 行（文本第 {line} 行）超过 {limit:,} 个字符：{shown(value)}",
            en=f"{name}, row {row} (line {line}): longer than {limit:,} characters: {shown(value)}",
        ),
        Words(
            zh="多半是引号没有闭合或文件不是文本；请检查这一行后再导入",
            en="most likely a quote is not closed there, or the file is not text; mend that line and load again",
        ),
        file=name,
        row=row,
        line=line,
        value=shown(value),
        reason="endless_cell",
    )


def mixed_encoding(name: str, encoding: str, line: int, byte: int, value: str) -> EncodingError:
    """A line that is not in the encoding of the others."""
    return EncodingError(
        Words(
            zh=f"{name} 混用了编码：其余是 {encoding}，文本第 {line} 行（第 {byte:,} 字节处）不是：{shown(value)}",
            en=f"{name} mixes encodings: it is {encoding}, but line {line} (byte {byte:,}) is not: {shown(value)}",
        ),
        Words(
            zh=f"多半由不同编码的文件拼接而成：各自转成 UTF-8 再合并，或修正第 {line} 行",
            en=f"probably joined from files of different encodings: turn each into UTF-8 first, or mend line {line}",
        ),
        file=name,
        row=line,
        line=line,
        byte=byte,
        value=shown(value),
        reason="mixed_encoding",
    )


def too_many_bad_rows(name: str, limit: int, row: int, reason: Words) -> TooManyBadRowsError:
    """More rows of a wrong shape than are worth listing."""
    return TooManyBadRowsError(
        Words(
            zh=f"{name} 有超过 {limit:,} 行格式不对，例如第 {row} 行：{reason.zh}",
            en=f"{name}: more than {limit:,} rows have a wrong shape, for example row {row}: {reason.en}",
        ),
        Words(
            zh="检查分隔符、引号和表头是否正确，再重新导出",
            en="check delimiter, quotes and header, and export again",
        ),
        file=name,
        row=row,
        reason="too_many_bad_rows",
    )


def header_does_not_fit(name: str, row: int, names: int, below: int, cells: int) -> BrokenTextError:
    """The header has another number of cells than the rows below it."""
    return BrokenTextError(
        Words(
            zh=f"{name} 第 {row} 行的表头有 {names} 列，而从第 {below} 行起的数据都不是，多为 {cells} 个单元格",
            en=f"{name}: the header in row {row} has {names} cells but no row from row {below} on has as many; most have {cells}",
        ),
        Words(
            zh="补全表头；或给含有分隔符的内容（如 1,000.50）加上引号后重新导出",
            en="complete the header, or export again with quotes around values that hold the delimiter (like 1,000.50)",
        ),
        file=name,
        row=row,
        reason="header_does_not_fit",
    )


def refused_by_disk(name: str, told: str) -> StorageError:
    """The disk is full or may not be written."""
    return StorageError(
        f"{name} could not be stored: {told}",
        "free some space or give write permission, then load again; nothing was loaded",
        zh=f"无法保存 {name} 的内容：{told}",
        hint_zh="腾出磁盘空间或开放写权限后重新导入；没有写入任何数据",
        file=name,
    )
