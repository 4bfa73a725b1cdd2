"""A store that other processes use too: what one decides the next sees, and what is not needed is not loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.app import filing
from tests.store.older import made_older
from titian.app import saving_audiences
from titian.app import workspace as workspaces
from titian.app.answers.audiences import NewAudience
from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings
from titian.app.stored import Stored
from titian.domain.words import Words
from titian.errors import ConflictError

CORE = Definition(kind="rule", key="core", name=Words(zh="核心", en="Core"), parameters={"rule": {"did": "cart"}})
READS = """
import sys
from pathlib import Path
from titian.app import workspace
from titian.app.definitions import Definitions
from titian.app.stored import Stored
with Stored(workspace.read(Path(sys.argv[1]))) as stored:
    numbers = Definitions("audiences", stored).numbers()
print(numbers, "alembic" in sys.modules)
"""
CREATES = """
import sys
from pathlib import Path
from titian.app import workspace
from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.app.stored import Stored
from titian.errors import ConflictError
with Stored(workspace.read(Path(sys.argv[1]))) as stored:
    definitions = Definitions("audiences", stored)
    sys.stdin.readline()
    won = 0
    for number in range(20):
        try:
            definitions.create(Definition(kind="rule", key=f"k{number}", parameters={"by": sys.argv[2]}))
            won += 1
        except ConflictError:
            pass
print(won)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace in which nothing was decided yet."""
    return workspaces.init(tmp_path / "own", WorkspaceSettings()).path


def ran(program: str, *arguments: str | Path) -> str:
    command = [sys.executable, "-c", program, *(str(one) for one in arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_a_process_that_finds_a_store_up_to_date_loads_no_alembic(folder: Path) -> None:
    with Stored(workspaces.read(folder)) as stored:
        Definitions("audiences", stored).create(CORE)
    assert ran(READS, folder) == "{'core': 1} False"


def test_a_process_that_finds_an_older_step_brings_the_tables(folder: Path) -> None:
    with Stored(workspaces.read(folder)) as stored, stored.store.writing() as connection:
        made_older(connection, "0002")
    assert ran(READS, folder) == "{} True"


@pytest.mark.full
def test_two_processes_that_create_the_same_keys_share_them_out(folder: Path) -> None:
    commands = [[sys.executable, "-c", CREATES, str(folder), name] for name in ("one", "two")]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for command in commands
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    won = [int(process.communicate(timeout=60)[0]) for process in running]
    assert sum(won) == 20
    with Stored(workspaces.read(folder)) as stored:
        found = Definitions("audiences", stored).current()
    assert len(found) == 20
    assert [sum(one.parameters["by"] == name for one in found.values()) for name in ("one", "two")] == won


def test_what_one_desk_decides_the_other_sees_at_once(folder: Path) -> None:
    with Desk(workspaces.read(folder)) as one, Desk(workspaces.read(folder)) as other:
        assert other.audiences.current() == {}
        with one.reading() as reading:
            saving_audiences.create(
                reading, NewAudience(key="core", name=CORE.name or Words(zh="", en=""), rule={"did": "cart"})
            )
        base = other.audiences.current()["core"]
        one.audiences.publish(base.model_copy(update={"description": "newer"}), base)
        with pytest.raises(ConflictError):
            other.audiences.publish(base.model_copy(update={"description": "late"}), base)
        assert other.audiences.current()["core"].description == "newer"
        one.event_meanings.say({"看货": "view"})
        assert other.event_meanings.said().own == {"view": ("看货",)}
        one.event_meanings.say({"看货": None})
        assert other.event_meanings.said().own == {}


def test_a_store_that_was_closed_opens_again_when_it_is_needed(folder: Path) -> None:
    stored = Stored(workspaces.read(folder))
    Definitions("audiences", stored).create(CORE)
    stored.close()
    stored.close()
    assert Definitions("audiences", stored).current() == {"core": CORE}
    stored.close()


def test_to_plan_where_nothing_was_decided_makes_no_store(folder: Path) -> None:
    with Desk(workspaces.read(folder)) as desk, desk.reading() as reading:
        filing.put_rule(desk, "core", {"did": "cart"})
        assert filing.deeds(reading) == {"audiences/core": "create"}
        assert desk.stored.there is None
