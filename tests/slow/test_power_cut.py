"""A save that is killed at any moment: the book is whole, what was acknowledged is there, nothing half or twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.slow.saving import STEPS, WAYS

ROOT = Path(__file__).parents[2]
CHUNKS, KILLS = 20, 50

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")


def killed(folder: Path, seed: int, kills: int) -> dict[str, Any]:
    """Kill so many savers in a process of its own, which forks before it starts a thread; return what it tells."""
    command = [sys.executable, "-m", "tests.slow.power_cut", "--folder", str(folder)]
    done = subprocess.run(
        [*command, "--seed", str(seed), "--kills", str(kills)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stderr[-3000:]}"
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def check(told: dict[str, Any], kills: int) -> Counter[str]:
    """Every kill is counted once, and kills fell before, at and after the moment of decision."""
    steps = Counter[str]()
    for way, step, count in told["steps"]:
        assert way in (*WAYS, "recovery")
        steps[step] += count
    assert sum(steps[step] for step in STEPS) == kills
    assert sum(told["left"].values()) == kills
    return steps


def test_twenty_kills(tmp_path: Path) -> None:
    check(killed(tmp_path, 2, 20), 20)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(1, CHUNKS + 1))
def test_a_thousand_kills(tmp_path: Path, seed: int) -> None:
    told = killed(tmp_path, seed, KILLS)
    steps = check(told, KILLS)
    assert steps["staging"], told
    assert steps["putting in place"] + steps["clearing up"] + steps["saved"], told
    assert told["left"].get("a decided save to finish"), told
