"""Writes the reference pages from the code: layerings, traits, tables, commands, settings, errors, HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pandas as pd
import typer.main
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

import titian as tt
from titian import errors
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import ENVIRONMENT
from titian.cli.main import app as command_line
from titian.domain.outcome import ERROR_WORDS
from titian.domain.permission import MAY, PERMISSION_WORDS, ROLES
from titian.domain.rule import Leaf
from titian.layering.registry import LAYERINGS
from titian.reach import registry
from titian.reach.channel import ChannelSettings
from titian.rules.checking import OPS, TAKES, Sort
from titian.server.openapi import document
from titian.traits.catalogue import CATALOGUE
from titian.warehouse.abilities import LIMITS, NAMES
from titian.warehouse.tables import TABLES

HERE = Path(__file__).parent
MADE = "<!-- Written by `make docs` from the code; edit there. -->"
AS_OF = "2026-02-01"


def page(title: str, parts: Iterable[str]) -> str:
    """One page: a title, the remark that it is made, and its parts."""
    return "\n\n".join([f"# {title}", MADE, *parts]) + "\n"


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; bars and line ends inside cells are neutralised."""
    headings = list(headings)
    lines = [headings, ["---"] * len(headings), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).split()).replace("|", "\\|")


def code(value: object) -> str:
    """The value as code, or nothing for nothing."""
    return "" if value is None or value == "" else f"`{value}`"


def first_line(documented: object) -> str:
    """The first sentence of a docstring."""
    return (getattr(documented, "__doc__", None) or "").strip().split("\n\n")[0]


def tiny() -> tt.Dataset:
    """Five orders and what came before them, enough for every layering to find its layers."""
    orders = pd.DataFrame(
        {
            "order_id": list("abcde"),
            "customer_id": ["1", "1", "2", "3", "4"],
            "ordered_at": pd.to_datetime(["2026-01-01", "2026-01-20", "2026-01-05", "2026-01-30", "2025-12-01"]),
            "amount": [10.0, 20.0, 30.0, 5.0, 50.0],
        }
    )
    events = pd.DataFrame(
        {
            "event_id": list("fgh"),
            "customer_id": ["1", "2", "5"],
            "event": ["view", "cart", "register"],
            "occurred_at": pd.to_datetime(["2026-01-01", "2026-01-05", "2026-01-09"]),
        }
    )
    links = pd.DataFrame({"from_id": list("1234"), "to_id": list("5551"), "kind": "follow"})
    people = pd.DataFrame({"customer_id": ["1", "2"], "channel": ["search", "friends"]})
    shop = {"timezone": "Asia/Shanghai", "currency": "CNY"}
    return tt.Dataset(orders=orders, events=events, links=links, customers=people, **shop)


def layerings() -> str:
    """Every layering: what it means, its parameters, its layers and their plays."""
    data = tiny()
    return page("Layerings · 分层模型", (part for kind in LAYERINGS.values() for part in _layering(kind, data)))


def _layering(kind: type[Any], data: tt.Dataset) -> Iterator[str]:
    example = kind.example() if hasattr(kind, "example") else kind()
    yield f"## `{kind.kind}` · {kind.words.zh} · {kind.words.en}"
    yield f"`tt.{kind.__name__}` · {kind.meaning.zh} · {kind.meaning.en}"
    yield "\n\n".join(part.strip() for part in _prose(kind))
    yield table(["parameter", "default", "type"], _parameters(kind))
    layers = example.assign(data, as_of=AS_OF).fitted.layers
    headings = ["rank", "layer", "名称", "name", "含义", "meaning", "运营策略", "play"]
    yield table(headings, ([*_layer(layer)] for layer in layers))


def _prose(kind: type[Any]) -> list[str]:
    lines = (kind.__doc__ or "").strip().split("\n\n")
    return [" ".join(part.split()) for part in lines]


def _parameters(kind: type[BaseModel]) -> Iterator[list[str]]:
    schema = kind.model_json_schema()
    for name, field in kind.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "required" if default is PydanticUndefined else code(_plain(default))
        yield [code(name), shown, _type(schema["properties"].get(name, {}), schema)]


def _plain(value: Any) -> Any:
    """A default as a person would write it."""
    if isinstance(value, tuple | list):
        return ", ".join(str(_plain(one)) for one in value)
    if isinstance(value, tt.Layering):
        return value.kind
    if isinstance(value, BaseModel):
        return getattr(value, "key", None) or json.dumps(value.model_dump(exclude_none=True), ensure_ascii=False)
    if isinstance(value, float):
        return f"{value:.4g}"
    return None if value == {} else value


