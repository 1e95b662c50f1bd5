"""The worked cases of the regulation's treatments, read from cases/*.toml, and a voucher shown as people read it."""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from ledger.accounts import components
from ledger.events import Event, EventContext, Kind, Level, event_of
from ledger.money import plain_yuan
from ledger.vouchers import Voucher, parse_voucher_number

HERE = Path(__file__).parent
SHARE = "contribution.retained_share"
_USUAL = {Kind.TEXT: "某某", Kind.PERSON: "张某某", Kind.MONTH: "2025-02", Kind.DATE: "2025-03-20"}


class Case(NamedTuple):
    """One case: its name begins with the treatment's id, the facts told, and the entries expected."""

    name: str
    essence: str
    event: str
    facts: dict[str, str]
    entries: tuple[str, ...]
    metadata: dict[str, str]
    level: Level
    retained_share: str

    @property
    def treatment(self) -> str:
        return self.name.split(" ")[0]


def cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted((HERE / "cases").glob("*.toml")):
        if path.stem == "no_event":
            continue
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append(_case(table))
    return found


def _case(table: dict[str, Any]) -> Case:
    return Case(
        table.pop("name"),
        table.pop("essence"),
        table.pop("event"),
        table.pop("facts"),
        tuple(table.pop("entries")),
        table.pop("metadata", {}),
        Level(table.pop("level", "grassroots")),
        table.pop("retained_share", ""),
    )


def reasons() -> dict[str, str]:
    text = (HERE / "cases" / "no_event.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["reasons"])


def treatments() -> list[str]:
    with (HERE / "treatments.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def with_usual(event: Event, facts: dict[str, str]) -> dict[str, str]:
    """Facts a case leaves out because they do not matter to its entries."""
    usual = {f.key: _USUAL[f.kind] for f in event.fields if f.required and f.kind in _USUAL and not f.default}
    return {**usual, **facts}


def context_of(case: Case) -> EventContext:
    named = [text for text in case.facts.values() if text.startswith(("Assets:", "Liabilities:"))]
    values = {SHARE: Decimal(case.retained_share)} if case.retained_share else {}
    return EventContext(
        number=parse_voucher_number("记-2025-03-0001"), level=case.level, values=values, accounts=tuple(named)
    )


def event_case(case: Case) -> tuple[Event, dict[str, str], EventContext]:
    event = event_of(case.event)
    return event, with_usual(event, case.facts), context_of(case)


def shown(voucher: Voucher) -> tuple[str, ...]:
    """A voucher's lines as the regulation writes them: `借 银行存款——代管经费 100.00`."""
    return tuple(
        f"{'借' if line.amount_fen > 0 else '贷'} "
        f"{'——'.join(name for _, name in components(line.account))} {plain_yuan(abs(line.amount_fen))}"
        for line in voucher.lines
    )
