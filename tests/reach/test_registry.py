"""The kinds of channels: own ones and those of plug-ins, by the settings that each takes."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from titian.domain.words import Words
from titian.errors import InputError, UnknownNameError
from titian.reach import registry
from titian.reach.channel import ChannelKind, ChannelSettings
from titian.testing.memory_channel import MemoryChannel


class PigeonSettings(ChannelSettings):
    kind: str = "pigeon"
    loft: str


PIGEON = ChannelKind(Words(zh="信鸽", en="pigeon"), PigeonSettings, lambda *_: MemoryChannel())


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("pigeon", "tests.reach.test_registry:PIGEON", "titian.channels")
    monkeypatch.setattr(registry, "entry_points", lambda group: EntryPoints([point]).select(group=group))


@pytest.mark.parametrize("name", registry.OWN)
def test_every_own_kind_says_what_it_is_and_what_it_takes(name: str) -> None:
    kind = registry.kind_of(name)
    assert kind.settings.model_fields["kind"].default == name
    assert kind.words.zh
    assert kind.words.en
    assert kind.settings.__doc__
    assert kind.slots >= 1


def test_a_plug_in_brings_a_kind(plugged: None) -> None:
    assert registry.kinds() == [*registry.OWN, "pigeon"]
    found = registry.checked("birds", {"kind": "pigeon", "loft": "roof", "slots": 2})
    assert (type(found).__name__, found.slots) == ("PigeonSettings", 2)


@pytest.mark.parametrize("kind", ["owl", None, 5, ["email"]], ids=str)
def test_a_kind_that_is_none_is_said_with_those_there_are(plugged: None, kind: object) -> None:
    with pytest.raises(UnknownNameError) as told:
        registry.checked("birds", {"kind": kind})
    assert told.value.details["valid"] == [*registry.OWN, "pigeon"]


@pytest.mark.parametrize(
    ("given", "setting"),
    [
        ({"kind": "email", "host": "mail.example"}, "sender"),
        ({"kind": "email", "host": "m", "sender": "a@b.example", "login": "joe", "password": "hunter2"}, "password"),
        ({"kind": "webhook", "url": "https://a.example/hunter2"}, "secrets"),
        ({"kind": "webhook", "url": "https://a.example", "secrets": ["hunter2"]}, "secrets.0"),
        ({"kind": "handoff", "folder": "/hunter2"}, "folder"),
        ({"kind": "staff", "hunter": 2}, "hunter"),
        ({"kind": "staff", "slots": 0}, "slots"),
        ({"kind": "staff", "when_uncertain": "perhaps"}, "when_uncertain"),
    ],
)
def test_a_wrong_setting_is_named_and_a_secret_never_repeated(given: dict[str, object], setting: str) -> None:
    with pytest.raises(InputError) as told:
        registry.checked("shop", given)
    assert told.value.details == {"channel": "shop", "setting": setting}
    if setting != "folder":
        assert "hunter2" not in told.value.message + told.value.zh
