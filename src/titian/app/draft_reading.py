"""Reading drafts: the files in definitions/, every one checked before anything is made of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from titian.app import texts
from titian.app.definition import Sort
from titian.app.drafts import CUSTOMERS, SORTS, Draft, Filed, wrong
from titian.app.known import LONGEST_ID
from titian.app.named_customers import in_file
from titian.domain.refused import reason_of
from titian.domain.words import Words
from titian.errors import TitianError

HEADING = "customer_id"
MOST_VALUES = 100_000
"""Values of one file; ten thousand event names take a fifth of it."""


def all_of(folder: Path) -> list[Filed]:
    """Every draft below the folder of definitions. Raises InputError that names the file and what is wrong in it."""
    return [_read(sort, path) for sort in SORTS for path in sorted((folder / sort).glob("*.yaml"))]


def list_text(customers: Collection[str]) -> str:
    """The file of a list of customers."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([one] for one in (HEADING, *sorted(customers)))
    return written.getvalue()


class _Loader(yaml.SafeLoader):
    """YAML whose days stay texts, as JSON has them; what reads them knows what they are."""


_Loader.yaml_implicit_resolvers = {
    letter: [one for one in found if one[0] != "tag:yaml.org,2002:timestamp"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _size(node: yaml.Node, sizes: dict[int, int | None]) -> int:
    """How many values a node says once aliases are written out. Raises YAMLError where there is no end or too many."""
    if id(node) in sizes:
        known = sizes[id(node)]
        if known is None:
            raise yaml.YAMLError("it holds itself")
        return known
    sizes[id(node)] = None
    parts = node.value if isinstance(node, yaml.CollectionNode) else ()
    below = [one for part in parts for one in (part if isinstance(part, tuple) else (part,))]
    sizes[id(node)] = size = 1 + sum(_size(one, sizes) for one in below)
    if size > MOST_VALUES:
        raise yaml.YAMLError("it says too much")
    return size


def _read(sort: Sort, path: Path) -> Filed:
    if path.is_symlink():
        raise wrong(path, Words(zh="是指向别处的链接", en="it is a link to somewhere else"))
    draft = _draft(path, _loaded(path))
    if draft.key != path.stem:
        said, name = repr(draft.key), path.stem
        raise wrong(
            path, Words(zh=f"key 是 {said}，与文件名 {name} 不符", en=f"its key is {said}, unlike the name of the file")
        )
    with _named(path):
        texts.key(draft.key)
        if draft.name is not None:
            texts.name(draft.name)
        texts.bounded(draft.description, "description", texts.LONGEST_DESCRIPTION)
        return Filed(sort, path, draft, _customers(sort, path, draft))


def _loaded(path: Path) -> Any:
    try:
        loader = _Loader(path.read_text("utf-8"))
        node = loader.get_single_node()
        # A few hundred bytes of aliases of aliases say gigabytes.
        return None if node is None or not _size(node, {}) else loader.construct_document(node)
    except (OSError, yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise wrong(
            path,
            Words(
                zh=f"第 {mark.line + 1} 行不是有效的 YAML" if mark else "不是能读的 UTF-8 YAML 文件",
                en=f"line {mark.line + 1} is not valid YAML" if mark else "it is not YAML in UTF-8 that can be read",
            ),
        ) from error


def _draft(path: Path, said: Any) -> Draft:
    try:
        return Draft.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        where, reason = ".".join(str(part) for part in first["loc"]) or "file", reason_of(first)
        raise wrong(path, Words(zh=f"{where}：{reason.zh}", en=f"{where}: {reason.en}")) from error


def _customers(sort: Sort, path: Path, draft: Draft) -> frozenset[str] | None:
    """The customers of a list, from the file beside it."""
    if sort != "audiences" or CUSTOMERS not in draft.parameters:
        return None
    beside = path.with_suffix(".csv")
    # Only the file beside: a definition is no way to read another.
    if draft.parameters[CUSTOMERS] != beside.name or beside.is_symlink():
        raise wrong(
            path, Words(zh=f"{CUSTOMERS} 应为 {beside.name}", en=f"{CUSTOMERS} has to be the file {beside.name}")
        )
    try:
        text = beside.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise wrong(
            path, Words(zh=f"读不到名单文件 {beside.name}", en=f"the list {beside.name} beside it can't be read")
        ) from error
    if not text.strip():
        raise wrong(path, Words(zh=f"名单文件 {beside.name} 是空的", en=f"the list {beside.name} beside it is empty"))
    found = frozenset(one.strip() for one in in_file(text) if one.strip())
    for one in found:
        texts.bounded(one, CUSTOMERS, LONGEST_ID)
    return found


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Whatever is refused inside, with the name of the file."""
    try:
        yield
    except TitianError as error:
        if str(path) in error.message:
            raise
        raise wrong(path, Words(zh=error.zh, en=error.message)) from error
