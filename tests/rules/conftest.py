"""What the tests of rules share: the law, and the facts of a small trusted book read in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.facts import Facts
from rules.law import Law

BookReader = Callable[[Path], Facts]


@pytest.fixture(scope="session")
def law() -> Law:
    """The law as shipped."""
    from rules.law_loader import load_law

    return load_law()


@pytest.fixture(scope="session")
def read_facts() -> BookReader:
    """Read a book that these tests wrote themselves, without the child process that received books need."""
    from ledger.reader.build import facts_from
    from ledger.reader.core import read_tables

    return lambda folder: facts_from(read_tables(folder))
