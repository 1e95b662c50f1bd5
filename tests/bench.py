"""Whole-process ratios: our audit of a book ÷ stock beancount's load of the same file, both sides in one run.

`make bench` prints, for 10,000 and 100,000 vouchers, the median over the runs of both sides in turn: CPU seconds,
wall seconds and peak memory, and the ratios pair by pair. Stock beancount runs with its pickle cache off; our
first figure is with our cache empty, the second with the book unchanged. The modules of both sides are compiled
before, as an installer leaves them. Then come the rules alone and the three analyses (budget, remittance,
departure) as shares of the stock load, and the five slowest rules.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench_book import write_bench_book

RUNS = 3
SLOWEST = 5
ANALYSES = ("budget", "remittance", "departure")
STOCK = "import sys; from beancount import loader; e, x, o = loader.load_file(sys.argv[1]); print(len(e), len(x))"


@dataclass(frozen=True)
class Cost:
    """What one process and its children cost: CPU and wall seconds, peak memory of the largest in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end and return its cost; raises RuntimeError for a status other than 0 and 1."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    process.stderr.close()
    # A program that dies of an exception ends with 1 too, which is also the status of an audit with findings.
    if code not in (0, 1) or b"Traceback" in errors:
        raise RuntimeError(f"{command}: status {code}: {errors.decode(errors='replace')[:2000]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def bench(vouchers: int, scratch: Path) -> None:
    """Print the figures for a book of that many vouchers."""
    book = scratch / f"book-{vouchers}"
    write_bench_book(book, vouchers)
    command = [str(Path(sys.executable).with_name("union-audit"))]
    audit = [*command, "audit", str(book), "--period", "2025", "--format", "json", "-o", str(scratch / "out.json")]
    stock = [sys.executable, "-c", STOCK, str(book / "main.beancount")]
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(scratch / "compiled")}
    run(stock, {"BEANCOUNT_DISABLE_LOAD_CACHE": "1", **compiled})
    run(audit, {"XDG_CACHE_HOME": str(scratch / f"cache-{vouchers}"), **compiled})
    first, again, loads = [], [], []
    for number in range(RUNS):
        loads.append(run(stock, {"BEANCOUNT_DISABLE_LOAD_CACHE": "1", **compiled}))
        cache = {"XDG_CACHE_HOME": str(scratch / f"cache-{vouchers}-{number}"), **compiled}
        first.append(run(audit, cache))
        again.append(run(audit, cache))
    print(f"\n{vouchers:,} vouchers, medians of {RUNS} pairs")
    for name, costs in (("stock load", loads), ("audit, first", first), ("audit, unchanged", again)):
        cpu, wall, memory = (statistics.median(getattr(c, f) for c in costs) for f in ("cpu", "wall", "memory"))
        print(f"  {name:18} cpu {cpu:7.2f} s   wall {wall:7.2f} s   peak {memory:7.0f} MB")
    for name, costs in (("first ÷ stock", first), ("unchanged ÷ stock", again)):
        ratios = [ours.cpu / theirs.cpu for ours, theirs in zip(costs, loads, strict=True)]
        walls = [ours.wall / theirs.wall for ours, theirs in zip(costs, loads, strict=True)]
        print(f"  {name:18} cpu {statistics.median(ratios):7.3f}     wall {statistics.median(walls):7.3f}")
    readings = scratch / f"cache-{vouchers}-0" / "union-audit" / "readings"
    bench_rules(book, readings, statistics.median(cost.cpu for cost in loads))


def bench_rules(book: Path, cache: Path, load: float) -> None:
    """Print what the rules and the analyses cost on a book read already, as shares of a stock load's CPU seconds."""
    command = [sys.executable, "-m", "tests.bench_rules", str(book), str(cache)]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    analyses = {name: figures[name] for name in ANALYSES}
    together = sum(analyses.values())
    print(f"  all rules          cpu {figures['rules']:7.3f} s   ÷ stock {figures['rules'] / load:6.3f}")
    told = ", ".join(f"{name} {seconds:.3f}" for name, seconds in analyses.items())
    print(f"  three analyses     cpu {together:7.3f} s   ÷ stock {together / load:6.3f}   ({told})")
    slowest = sorted(figures["each"].items(), key=lambda rule: -rule[1])[:SLOWEST]
    print("  slowest rules      " + ", ".join(f"{code} {seconds * 1000:.0f} ms" for code, seconds in slowest))


def main() -> None:
    """Run the benchmark for the sizes given, or for 10,000 and 100,000 vouchers."""
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    with tempfile.TemporaryDirectory(prefix="union-audit-bench-") as scratch:
        for size in sizes:
            bench(size, Path(scratch))


if __name__ == "__main__":
    main()
