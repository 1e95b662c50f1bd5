"""The tables of the notes: how the main items are made up and what moved them in a year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import pandas as pd

from ledger.accounts import components
from ledger.balances import closing_rows, opening_rows, sums
from ledger.facts import Facts
from reports.model import Cell, Column, ColumnKind, Row, RowKind, Table
from reports.parts import shown_account
from reports.statements.figures import has_books

_CREDIT_SIDE = frozenset({"liabilities", "net_assets", "income"})
_CONTRA = frozenset({"accumulated_depreciation", "accumulated_amortisation"})
_RESULTS = (
    ("union_carry_forward", "工会资金结转"),
    ("union_surplus", "工会资金结余"),
    ("treasury_carry_forward", "财政拨款结转"),
    ("treasury_surplus", "财政拨款结余"),
)
_ADJUSTED = "_opening_adjustment"
_MOVED = ("_reallocation", "_transfer_in", "_returned")


def account_table(facts: Facts, year: int, meaning: str, label: str) -> Table | None:
    """Return the sub-accounts of an account with opening balance, increase, decrease and closing balance of a year.

    None where nothing was held or moved. Increase and decrease are those of the account's ordinary side.
    """
    last = datetime.date(year, 12, 31)
    before = opening_rows(facts, year)
    rows = closing_rows(facts, last)
    rows, before = rows[rows["group"] == meaning], before[before["group"] == meaning]
    if rows.empty:
        return None
    sign = -1 if meaning in _CONTRA or str(rows["element"].iloc[0]) in _CREDIT_SIDE else 1
    during = rows[~rows.index.isin(before.index)]
    opening = sums(before, "account")
    up = sums(during[sign * during["amount_fen"] > 0], "account")
    down = sums(during[sign * during["amount_fen"] < 0], "account")
    made = []
    for account in sorted({*opening, *up, *down}):
        start, more, less = (sign * side.get(account, 0) for side in (opening, up, down))
        if start or more or less:
            made.append((_below(account, label), start, more, -less, start + more + less))
    if not made:
        return None
    columns = (Column("项目", weight=3), *_amounts("年初余额", "本年增加", "本年减少", "年末余额"))
    return Table(columns, (*(Row(row) for row in made), _total(made)), label, "元")


def _below(account: str, label: str) -> str:
    parts = [name for _, name in components(account)[1:]]
    return " / ".join(parts) or label


def _amounts(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(title, ColumnKind.FEN, weight=2) for title in titles)


def _total(rows: Iterable[tuple[Cell, ...]]) -> Row:
    columns = list(zip(*rows, strict=True))
    return Row(("合计", *(sum(int(str(cell or 0)) for cell in column) for column in columns[1:])), RowKind.TOTAL)


def asset_fund_table(facts: Facts, year: int) -> Table | None:
    """Return the movement of 资产基金 by its sub-accounts."""
    return account_table(facts, year, "asset_fund", "资产基金")


def result_table(facts: Facts, year: int) -> Table | None:
    """Return how each result of 结转结余 came from its opening to its closing balance; None where there is none."""
    last = datetime.date(year, 12, 31)
    before, rows = opening_rows(facts, year), closing_rows(facts, last)
    during = rows[~rows.index.isin(before.index) & rows["group"].isin([meaning for meaning, _ in _RESULTS])]
    # What a year-end voucher moves between two results is a transfer, even where people tagged it as carry-forward.
    between = during.groupby("entry")["group"].nunique()
    transfers = during["entry"].isin(between[between > 1].index)
    made: list[tuple[Cell, ...]] = []
    for meaning, label in _RESULTS:
        mine = during["group"] == meaning
        own, start = during[mine], before[before["group"] == meaning]
        if own.empty and start.empty:
            continue
        # A year-end voucher that only empties sub-accounts into 累计 nets to nothing within the result.
        plain = during[mine & ~during["carry_forward"] & ~transfers]
        adjusted = _credit(plain[plain["meaning"].astype(str).str.endswith(_ADJUSTED)])
        moved = _credit(during[mine & transfers]) + _credit(plain[plain["meaning"].astype(str).str.endswith(_MOVED)])
        opening, closing = _credit(start), _credit(start) + _credit(own)
        year_result = _credit(during[mine & during["carry_forward"] & ~transfers])
        other = closing - opening - adjusted - moved - year_result
        made.append((label, opening, adjusted, moved, year_result, other, closing))
    if not made:
        return None
    columns = (
        Column("项目", weight=2),
        *_amounts("年初余额", "年初余额调整", "调剂、转入和上缴", "本年收支结转", "其他变动", "年末余额"),
    )
    return Table(columns, (*(Row(row) for row in made), _total(made)), "结转结余变动", "元")


def _credit(rows: pd.DataFrame) -> int:
    return -int(rows["amount_fen"].sum())


def detail_table(facts: Facts, year: int, element: str, title: str) -> Table | None:
    """Return income or expenditure of a year and the year before by account, as deep as the book keeps it.

    A year that the book does not hold prints nothing. None where nothing moved in either.
    """
    this, before = (_flows(facts, y, element) for y in (year, year - 1))
    if not this and not before:
        return None
    known = has_books(facts, year - 1)
    accounts = sorted({*this, *before})
    rows: list[Row] = []
    for head in sorted({components(account)[0] for account in accounts}):
        own = [account for account in accounts if components(account)[0] == head]
        rows.append(_detail_row(head[1], own, this, before, known=known, kind=RowKind.HEAD))
        rows += [
            _detail_row(_below(account, head[1]), [account], this, before, known=known, indent=1)
            for account in own
            if len(components(account)) > 1 or len(own) > 1
        ]
    rows.append(_detail_row("合计", accounts, this, before, known=known, kind=RowKind.TOTAL))
    columns = (Column("科目", weight=4), *_amounts("本年数", "上年数", "增减"))
    return Table(columns, tuple(rows), title, "元")


def _detail_row(
    label: str,
    accounts: Iterable[str],
    this: Mapping[str, int],
    before: Mapping[str, int],
    *,
    known: bool,
    kind: RowKind = RowKind.PLAIN,
    indent: int = 0,
) -> Row:
    now, then = (sum(side.get(account, 0) for account in accounts) for side in (this, before))
    return Row((label, now, then if known else None, now - then if known else None), kind, indent)


def _flows(facts: Facts, year: int, element: str) -> dict[str, int]:
    rows = facts.activity_of(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    sign = -1 if element == "income" else 1
    return {account: sign * fen for account, fen in sums(rows[rows["element"] == element], "account").items() if fen}


def category_table(facts: Facts, last: datetime.date) -> Table | None:
    """Return the assets held by category, with number, cost and lives; None without cards."""
    frame = facts.registers.get("assets")
    if frame is None or frame.empty:
        return None
    gone = frame["disposed"].notna() & (frame["disposed"] <= pd.Timestamp(last))
    later = frame["acquired"].notna() & (frame["acquired"] > pd.Timestamp(last))
    held = frame[~gone & ~later]
    rows: list[tuple[Cell, ...]] = []
    for category, own in held.groupby(held["category"].astype(str), sort=True):
        years = sorted({int(n) for n in own["life_years"].dropna()})
        lives = "未填" if not years else f"{years[0]}" if len(years) == 1 else f"{years[0]}—{years[-1]}"
        rows.append((str(category) or "未填", lives, len(own), int(own["cost_fen"].sum())))
    if not rows:
        return None
    columns = (Column("类别", weight=2), Column("折旧年限（年）"), Column("数量", ColumnKind.COUNT), *_amounts("原值"))
    total = Row(("合计", None, len(held), int(held["cost_fen"].sum())), RowKind.TOTAL)
    return Table(columns, (*(Row(row) for row in rows), total), "固定资产和无形资产卡片", "元")


def disposed_rows(facts: Facts, year: int) -> tuple[Row, ...] | None:
    """Return the cards of assets that left in a year, None without cards."""
    frame = facts.registers.get("assets")
    if frame is None:
        return None
    own = frame[frame["disposed"].dt.year == year].sort_values(["disposed", "asset_id"])
    return tuple(
        Row((str(r["asset_id"]), str(r["name"]), r["disposed"].date(), int(r["cost_fen"])))
        for r in own.to_dict("records")
    )


def nominal_rows(facts: Facts, last: datetime.date, nominal_fen: int) -> tuple[Row, ...] | None:
    """Return the cards of assets kept at the nominal amount, None without cards."""
    frame = facts.registers.get("assets")
    if frame is None:
        return None
    held = frame[frame["disposed"].isna() | (frame["disposed"] > pd.Timestamp(last))]
    own = held[held["cost_fen"] == nominal_fen].sort_values("asset_id")
    return tuple(
        Row((str(r["asset_id"]), str(r["name"]), str(r["category"]), int(r["cost_fen"])))
        for r in own.to_dict("records")
    )


def adjustment_rows(facts: Facts, year: int) -> tuple[Row, ...]:
    """Return the vouchers of a year that adjusted what earlier years carried over, credit positive."""
    rows = facts.activity_of(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    own = rows[rows["meaning"].astype(str).str.endswith(_ADJUSTED)]
    return tuple(
        Row(
            (
                str(r["voucher"]),
                r["date"].date(),
                shown_account(str(r["account"])),
                str(r["narration"]),
                -int(r["amount_fen"]),
            )
        )
        for r in own.to_dict("records")
    )


def later_corrections(facts: Facts, year: int) -> tuple[Row, ...]:
    """Return the vouchers of later years that reverse one of the year (红字冲销)."""
    vouchers = facts.vouchers
    mine = set(vouchers.loc[vouchers["date"].dt.year == year, "voucher"]) - {""}
    later = vouchers[(vouchers["date"].dt.year > year) & vouchers["reverses"].astype(str).isin(mine)]
    ordered = later.sort_values(["date", "voucher"])
    return tuple(
        Row((str(r["voucher"]), r["date"].date(), str(r["reverses"]), str(r["narration"])))
        for r in ordered.to_dict("records")
    )
