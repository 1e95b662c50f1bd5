"""`notes.toml`: what only the union itself can say in the notes to its final accounts, read strictly.

One table a year, one text for each point:

    [2025]
    policies = "库存物品发出采用先进先出法。"

An unknown year or key is a fault, with the nearest known key named, because a misspelt key would silently leave a
point empty.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.money import MoneyError, fen_from_text

FILE = "notes.toml"
MOST_BYTES = 256 * 1024
POINTS: Mapping[str, str] = MappingProxyType(
    {
        "compliance": "（一）遵循《工会会计制度》的声明",
        "overall": "（二）整体财务状况、预算执行情况",
        "budget": "（二）预算与执行差异的原因",
        "policies": "（三）重要会计政策、会计估计",
        "policy_changes": "（三）会计政策、会计估计的变更",
        "items": "（四）重要项目的增减变动原因",
        "disposals": "（五）重要资产处置、重大损失",
        "nominal": "（六）以名义金额计量的理由",
        "adjustments": "（七）以前年度结转结余调整的原因",
        "other": "（八）其他事项",
        "events_after": "（八）报表日后事项",
    }
)
COST_ADJUSTMENT = "cost_adjustment"  # yuan as text: 成本费用表, 调整事项, other matters (五（五）3)
_YEAR = re.compile(r"(19|20)\d{2}")


@dataclass(frozen=True)
class Written:
    """What the union wrote for one year: a text for each point it has something to say on, and an amount in fen."""

    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    cost_adjustment_fen: int = 0


NOTHING = Written()


class NotesFault(ValueError):
    """notes.toml cannot be used; `faults` says every reason, in Chinese with the way out."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(faults))


def parse_notes(text: str) -> Mapping[int, Written]:
    """Return what the union wrote, by year; raises NotesFault with every fault."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NotesFault([f"{FILE}：不是合法的 TOML（{error}）"]) from None
    faults: list[str] = []
    found: dict[int, Written] = {}
    for year, table in data.items():
        if not _YEAR.fullmatch(year) or not isinstance(table, dict):
            faults.append(f"{FILE}：“{year}”不是年度；每年一节，写作 [2025]")
            continue
        found[int(year)] = _written(year, table, faults)
    if faults:
        raise NotesFault(faults)
    return MappingProxyType(found)


def _written(year: str, table: Mapping[str, object], faults: list[str]) -> Written:
    texts: dict[str, str] = {}
    adjustment = 0
    for key, value in table.items():
        where = f"{FILE} [{year}] {key}"
        if not isinstance(value, str):
            faults.append(f"{where}：应为带引号的文本")
        elif key == COST_ADJUSTMENT:
            try:
                adjustment = fen_from_text(value)
            except MoneyError as error:
                faults.append(f"{where}：{error}")
        elif key in POINTS:
            texts[key] = value.strip()
        else:
            known = (*POINTS, COST_ADJUSTMENT)
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            hint = f"是否应为“{near[0]}”？" if near else ""
            faults.append(f"{where}：未知的键；{hint}可用的键：{'、'.join(known)}")
    return Written(MappingProxyType(texts), adjustment)
