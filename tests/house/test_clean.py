"""Nothing of one machine gets into the repository: no download addresses, no absolute paths, no left-overs."""

import json
import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files

REGISTRIES = [
    f"{host}.{end}"
    for host, end in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("npm" + "mirror", "com"),
        ("tuna.tsinghua.edu", "cn"),
        ("mirrors.aliyun", "com"),
    ]
]
# Ann lives in examples only.
MACHINE_PATH = re.compile(r"(?<![\w.~*{}-])/(?:work|root|mnt|home/(?!ann/)\w+|Users/\w+)/(?=\w)")
LEFT_OVER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b(?!.*#\d)")


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): text_of(path) for path in files()}


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(texts, host):
    assert [name for name, text in texts.items() if host in text] == []


def test_no_file_holds_a_path_of_the_machine_it_was_made_on(texts):
    assert {name: found[0] for name, text in texts.items() if (found := MACHINE_PATH.findall(text))} == {}


def test_no_file_puts_work_off_without_an_issue_number(texts):
    assert [name for name, text in texts.items() if LEFT_OVER.search(text)] == []


def test_requirements_are_pinned_without_addresses(texts):
    for name in ("requirements/dev.txt", "requirements/runtime.txt", "requirements/node.txt"):
        wanted = [line for line in texts[name].splitlines() if line and not line.lstrip().startswith("#")]
        assert all(re.match(r"^[A-Za-z0-9._-]+==\S+( ;.*)?$", line) for line in wanted), name
        assert "://" not in texts[name]


def test_the_lock_of_the_console_holds_no_addresses(texts):
    packages = json.loads(texts["web/package-lock.json"])["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_the_samples_are_attributed(texts):
    data = [Path(name).name for name in texts if name.startswith("src/titian/samples/data/")]
    assert data
    assert [name for name in data if name not in texts["NOTICE"]] == []
