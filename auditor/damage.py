"""Which part of a check a damaged register leaves untested: said by every rule that looked at that register.

The reader leaves out rows that cannot count, each with file and line. A rule that read the register has then not
tested that part, whatever it found in the rest. Which registers a rule reads is watched while it runs, so that
nobody has to keep a list.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cached_property

import pandas as pd

from ledger.contracts import Integrity
from ledger.facts import Facts, Made, view_name
from rules.finding import Checked, Text
from rules.rule import Case

# What the reader says of rows and columns that did not come in as they stand; spelling faults are not among them.
_LEFT_OUT = frozenset(
    {"REGISTER_VALUE", "REGISTER_DUPLICATE", "REGISTER_COLUMN_MISSING", "REGISTER_UNREADABLE", "MORE_OF_THE_SAME"}
)
_SHOWN = 3


class _Watched(Mapping[str, pd.DataFrame]):
    """Registers that note which of them were asked for."""

    def __init__(self, registers: Mapping[str, pd.DataFrame]) -> None:
        self._registers = registers
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.asked.add(name)
        return self._registers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._registers)

    def __len__(self) -> int:
        return len(self._registers)


class _WatchedFacts(Facts):
    """Facts that note which registers are asked for, also by views that were worked out for another check."""

    watched: _Watched

    @classmethod
    def of(cls, facts: Facts) -> _WatchedFacts:
        """Return the same book under watch."""
        watched = _Watched(facts.registers)
        own = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
        made = cls(**own | {"registers": watched})
        object.__setattr__(made, "watched", watched)
        return made

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return a shared view, and note the registers that it was made of as asked for."""
        whole, watched = view_name(name, make), self.watched
        before, watched.asked = watched.asked, set(self._made_of.get(whole, ()))
        try:
            made = super().once(name, make)
            self._made_of[whole] = frozenset(watched.asked)
            return made
        finally:
            watched.asked |= before

    @cached_property
    def _made_of(self) -> dict[Hashable, frozenset[str]]:
        return {}


class Damage:
    """What the reader left out of registers of which something is left, and the book under watch while rules run."""

    def __init__(self, facts: Facts) -> None:
        self._faults = _damaged_registers(facts)
        self._facts = _WatchedFacts.of(facts) if self._faults else None

    def checked(self, case: Case) -> Checked:
        """Run a rule and add to what it could not test the faults of every damaged register that it looked at.

        Raises what the rule's check raises.
        """
        if self._facts is None:
            return case.rule.check(case)
        watched = self._facts.watched
        watched.asked = set()
        checked = case.rule.check(dataclasses.replace(case, facts=self._facts))
        untested = [_untested(name, self._faults[name]) for name in sorted(watched.asked & self._faults.keys())]
        if not untested or not checked.applicable:
            return checked
        return dataclasses.replace(checked, untested=(*checked.untested, *untested))


def _damaged_registers(facts: Facts) -> Mapping[str, tuple[Integrity, ...]]:
    """Return register → what the reader left out of it, for registers of which anything is left."""
    found: dict[str, list[Integrity]] = {}
    for fault in facts.integrity:
        name = fault.file.removeprefix("registers/").removesuffix(".csv")
        if fault.file == f"registers/{name}.csv" and fault.code in _LEFT_OUT and name in facts.registers:
            found.setdefault(name, []).append(fault)
    return {name: tuple(faults) for name, faults in found.items()}


def _untested(name: str, faults: tuple[Integrity, ...]) -> Text:
    lines = [str(fault.line) for fault in faults[:_SHOWN]]
    more_zh = f"等 {len(faults)} 处" if len(faults) > _SHOWN else ""
    more_en = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return Text(
        f"registers/{name}.csv 第 {'、'.join(lines)} 行{more_zh}有错、没有计入，涉及的部分未检查",
        f"registers/{name}.csv is at fault on line {', '.join(lines)}{more_en}: what rests on it was not tested",
    )
