"""Files of definitions that are wrong, hostile or odd are refused by name, plainly and quickly, and change nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app import filing
from titian.app import planning, stepping
from titian.app.desk import Desk, Reading
from titian.errors import InputError, TitianError

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)
"""Nine lists of nine lists … : 387 million words once it is written out."""


@pytest.fixture
def reading(bare: Desk) -> Iterator[Reading]:
    with bare.reading() as opened:
        yield opened
    for path in bare.workspace.definitions.glob("*/*"):
        path.rmdir() if path.is_dir() else path.unlink()


def refusal(reading: Reading) -> TitianError:
    with pytest.raises(InputError) as refused:
        planning.plan(reading)
    assert reading.desk.audiences.numbers() == {}
    return refused.value


def written(reading: Reading, text: str | bytes, place: str = "audiences/x") -> Path:
    path = filing.path_of(reading.desk, place)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


RULED = "kind: rule\nkey: x\nparameters:\n  rule: "
HOSTILE: dict[str, str | bytes] = {
    "a Python object": "!!python/object/apply:os.system ['touch /tmp/titian-was-here']",
    "a Python name": RULED + "{did: !!python/name:os.system cart}",
    "an unknown tag": RULED + "!include /etc/passwd",
    "an alias of nothing": RULED + "*missing",
    "bytes that are no text": b"kind: rule\nkey: \xff\xfe\n",
    "NUL": "kind: rule\nkey: x\x00\n",
    "two documents": "kind: rule\nkey: x\n---\nkind: rule\nkey: x\n",
    "nothing": "",
    "only a comment": "# nothing\n",
    "a number": "7",
    "a key that is a number": "kind: rule\nkey: 7\n",
    "a key that is no text": "kind: rule\nkey: [x]\n",
    "a version below one": "kind: rule\nkey: x\nbase_version: 0\nparameters: {rule: {did: cart}}\n",
    "a version in words": "kind: rule\nkey: x\nbase_version: latest\nparameters: {rule: {did: cart}}\n",
    "a name in no language": "kind: rule\nkey: x\nname: {fr: Moi}\nparameters: {rule: {did: cart}}\n",
    "a rule and a list": "kind: rule\nkey: x\nparameters: {rule: {did: cart}, customers: x.csv}\n",
    "a rule that is a text": RULED + "did cart",
    "a rule with two heads": RULED + "{did: cart, tag: vip}",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_the_name_of_its_file_in_both_languages(reading: Reading, what: str) -> None:
    written(reading, HOSTILE[what])
    error = refusal(reading)
    assert "audiences/x.yaml" in error.message
    assert "audiences/x.yaml" in error.zh
    assert error.message != error.zh
    assert error.hint
    assert error.hint_zh
    assert len(error.message) < 1_000


def test_a_tag_of_python_runs_nothing(reading: Reading, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    written(reading, f"!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{mark}']]")
    refusal(reading)
    assert not mark.exists()


def test_a_bomb_of_aliases_is_refused_at_once(reading: Reading) -> None:
    written(reading, LAUGHS + "kind: rule\nkey: x\n")
    began = time.monotonic()
    refusal(reading)
    assert time.monotonic() - began < 1


def test_a_bomb_of_aliases_in_parameters_is_refused_at_once(reading: Reading) -> None:
    lines = LAUGHS.splitlines()[:6]  # a hundredth of a bomb, so that the test ends while the fault is there
    written(
        reading,
        "\n".join(
            [
                "kind: rule",
                "key: x",
                "parameters:",
                *(f"  {one}" for one in lines),
                "  b: [*a5, *a5, *a5, *a5, *a5, *a5]",
            ]
        ),
    )
    began = time.monotonic()
    refusal(reading)
    assert time.monotonic() - began < 0.3


def test_a_day_that_is_none_is_refused(reading: Reading) -> None:
    written(reading, "kind: rule\nkey: x\nfit_as_of: 2024-02-30\nparameters: {rule: {did: cart}}\n")
    assert "audiences/x.yaml" in refusal(reading).message


def test_lists_that_hold_themselves_are_refused(reading: Reading) -> None:
    written(reading, RULED + "&all {all: [*all, {did: cart}]}")
    assert "audiences/x.yaml" in refusal(reading).message


def test_lists_within_lists_without_end_are_refused(reading: Reading) -> None:
    written(reading, RULED + "[" * 1_000 + "]" * 1_000)
    assert "audiences/x.yaml" in refusal(reading).message


def test_a_rule_deep_within_itself_is_refused(reading: Reading) -> None:
    written(reading, RULED + "{not: " * 200 + "{did: cart}" + "}" * 200)
    assert "audiences/x.yaml" in refusal(reading).message


def test_a_folder_that_is_called_like_a_file_is_refused(reading: Reading) -> None:
    filing.path_of(reading.desk, "audiences/x").mkdir()
    assert "audiences/x.yaml" in refusal(reading).message


def test_a_link_to_nowhere_is_refused(reading: Reading) -> None:
    filing.path_of(reading.desk, "audiences/x").symlink_to("/nowhere/at/all.yaml")
    assert "audiences/x.yaml" in refusal(reading).message


def test_a_list_that_links_out_of_the_folder_is_no_way_to_read_another_file(reading: Reading, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2\n")
    filing.put_list(reading.desk, "x", "").unlink()
    filing.path_of(reading.desk, "audiences/x").with_suffix(".csv").symlink_to(secret)
    assert "x.csv" in refusal(reading).message


WRONG_LISTS = {
    "two columns": "customer_id,name\nc1,Li\n",
    "nobody at all": "",
    "a line without end": "x" * 20_000,
}


def test_a_list_that_is_no_text_is_refused_with_the_name_of_its_file(reading: Reading) -> None:
    filing.put_list(reading.desk, "x", "").write_bytes(b"\xff\xfe\x00")
    assert "audiences/x" in refusal(reading).message


@pytest.mark.parametrize("what", WRONG_LISTS)
def test_a_wrong_list_is_refused_with_the_name_of_its_file(reading: Reading, what: str) -> None:
    filing.put_list(reading.desk, "x", WRONG_LISTS[what])
    assert "audiences/x" in refusal(reading).message


def test_a_list_with_an_id_that_no_store_keeps_is_refused(reading: Reading) -> None:
    filing.put_list(reading.desk, "x", "c1\0\n")
    assert "audiences/x" in refusal(reading).message


UNKEEPABLE = {
    "NUL": '{zh: "\\0", en: x}',
    "half a character": '{zh: "\\uD800", en: x}',
    "nothing": '{zh: "", en: " "}',
    "too much": "{zh: " + "名" * 101 + ", en: x}",
}


@pytest.mark.parametrize("what", UNKEEPABLE)
def test_a_name_that_the_console_refuses_is_refused_in_a_file(reading: Reading, what: str) -> None:
    written(reading, f"kind: rule\nkey: x\nname: {UNKEEPABLE[what]}\nparameters: {{rule: {{did: cart}}}}\n")
    assert "audiences/x.yaml" in refusal(reading).message


def test_a_description_that_the_console_refuses_is_refused_in_a_file(reading: Reading) -> None:
    filing.put_rule(reading.desk, "x", description="x" * 1_001)
    assert "audiences/x.yaml" in refusal(reading).message


@pytest.mark.parametrize("key", ["Ärger", "1st", "a b", "a-b", "x" * 61])
def test_a_file_whose_name_is_no_key_is_named(reading: Reading, key: str) -> None:
    filing.put_rule(reading.desk, key)
    error = refusal(reading)
    assert "can't be a key" in error.message
    assert f"{key}.yaml" in error.message


@pytest.mark.parametrize("key", ["new", "overlap", "tags"])
def test_a_file_can_not_take_a_key_where_a_page_stands(reading: Reading, key: str) -> None:
    filing.put_rule(reading.desk, key)
    assert f"audiences/{key}.yaml" in refusal(reading).message


def test_the_first_wrong_file_in_the_order_of_names_is_told(reading: Reading) -> None:
    for key in ("c", "a", "b"):
        written(reading, "kind: [", f"audiences/{key}")
    assert "audiences/a.yaml" in refusal(reading).message


@pytest.mark.parametrize("name", ["notes.md", "x.yaml.orig", "x.yml", ".x.yaml.swp", "README"])
def test_other_files_in_the_folder_are_nobodys_draft(reading: Reading, name: str) -> None:
    path = filing.path_of(reading.desk, "audiences/x").with_name(name)
    path.write_text("kind: [", "utf-8")
    assert filing.deeds(reading) == {}


def test_a_file_with_the_mark_and_line_ends_of_windows_is_read(reading: Reading) -> None:
    text = "\ufeffkind: rule\r\nkey: x\r\nparameters:\r\n  rule: {did: cart}\r\n"
    written(reading, text.encode("utf-8"))
    assert filing.deeds(reading) == {"audiences/x": "create"}


def test_the_list_of_windows_is_read(reading: Reading) -> None:
    filing.put_list(reading.desk, "x", "\ufeffcustomer_id\r\nc1\r\nc2\r\n")
    (step,) = stepping.steps(reading.desk, prune=False)
    assert step.filed is not None
    assert sorted(step.filed.customers or ()) == ["c1", "c2"]


def test_version_is_read_as_base_version(reading: Reading) -> None:
    filing.put_rule(reading.desk, "x", version=3)
    (found,) = planning.plan(reading).definitions
    assert found.base_version == 3


WRONG_ELSEWHERE = {
    "a meaning that is one word": ("events/events", "kind: events\nkey: events\nparameters: {view: 看货}\n"),
    "a layering of an unknown kind": ("layerings/m", "kind: pyramid\nkey: m\n"),
    "a layering with an unknown parameter": ("layerings/m", "kind: value_levels\nkey: m\nparameters: {speed: 1}\n"),
}


@pytest.mark.parametrize("what", WRONG_ELSEWHERE)
def test_what_means_nothing_is_refused_in_every_folder(reading: Reading, what: str) -> None:
    place, text = WRONG_ELSEWHERE[what]
    written(reading, text, place)
    assert f"{place}.yaml" in refusal(reading).message


MEANINGLESS = {
    "a mapping without a table": ("mappings/m", "kind: mapping\nkey: m\nparameters: {columns: {order_id: a}}\n"),
    "a mapping of an unknown table": ("mappings/m", "kind: mapping\nkey: m\nparameters: {table: secrets}\n"),
    "meanings under a key that nobody reads": ("events/mine", "kind: events\nkey: mine\nparameters: {view: [看货]}\n"),
}


@pytest.mark.parametrize("what", MEANINGLESS)
def test_what_would_be_in_force_and_never_do_anything_is_refused(reading: Reading, what: str) -> None:
    place, text = MEANINGLESS[what]
    written(reading, text, place)
    assert f"{place}.yaml" in refusal(reading).message
