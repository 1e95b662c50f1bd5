"""Facts made by hand, without a book: vouchers and registers as values, for worked cases and properties."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

import pandas as pd

from ledger.accounts import resolve
from ledger.facts import (
    ACCOUNTS,
    BUDGETS,
    KINDS,
    POSTING_METADATA,
    POSTINGS,
    REGISTERS,
    VOUCHERS,
    Facts,
    register_columns,
)
from ledger.union import UnionProfile
from rules.law import Law, Parameter, ParameterValue, ValueKind, ValueStatus

BANK = "Assets:102-银行存款:01-基本户"
OWN = "Income:402-拨缴经费收入"
UPWARD = "Liabilities:211-应付上级经费"
RECEIVABLE = "Assets:131-应收上级经费:13102-应收上级转拨经费"
UNION = UnionProfile("某市第一医院工会委员会", "81340500MC0000000X", "grassroots", "340500", parent="某市总工会")

Lines = Sequence[tuple[str, int]]


def voucher(day: str, lines: Lines, **metadata: object) -> Mapping[str, object]:
    """One voucher: its day, its lines as (account, fen) and metadata by frame column."""
    assert sum(fen for _, fen in lines) == 0
    return MappingProxyType({"date": datetime.date.fromisoformat(day), "lines": tuple(lines), **metadata})


def budget(day: str, account: str, fen: int, version: int = 0, **more: object) -> Mapping[str, object]:
    """One version of one budget line of the day's year; `more` by frame column."""
    date = datetime.date.fromisoformat(day)
    found = resolve(account, date)
    assert found is not None, account
    head = resolve(":".join(account.split(":")[:2]), date)
    assert head is not None
    chart = {"code": found.code, "meaning": found.meaning, "group": head.meaning, "element": found.element}
    line = {"year": date.year, "date": date, "account": account, "version": version, "amount_fen": fen, "file": "b"}
    return MappingProxyType({**chart, **line, **more})


def _empty(kind: str) -> object:
    return {"fen": 0, "fen?": pd.NA, "count": 0, "count?": pd.NA, "day": pd.NaT, "flag": False}.get(kind, "")


def _frame(rows: Iterable[Mapping[str, object]], contract: Mapping[str, str]) -> pd.DataFrame:
    rows = list(rows)
    columns = {
        column: pd.Series([row.get(column, _empty(kind)) for row in rows], dtype=object).astype(KINDS[kind])
        for column, kind in contract.items()
    }
    return pd.DataFrame(columns)


def facts(
    vouchers: Sequence[Mapping[str, object]],
    payroll: Mapping[str, int] | None = None,
    union: UnionProfile = UNION,
    budgets: Sequence[Mapping[str, object]] = (),
    registers: Mapping[str, Sequence[Mapping[str, object]]] = MappingProxyType({}),
) -> Facts:
    """Return the facts of these vouchers, of a payroll register (month → fen), of budgets and of other registers."""
    heads, postings = [], []
    for entry, one in enumerate(vouchers):
        day = one["date"]
        assert isinstance(day, datetime.date)
        head = {"entry": entry, "voucher": f"记-{day:%Y-%m}-{entry + 1:04d}", "event_date": day, "file": "x", **one}
        heads.append(head)
        lines = one["lines"]
        assert isinstance(lines, tuple)
        for place, (account, fen) in enumerate(lines):
            found = resolve(account, day)
            assert found is not None, account
            chart_head = resolve(":".join(account.split(":")[:2]), day)
            assert chart_head is not None
            postings.append(
                {
                    **{key: head[key] for key in POSTING_METADATA if key in head},
                    "entry": entry,
                    "posting": place,
                    "account": account,
                    "code": found.code,
                    "meaning": found.meaning,
                    "group": chart_head.meaning,
                    "element": found.element,
                    "amount_fen": fen,
                    "file": "x",
                }
            )
    frames = {name: _frame(rows, register_columns(name)) for name, rows in registers.items()}
    if payroll is not None:
        rows = [{"month": month, "category": "在编", "total_wages_fen": fen} for month, fen in payroll.items()]
        frames["payroll"] = _frame(rows, register_columns("payroll"))
    assert set(frames) <= set(REGISTERS)
    return Facts(
        union=union,
        vouchers=_frame(heads, VOUCHERS),
        postings=_frame(postings, POSTINGS),
        accounts=_frame([], ACCOUNTS),
        budgets=_frame(budgets, BUDGETS),
        registers=frames,
    )


def law(**values: str | None) -> Law:
    """Return a law of national values that hold since 2000; `contribution__rate="0.02"` sets that key."""
    units = {"rate": "share", "retained_share": "share", "due_day": "day", "late_fee_daily": "share"}
    parameters = {}
    for name, value in values.items():
        key = name.replace("__", ".")
        if value is not None:
            one = ParameterValue(
                key=key,
                region="CN",
                in_force_from=datetime.date(2000, 1, 1),
                until=None,
                value=Decimal(value),
                unit=units.get(key.split(".")[1], "share"),
                kind=ValueKind.EXACT,
                status=ValueStatus.VERIFIED,
                instrument="trade-union-law-2021",
                article="第四十三条",
            )
            parameters[key] = Parameter(key, key, key, one.unit, (one,))
    return Law(parameters, {}, "test")
