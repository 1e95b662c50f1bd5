"""What the tests of the three audits share: the law as shipped."""

from __future__ import annotations

import pytest

from rules.law import Law
from rules.law_loader import load_law


@pytest.fixture(scope="session")
def law() -> Law:
    """The law as shipped."""
    return load_law()
