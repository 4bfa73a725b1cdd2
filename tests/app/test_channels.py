"""Channels of a workspace: set up in its settings, looked at, tried with one message, and no secret told anywhere."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reach.mailserver import MailServer, Moods
from titian.app import channels
from titian.app import settings as files
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import FILE_NAME, WorkspaceSettings
from titian.errors import InputError, UnknownNameError

LETTERS = {"kind": "email", "host": "127.0.0.1", "port": 2525, "security": "none", "sender": "hello@shop.example"}
HOOK = {"kind": "webhook", "url": "https://shop.example/in", "secrets": [{"variable": "TITIAN_HOOK"}]}
SECRET = "whsec_" + "bmV3" * 8


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes a workspace with channels, and opens it."""
    opened: list[Desk] = []

    def make(**given: Any) -> Desk:
        path = tmp_path / f"shop{len(opened)}"
        opened.append(Desk(workspaces.init(path, WorkspaceSettings(channels=given))))
        return opened[-1]

    yield make
    for desk in opened:
        desk.close()


class MailServerBeside:
    """A mail server on a thread of its own, since what is tested has a loop of its own."""

    def __init__(self, moods: Moods | None = None) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.server = MailServer(moods)

    def __enter__(self) -> MailServer:
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self.server.__aenter__(), self._loop).result(10)

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self.server.cut(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


def test_channels_are_kept_in_the_settings_as_they_are_written(tmp_path: Path) -> None:
    settings = WorkspaceSettings(channels={"letters": LETTERS, "hook": HOOK})
    files.write(tmp_path / FILE_NAME, settings)
    assert files.read(tmp_path / FILE_NAME) == settings
    assert yaml.safe_load((tmp_path / FILE_NAME).read_text())["channels"]["hook"] == HOOK


@pytest.mark.parametrize(
    "given",
    [
        {"letters": LETTERS | {"password": "hunter2", "login": "joe"}},
        {"letters": {"kind": "pigeon"}},
        {"Letters!": LETTERS},
        {"hook": HOOK | {"secrets": ["hunter2"]}},
    ],
    ids=["secret", "kind", "key", "secrets"],
)
def test_settings_that_could_not_work_are_refused_without_a_secret_in_the_error(given: dict[str, Any]) -> None:
    with pytest.raises(InputError) as told:
        files.checked({"channels": given}, "titian.yaml")
    assert told.value.details == {"setting": "channels"}
    assert "hunter2" not in told.value.message + told.value.hint + told.value.zh


def test_all_channels_are_listed_without_looking(made: Callable[..., Desk]) -> None:
    found = channels.listed(made(letters=LETTERS | {"slots": 3}, hook=HOOK)).channels
    assert [(one.key, one.kind, one.slots, one.found, one.problem) for one in found] == [
        ("letters", "email", 3, None, None),
        ("hook", "webhook", 32, None, None),
    ]


def test_a_look_finds_what_works_and_what_does_not(made: Callable[..., Desk], tmp_path: Path) -> None:
    with MailServerBeside() as server:
        desk = made(
            letters=LETTERS | {"port": server.port}, hook=HOOK, calls={"kind": "staff"}, file={"kind": "handoff"}
        )
        found = channels.listed(desk, look=True, environment={}).channels
        assert [one.found.en if one.found else None for one in found] == [
            *(f"connected to 127.0.0.1:{server.port}", None, "0 to do"),
            f"files go into {desk.workspace.path / 'handoff' / 'file'}",
        ]
        assert server.received == []
    problem = found[1].problem
    assert problem is not None
    assert "TITIAN_HOOK" in problem.en
    again = channels.listed(desk, True, "hook", {"TITIAN_HOOK": SECRET}).channels
    assert [(one.key, one.problem) for one in again] == [("hook", None)]


def test_a_channel_that_is_not_there_is_said(made: Callable[..., Desk]) -> None:
    with pytest.raises(UnknownNameError):
        channels.listed(made(letters=LETTERS), key="sms")


def test_a_test_message_goes_out_at_once(made: Callable[..., Desk]) -> None:
    with MailServerBeside() as server:
        desk = made(letters=LETTERS | {"port": server.port})
        found = channels.send_test(desk, "letters", " ann@mail.example ", "hello", "hi")
        letter = server.received[0]
    assert (found.outcome, letter.recipients, letter.text.strip()) == ("accepted", ("ann@mail.example",), "hello")
    lines, _ = desk.trail.lines("channel.test", None, None)
    assert [(one.subject, one.details) for one in lines] == [("letters", {})]


@pytest.mark.parametrize(
    ("moods", "address", "outcome", "code"),
    [
        (Moods(at_rcpt={"ann@mail.example": "550 5.1.1 nobody"}), "ann@mail.example", "rejected", "550 5.1.1"),
        (Moods(at_rcpt={"ann@mail.example": "451 later"}), "ann@mail.example", "later", "451"),
        (Moods(cut_after_data=frozenset({"ann@mail.example"})), "ann@mail.example", "uncertain", "cut"),
        (Moods(), "ann", "rejected", "no_address"),
    ],
    ids=["refused", "later", "unknown", "no address"],
)
def test_what_became_of_it_is_told(
    made: Callable[..., Desk], moods: Moods, address: str, outcome: str, code: str
) -> None:
    with MailServerBeside(moods) as server:
        found = channels.send_test(made(letters=LETTERS | {"port": server.port}), "letters", address)
    assert (found.outcome, found.code) == (outcome, code)
    assert found.said.zh
