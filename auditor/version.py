"""The version of the software and of its law, as results, reports and caches name it."""

from __future__ import annotations

from importlib.metadata import version


def engine_named(law_version: str) -> str:
    """Return the name of the engine with the law of that version."""
    return f"union-audit {version('union-audit')} · law {law_version}"
