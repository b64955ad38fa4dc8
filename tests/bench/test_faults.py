"""The script of faults in its small form: everything happens once, and nothing is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.faults
@pytest.mark.ocr
@pytest.mark.timeout(1200)
def test_nothing_is_lost_while_all_that_can_fail_fails() -> None:
    command = [sys.executable, "-m", "bench.faults", "--small"]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "killed: worker" in finished.stdout
