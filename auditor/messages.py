"""What the command line says, in Chinese first and in English by switch; one place for wording and exit status.

Exit status by contract: 0 done and nothing to report, 1 done with findings, 2 the input or the call is at fault.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NoReturn

import click

from ledger.contracts import Integrity
from rules.finding import Text

DONE = 0
FINDINGS = 1
AT_FAULT = 2

SEVERITIES = {"high": Text("高", "high"), "medium": Text("中", "medium"), "low": Text("低", "low")}


def language() -> str:
    """Return the language that the user chose with `--lang`: `zh` or `en`."""
    context = click.get_current_context(silent=True)
    root = context.find_root() if context else None
    return str(root.obj) if root is not None and root.obj else "zh"


def say(text: Text) -> str:
    """Return a sentence in the user's language."""
    return text.en if language() == "en" else text.zh


def fail(lines: Iterable[str]) -> NoReturn:
    """Print one line per fault on standard error and end with status 2."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(AT_FAULT)


def integrity_line(entry: Integrity) -> str:
    """Return one integrity entry as the line that a person reads: where, how grave, what, code."""
    where = f"{entry.file}:{entry.line}" if entry.line else entry.file
    grave = say(SEVERITIES[entry.severity])
    return f"{where}: [{grave}] {entry.message} ({entry.code})"
