"""The tables of the notes: how the main items are made up and what moved them in a year."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter, itemgetter

from ledger.accounts import components
from ledger.facts import Facts
from ledger.journal_rows import Journal, PostingRow, net_fen, sums_by
from ledger.register_rows import AssetRow, rows_of_register
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
_ACCOUNT = attrgetter("account")
_ADJUSTED = "_opening_adjustment"
_MOVED = ("_reallocation", "_transfer_in", "_returned")


def account_table(facts: Facts, year: int, meaning: str, label: str) -> Table | None:
    """Return the sub-accounts of an account with opening balance, increase, decrease and closing balance of a year.

    None where nothing was held or moved. Increase and decrease are those of the account's ordinary side.
    """
    before, during = _parted(facts.booked.on(meaning), year)
    if not before and not during:
        return None
    sign = -1 if meaning in _CONTRA or (before or during)[0].element in _CREDIT_SIDE else 1
    opening = sums_by(before, _ACCOUNT)
    up = sums_by((p for p in during if sign * p.amount_fen > 0), _ACCOUNT)
    down = sums_by((p for p in during if sign * p.amount_fen < 0), _ACCOUNT)
    made = []
    for account in sorted({*opening, *up, *down}):
        start, more, less = (sign * side.get(account, 0) for side in (opening, up, down))
        if start or more or less:
            made.append((_below(account, label), start, more, -less, start + more + less))
    if not made:
        return None
    columns = (Column("项目", weight=3), *_amounts("年初余额", "本年增加", "本年减少", "年末余额"))
    return Table(columns, (*(Row(row) for row in made), _total(made)), label, "元")


def _parted(postings: Iterable[PostingRow], year: int) -> tuple[list[PostingRow], list[PostingRow]]:
    """Return the postings that make the balances at the beginning of a year, and the others up to its end."""
    before: list[PostingRow] = []
    during: list[PostingRow] = []
    for posting in postings:
        if posting.date.year < year or (
            posting.date.year == year and (posting.head.opening or posting.head.change_over)
        ):
            before.append(posting)
        elif posting.date.year == year:
            during.append(posting)
    return before, during


def _below(account: str, label: str) -> str:
    parts = [name for _, name in components(account)[1:]]
    return " / ".join(parts) or label


def _amounts(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(title, ColumnKind.FEN, weight=2) for title in titles)


def _total(rows: Iterable[tuple[Cell, ...]]) -> Row:
    columns = list(zip(*rows, strict=True))
    return Row(("合计", *(sum(int(str(cell or 0)) for cell in column) for column in columns[1:])), RowKind.TOTAL)


def result_table(facts: Facts, year: int) -> Table | None:
    """Return how each result of 结转结余 came from its opening to its closing balance; None where there is none."""
    before, during = _parted(facts.booked.on(*(meaning for meaning, _ in _RESULTS)), year)
    # What a year-end voucher moves between two results is a transfer, even where people tagged it as carry-forward.
    touched: dict[int, set[str]] = defaultdict(set)
    for posting in during:
        touched[posting.entry].add(posting.group)
    made: list[tuple[Cell, ...]] = []
    for meaning, label in _RESULTS:
        own, opened = ([p for p in side if p.group == meaning] for side in (during, before))
        if not own and not opened:
            continue
        between = [p for p in own if len(touched[p.entry]) > 1]
        alone = [p for p in own if len(touched[p.entry]) == 1]
        # A year-end voucher that only empties sub-accounts into 累计 nets to nothing within the result.
        plain = [p for p in alone if not p.head.carry_forward]
        opening = -net_fen(opened)
        adjusted = -net_fen(p for p in plain if p.meaning.endswith(_ADJUSTED))
        moved = -net_fen(between) - net_fen(p for p in plain if p.meaning.endswith(_MOVED))
        year_result = -net_fen(p for p in alone if p.head.carry_forward)
        closing = opening - net_fen(own)
        other = closing - opening - adjusted - moved - year_result
        made.append((label, opening, adjusted, moved, year_result, other, closing))
    if not made:
        return None
    columns = (
        Column("项目", weight=2),
        *_amounts("年初余额", "年初余额调整", "调剂、转入和上缴", "本年收支结转", "其他变动", "年末余额"),
    )
    return Table(columns, (*(Row(row) for row in made), _total(made)), "结转结余变动", "元")


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
    sign = -1 if element == "income" else 1
    moved = sums_by(_activity(facts, year).of(element), _ACCOUNT)
    return {account: sign * fen for account, fen in moved.items() if fen}


def _activity(facts: Facts, year: int) -> Journal:
    return facts.booked_in(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def _cards(facts: Facts) -> tuple[AssetRow, ...] | None:
    return rows_of_register(facts, AssetRow) if "assets" in facts.registers else None


def category_table(facts: Facts, last: datetime.date) -> Table | None:
    """Return the assets held by category, with number, cost and lives; None without cards."""
    held = [
        card
        for card in _cards(facts) or ()
        if (card.disposed is None or card.disposed > last) and (card.acquired is None or card.acquired <= last)
    ]
    rows: list[tuple[Cell, ...]] = []
    for category in sorted({card.category for card in held}):
        own = [card for card in held if card.category == category]
        years = sorted({card.life_years for card in own if card.life_years is not None})
        lives = "未填" if not years else f"{years[0]}" if len(years) == 1 else f"{years[0]}—{years[-1]}"
        rows.append((category or "未填", lives, len(own), sum(card.cost_fen for card in own)))
    if not rows:
        return None
    columns = (Column("类别", weight=2), Column("折旧年限（年）"), Column("数量", ColumnKind.COUNT), *_amounts("原值"))
    total = Row(("合计", None, len(held), sum(card.cost_fen for card in held)), RowKind.TOTAL)
    return Table(columns, (*(Row(row) for row in rows), total), "固定资产和无形资产卡片", "元")


def disposed_rows(facts: Facts, year: int) -> tuple[Row, ...] | None:
    """Return the cards of assets that left in a year, None without cards."""
    cards = _cards(facts)
    if cards is None:
        return None
    own = [(card.disposed, card.asset_id, card) for card in cards if card.disposed and card.disposed.year == year]
    own.sort(key=itemgetter(0, 1))
    return tuple(Row((card.asset_id, card.name, day, card.cost_fen)) for day, _, card in own)


def nominal_rows(facts: Facts, last: datetime.date, nominal_fen: int) -> tuple[Row, ...] | None:
    """Return the cards of assets kept at the nominal amount, None without cards."""
    cards = _cards(facts)
    if cards is None:
        return None
    own = [c for c in cards if (c.disposed is None or c.disposed > last) and c.cost_fen == nominal_fen]
    own.sort(key=attrgetter("asset_id"))
    return tuple(Row((c.asset_id, c.name, c.category, c.cost_fen)) for c in own)


def adjustment_rows(facts: Facts, year: int) -> tuple[Row, ...]:
    """Return the vouchers of a year that adjusted what earlier years carried over, credit positive."""
    return tuple(
        Row((p.voucher, p.date, shown_account(p.account), p.head.narration, -p.amount_fen))
        for p in _activity(facts, year).postings
        if p.meaning.endswith(_ADJUSTED)
    )


def later_corrections(facts: Facts, year: int) -> tuple[Row, ...]:
    """Return the vouchers of later years that reverse one of the year (红字冲销)."""
    mine = {v.voucher for v in facts.listed if v.date.year == year} - {""}
    later = [v for v in facts.listed if v.date.year > year and v.reverses in mine]
    later.sort(key=attrgetter("date", "voucher"))
    return tuple(Row((v.voucher, v.date, v.reverses, v.narration)) for v in later)