def _type(schema: dict[str, Any], whole: dict[str, Any]) -> str:
    if schema.get("x-titian") == "cut":
        return "`mean`, `median`, `q0.8` or a number"
    if "$ref" in schema:
        return _type(whole["$defs"][schema["$ref"].split("/")[-1]], whole)
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(one, whole) for one in schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(code(value) for value in schema["enum"])
    if schema.get("type") == "array":
        items = schema.get("items") or (schema.get("prefixItems") or [{}])[0]
        many = f"{len(schema['prefixItems'])} values" if "prefixItems" in schema else "list"
        return f"{many} of {_type(items, whole)}"
    if "properties" in schema:
        return ", ".join(code(name) for name in schema["properties"])
    return {"null": "none", "object": "named values"}.get(schema.get("type", ""), str(schema.get("type", "")))


def _layer(layer: Any) -> list[object]:
    aim = layer.play.aim if layer.play else None
    return [
        layer.rank,
        code(layer.key),
        layer.name.zh,
        layer.name.en,
        layer.meaning.zh,
        layer.meaning.en,
        aim.zh if aim else "",
        aim.en if aim else "",
    ]


def traits() -> str:
    """Every trait of the catalogue, and how the names of the others are made."""
    rows = (
        [code(key), one.words.zh, one.words.en, one.unit, "✓" if one.windowed else "", one.meaning.zh, one.meaning.en]
        for key, one in CATALOGUE.items()
    )
    headings = ["trait", "名称", "name", "unit", "window", "含义", "meaning"]
    more = (
        "A trait with a window is also there over the last N local days: `spend_90d`, `order_count_365d`.\n\n"
        "Of every event there are `days_since_<event>`, `first_<event>_at`, `last_<event>_at`, `<event>_count`, "
        "`<event>_duration_s` and `<event>_value`.\n\n"
        "Counts and sums of rows are there between two dates or days before the as_of, too: "
        "`cart_count_between_2024-06-01_2024-06-18`, `spend_between_-60d_-30d`.\n\n"
        "带时间窗口的指标可加天数后缀，如 `spend_90d`，或加起止日期，如 `cart_count_between_2024-06-01_2024-06-18`；"
        "每种行为另有上述六个指标。"
    )
    return page("Traits · 指标", [table(headings, rows), more])


def tables() -> str:
    """Every canonical table and its columns."""
    parts = []
    for name, one in TABLES.items():
        rows = (
            [code(c.name), c.words.zh, c.words.en, c.kind, "✓" if c.required else "", "✓" if c.name in one.key else ""]
            for c in one.columns
        )
        headings = ["column", "名称", "name", "kind", "required", "key"]
        parts += [f"## `{name}` · {one.words.zh} · {one.words.en}", table(headings, rows)]
    return page("Canonical tables · 标准表", [(HERE / "tables.intro.md").read_text(encoding="utf-8").strip(), *parts])


def rules() -> str:
    """Everything that a rule can ask."""
    kinds = "\n\n".join(_asked(kind) for kind in get_args(Leaf) for kind in (get_args(kind) or (kind,)))
    rows = ([TAKES[sort].zh, TAKES[sort].en, " ".join(map(code, sorted(OPS[sort])))] for sort in Sort)
    intro = (HERE / "rules.intro.md").read_text(encoding="utf-8").strip()
    return page("Rules · 规则", [intro, kinds, "## Operators · 运算符", table(["值", "value", "op"], rows)])


def _asked(kind: type[BaseModel]) -> str:
    fields = [f"`{name}`" if field.is_required() else f"[`{name}`]" for name, field in kind.model_fields.items()]
    return "\n\n".join([f"## {', '.join(fields)}", *_prose(kind)])


def commands() -> str:
    """Every command with its arguments and options."""
    group = typer.main.get_command(command_line)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    intro = (HERE / "cli.intro.md").read_text(encoding="utf-8").strip()
    return page("Command line · 命令行", [intro, *(_command(name, one) for name, one in group.commands.items())])


def _command(name: str, command: Any) -> str:
    rows = []
    for parameter in command.params:
        is_option = parameter.param_type_name == "option"
        shown = ", ".join([*parameter.opts, *parameter.secondary_opts]) if is_option else parameter.name.upper()
        default = parameter.default if isinstance(parameter.default, str | int) and parameter.default else None
        rows.append([code(shown), getattr(parameter, "help", ""), code(None if default is True else default)])
    return f"## `titian {name}`\n\n{first_line(command.callback)}\n\n" + table(["", "", "default"], rows)


