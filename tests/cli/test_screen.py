"""What is printed is plain, whatever the data hold."""

import io
import json
import sys
from importlib import import_module

import pytest

from titian.app.answers import Words
from titian.cli import options, screen
from titian.cli.main import run
from titian.errors import InputError, UnknownNameError

Printed = pytest.CaptureFixture[str]
COMMANDS = import_module("titian.cli.main")
ERROR = InputError("bad\nrow", "mend\x1b[31m it", zh="坏\n行", hint_zh="修", row=3)


def test_a_number_has_thousands_and_nothing_is_a_dash() -> None:
    assert (screen.number(1234567.891), screen.number(1234.5, 2), screen.number(None)) == ("1,234,568", "1,234.50", "–")
    assert (screen.share(0.12345), screen.share(None)) == ("12.3%", "–")
    assert [screen.share(n / 2000) for n in (125, 187, -125)] == ["6.3%", "9.4%", "-6.3%"]


def test_a_customers_id_can_not_paint_the_terminal() -> None:
    out = io.StringIO()
    screen.print_table(("id",), [["\x1b[31mred\x07"], ["梯田 [bold]x[/]"]], to=out)
    assert "\x1b" not in out.getvalue()
    assert "梯田 [bold]x[/]" in out.getvalue()


def test_numbers_stand_flush_right() -> None:
    out = io.StringIO()
    screen.print_table(("who", "money"), [["a", "1"], ["bb", "1,000"]], frozenset({1}), out)
    assert [len(line.rstrip()) for line in out.getvalue().splitlines()] == [len("who  money")] * 3


def test_an_error_is_two_lines_in_the_language_of_the_call(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, lines in (("en", ["error: bad row", "mend:  mend�[31m it"]), ("zh", ["错误：坏 行", "处理：修"])):
        monkeypatch.setenv("TITIAN_LANG", language)
        screen.print_error(ERROR, as_json=False)
        assert capsys.readouterr().err.splitlines() == lines


def test_an_error_for_machines_holds_everything(capsys: Printed) -> None:
    screen.print_error(ERROR, as_json=True)
    held = json.loads(capsys.readouterr().err)["error"]
    assert held["details"] == {"row": 3}
    assert (held["code"], held["error_zh"], held["hint_zh"]) == ("input", "坏\n行", "修")


def test_json_keeps_chinese_readable(capsys: Printed) -> None:
    screen.print_json([Words(zh="茶", en="tea")])
    assert capsys.readouterr().out == '[\n  {\n    "zh": "茶",\n    "en": "tea"\n  }\n]\n'


def test_progress_is_silent_where_there_is_no_terminal(capsys: Printed) -> None:
    with screen.meter() as progress:
        progress(Words(zh="读", en="reading"), 1, 10)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("a=1", 1),
        ("a=null", None),
        ("a=[1, 2]", [1, 2]),
        ("a=q0.8", "q0.8"),
        ("a=", None),
        ("a=x=y", "x=y"),
    ],
)
def test_parameters_are_read_as_yaml(given: str, read: object) -> None:
    assert options.parameters([given], "--set") == {"a": read}


@pytest.mark.parametrize("given", [["a"], ["=1"], [" =1"], ["a=1", "a=2"], ["a=1", " a =2"]], ids=str)
def test_what_is_no_pair_or_given_twice_is_refused(given: list[str]) -> None:
    with pytest.raises(InputError, match="name=value"):
        options.pairs(given, "--set")


@pytest.mark.parametrize("given", ["", "soon", "2024-2-30", "20240101T", "2024-13-01"])
def test_what_is_no_day_is_refused_with_the_option(given: str) -> None:
    with pytest.raises(InputError, match="--as-of") as refused:
        options.day(given, "--as-of")
    assert "2011-12-10" in refused.value.hint_zh


@pytest.mark.parametrize(
    ("stop", "code", "said"),
    [
        (KeyboardInterrupt(), 1, "nothing half done"),
        (MemoryError(), 1, "not enough memory"),
        (UnknownNameError("x", "某", "y", []), 2, "there is no x yet"),
    ],
    ids=lambda v: type(v).__name__,
)
def test_whatever_stops_a_command_is_said_without_a_traceback(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch, stop: BaseException, code: int, said: str
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise stop

    monkeypatch.setattr(COMMANDS, "app", stopped)
    assert run(["layers"]) == code
    assert said in capsys.readouterr().err


def test_a_reader_that_went_away_is_no_error_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(COMMANDS, "app", gone)
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    assert run(["layers"]) == 1
