"""Confirming a guess at a terminal: what was found, what is missing, and a way to say it better."""

from __future__ import annotations

import sys

from titian.app import importing
from titian.app.answers import Mapping
from titian.app.answers.imports import Guess, Question
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.cli.language import said, say
from titian.cli.screen import note, print_table
from titian.errors import InputError

YES = frozenset({"", "y", "yes", "是", "好"})
NO = frozenset({"n", "no", "q", "否"})


def confirmed(desk: Desk, asked: SourceAsked, guess: Guess) -> Mapping:
    """The mapping that the person at the terminal agrees to. Raises InputError when they don't."""
    while True:
        _show(guess)
        for question in guess.questions:
            guess = _answered(desk, asked, guess, question)
        answer = _ask(
            say(
                "这样导入吗？[回车=是，n=取消，或输入 字段=列名 修改] ",
                "Load it like this? [Enter = yes, n = no, or canonical=column to change] ",
            )
        )
        if answer.lower() in NO:
            raise InputError(
                "nothing was loaded",
                "say the columns with --map, or run it again",
                zh="已取消，未导入任何数据",
                hint_zh="可用 --map 指定列，或重新运行",
            )
        name, equals, column = answer.partition("=")
        if equals:
            guess = importing.look(
                desk, asked, guess.table, importing.with_column(guess.mapping, name.strip(), column.strip())
            )
        elif answer.lower() in YES and guess.confident:
            return guess.mapping


def agreed(question: str) -> bool:
    """Whether the person at the terminal says yes in words; Enter alone is no."""
    return _ask(question).lower() in YES - {""}


def _show(guess: Guess) -> None:
    samples = {column.name: column.samples for column in guess.columns}
    rows = [
        (
            f"{target.name}{' *' if target.required else ''}",
            said(target.words),
            target.source or "–",
            f"{target.confidence:.0%}" if target.source else "",
            " | ".join(samples.get(target.source or "", ())[:3]),
        )
        for target in guess.targets
        if target.source or target.required
    ]
    note(f"{guess.file_name} · {guess.format} · {guess.table}")
    headings = (
        say("字段", "field"),
        say("含义", "meaning"),
        say("列", "column"),
        say("把握", "sure"),
        say("样例", "samples"),
    )
    print_table(headings, rows, to=sys.stderr)


def _answered(desk: Desk, asked: SourceAsked, guess: Guess, question: Question) -> Guess:
    choices = f" [{' / '.join(question.choices)}]" if question.choices else ""
    answer = _ask(f"{said(question.text)}{choices} ")
    if not answer:
        return guess
    return importing.look(
        desk, asked, guess.table, importing.with_answer(guess.mapping, question.field, answer), whole=True
    )


def _ask(text: str) -> str:
    print(text, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip()
