"""The examples run as they are."""

import subprocess
import sys

import pytest

from tests.house.repository import under


@pytest.mark.full
@pytest.mark.parametrize("example", under("examples", ".py"), ids=lambda path: path.stem)
def test_the_example_runs_and_says_something(example, tmp_path):
    done = subprocess.run([sys.executable, example], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
