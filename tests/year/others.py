"""What stock beancount and stock Fava say of a book, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_FAVA = """
import json, sys
from fava.core import FavaLedger
ledger = FavaLedger(sys.argv[1])
print(json.dumps({"errors": [e.message for e in ledger.errors], "entries": len(ledger.all_entries)}))
"""


def bean_check(book: Path) -> str:
    """What `bean-check` prints of a book: nothing for one without an error."""
    command = [str(Path(sys.executable).with_name("bean-check")), "--no-cache", str(book / "main.beancount")]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0 or found.stdout + found.stderr, "bean-check failed without a word"
    return found.stdout + found.stderr


def fava_errors(book: Path) -> list[str]:
    """The errors that Fava lists of a book, which must have entries."""
    command = [sys.executable, "-c", _FAVA, str(book / "main.beancount")]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd=book)
    told = json.loads(found.stdout.splitlines()[-1])
    assert told["entries"] > 100
    errors: list[str] = told["errors"]
    return errors
