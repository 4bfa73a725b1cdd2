"""Importing the library is light: it brings no server, no command line and no engine that isn't used."""

import json
import subprocess
import sys

import pytest

HEAVY = [
    *("fastapi", "starlette", "uvicorn", "typer", "polars", "pyspark", "prometheus_client", "openpyxl"),
    *("scipy", "sklearn", "joblib", "threadpoolctl", "tea_tasting"),
]


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    program = "import titian, sys, json; print(json.dumps(sorted(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    return set(json.loads(said))


@pytest.mark.parametrize("package", HEAVY)
def test_importing_titian_does_not_load(loaded, package):
    assert package not in loaded


def test_a_room_that_calculates_loads_no_more_until_it_does():
    rooms = ["ranking", "reach", "effects", "association", "survival", "clusters", "confidence_sequence", "power"]
    program = (
        "import sys\n" + "".join(f"import titian.stats.{room}\n" for room in rooms) + "print('scipy' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def test_importing_titian_says_nothing_and_silences_nobody():
    program = "import ibis, pandas, warnings; before = list(warnings.filters); import titian; assert warnings.filters == before"
    ran = subprocess.run([sys.executable, "-W", "default", "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