def settings() -> str:
    """Every setting of titian.yaml and of the environment."""
    intro = (HERE / "settings.intro.md").read_text(encoding="utf-8").strip().replace("ENVIRONMENT", ENVIRONMENT)
    return page(
        "Settings · 工作区设置", [intro, table(["setting", "default", "type"], _settings(WorkspaceSettings, ""))]
    )


def _settings(model: type[BaseModel], prefix: str) -> Iterator[list[str]]:
    schema = model.model_json_schema()
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _settings(field.annotation, f"{prefix}{name}.")
        else:
            kind = _type(schema["properties"][name], schema)
            yield [code(prefix + name), code(field.get_default(call_default_factory=True)), kind]


def channels() -> str:
    """Every kind of channel, what it can do and takes, and the classes of faults."""
    parts = [(HERE / "channels.intro.md").read_text(encoding="utf-8").strip()]
    rows = ([code(key), words.zh, words.en] for key, words in ERROR_WORDS.items())
    parts.append(table(["class", "类别", "means"], rows))
    for key in registry.OWN:
        kind = registry.kind_of(key)
        parts += [f"## `{key}` · {kind.words.zh} · {kind.words.en}", "\n\n".join(_prose(kind.settings))]
        parts.append(table(["setting", "default", "type"], _parameters(kind.settings)))
    parts += ["## Every kind · 通用", "\n\n".join(_prose(ChannelSettings))]
    return page("Channels · 渠道", parts)


def error_codes() -> str:
    """Every stable error code."""
    rows = ([code(one.code), first_line(one), "✓" if one.retryable else ""] for one in _tree(errors.TitianError))
    intro = (HERE / "errors.intro.md").read_text(encoding="utf-8").strip()
    return page("Errors · 错误", [intro, table(["code", "means", "try again"], rows)])


def _tree(kind: type[errors.TitianError]) -> Iterator[type[errors.TitianError]]:
    yield kind
    for below in sorted(kind.__subclasses__(), key=lambda one: one.__name__):
        if below.__module__.startswith("titian."):
            yield from _tree(below)


def engines() -> str:
    """What each engine can't do, with the reason."""
    parts = []
    for key, limits in LIMITS.items():
        rows = ([NAMES[one].zh, NAMES[one].en, reason.zh, reason.en] for one, reason in limits.items())
        parts += [f"## `{key}`", table(["不支持", "can't", "原因", "because"], rows)]
    return page("Engines · 引擎", [(HERE / "engines.intro.md").read_text(encoding="utf-8").strip(), *parts])


def http() -> str:
    """Every route of the HTTP API."""
    rows = (
        [code(method.upper()), code(path), first_sentence(operation)]
        for path, operations in json.loads(document())["paths"].items()
        for method, operation in operations.items()
    )
    intro = (HERE / "http.intro.md").read_text(encoding="utf-8").strip()
    return page("HTTP", [intro, table(["", "path", "answers"], rows)])


def permissions() -> str:
    """What each role may do, and what each route needs."""
    roles = table(
        ["permission", "权限", "it lets", *ROLES],
        (
            [code(key), words.zh, words.en, *("✓" if key in MAY[role] else "" for role in ROLES)]
            for key, words in PERMISSION_WORDS.items()
        ),
    )
    needed: dict[str, list[str]] = {}
    for path, operations in json.loads(document())["paths"].items():
        for method, operation in operations.items():
            needed.setdefault(operation["x-permission"], []).append(
                code(f"{method.upper()} {path.removeprefix('/api/v1')}")
            )
    routes = table(["permission", "routes"], ([code(key), " ".join(found)] for key, found in needed.items()))
    intro = (HERE / "permissions.intro.md").read_text(encoding="utf-8").strip()
    return page("Permissions", [intro, roles, "## Routes · 接口", routes])


def first_sentence(operation: dict[str, Any]) -> str:
    """What an operation says of itself."""
    return str(operation.get("description") or operation.get("summary") or "").split("\n\n")[0]


PAGES: dict[str, Callable[[], str]] = {
    "layerings.md": layerings,
    "traits.md": traits,
    "rules.md": rules,
    "tables.md": tables,
    "cli.md": commands,
    "settings.md": settings,
    "channels.md": channels,
    "engines.md": engines,
    "errors.md": error_codes,
    "http.md": http,
    "permissions.md": permissions,
}


if __name__ == "__main__":
    for name, write in PAGES.items():
        (HERE / name).write_text(write(), encoding="utf-8")
        print(f"docs/reference/{name}")
