"""A term in figures year by year: its funds by cause, the change-over, structure, budget and remittance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.model import Bar, Block, Cell, Column, ColumnKind, Figure, Heading, Paragraph, Row, RowKind, Table
from reports.words import say, wording
from rules.budget.lines import INCOME, SPENDING
from rules.departure.change_over import ChangeOver, Family, Held, change_over
from rules.departure.funds import YearFunds, funds_by_year
from rules.departure.position import Term
from rules.departure.years import (
    BudgetYear,
    Kind,
    RemittanceYear,
    budget_years,
    kinds_by_year,
    remittance_years,
    shares,
)
from rules.finding import Text
from rules.law import Law, NoParameter

_WIDEST = 4  # years that stand side by side with their amounts; more of them are given as shares only
_CAUSES: tuple[tuple[Text, Callable[[YearFunds], int]], ...] = (
    (Text("年初（任期初）资金", "Funds at the beginning"), lambda y: y.opening_fen),
    (Text("加：收入", "Plus income"), lambda y: y.income_fen),
    (Text("减：支出", "Less expenditure"), lambda y: y.expenditure_fen),
    (Text("加：建账期初余额", "Plus balances that opened the books"), lambda y: y.books_opened_fen),
    (Text("加：新旧制度衔接", "Plus change-over of 2022-01-01"), lambda y: y.change_over_fen),
    (Text("加：其他直接调整", "Plus other direct adjustments"), lambda y: y.direct_fen),
)
_NEVER_LEFT_OUT = 3  # opening, income and expenditure are shown even where they are zero


def funds_table(years: Sequence[YearFunds], language: str = "zh") -> Table:
    """Return how the funds went, a column a year, a line a cause; a year that does not close shows its gap."""
    word = wording(language)
    columns = (
        Column(word("项目", "Item"), weight=2),
        *(Column(span_title(y, language), ColumnKind.FEN) for y in years),
        Column(word("任期合计", "Term"), ColumnKind.FEN),
    )
    first, last = years[0], years[-1]
    rows = []
    for place, (label, amount) in enumerate(_CAUSES):
        own = [amount(y) for y in years]
        if place < _NEVER_LEFT_OUT or any(own):
            rows.append(Row((say(label, language), *own, first.opening_fen if place == 0 else sum(own))))
    closing = tuple(y.closing_fen for y in years)
    gaps = tuple(y.gap_fen for y in years)
    rows.append(
        Row((word("年末（任期末）资金", "Funds at the end"), *closing, last.closing_fen), RowKind.TOTAL),
    )
    rows.append(Row((word("差额（应为零）", "Gap (should be zero)"), *gaps, sum(gaps)), RowKind.TOTAL))
    caption = word("任期资金分年变动表", "Funds of the term by year and cause")
    return Table(columns, tuple(rows), caption, word("元", "yuan"))


def _unkept(years: Sequence[YearFunds], term: Term, language: str) -> tuple[Block, ...]:
    """Return a sentence on the years of the term before the books began; nothing where there are none."""
    lacking = [str(year) for year in range(term.since.year, years[0].year)]
    if not lacking:
        return ()
    text = Text(
        f"账套没有任期内{'、'.join(lacking)}年的账，各表不含这些年度，须另调旧账审计。",
        f"The book holds nothing of {', '.join(lacking)}: the tables leave these years out; audit the older books.",
    )
    return (Paragraph(say(text, language), strong=True),)


def span_title(span: YearFunds | BudgetYear, language: str) -> str:
    """Return a year as a column is headed; a part of a year with its days."""
    whole = span.since.month == span.since.day == 1 and (span.until.month, span.until.day) == (12, 31)
    if whole:
        return f"{span.year}年" if language != "en" else str(span.year)
    days = f"{span.since:%m-%d}—{span.until:%m-%d}"
    return f"{span.year}年（{days}）" if language != "en" else f"{span.year} ({days})"


def change_over_blocks(facts: Facts, term: Term, language: str = "zh") -> tuple[Block, ...]:
    """Return what the change-over did where it lies in the term; nothing for terms on one side of it."""
    made = change_over(facts)
    if made is None or not term.since <= made.day <= term.leaving:
        return ()
    word = wording(language)
    columns = (
        Column(word("原账科目（2009）", "Old account"), weight=2),
        Column(word("原账余额", "Old balance"), ColumnKind.FEN),
        Column(word("新账科目（2021）", "New account"), weight=2),
        Column(word("新账余额", "New balance"), ColumnKind.FEN),
        Column(word("差额", "Difference"), ColumnKind.FEN),
        Column(word("衔接规定", "Clause")),
    )
    rows = [row for family in made.families for row in _family_rows(family)]
    caption = word("新旧制度衔接科目余额对照表", "Balances before and after the change-over")
    notes = (
        word(
            "余额为科目正常方向；同一组的科目按合计对照，并排的两行不表示逐行对应。差额不为零的，须有补提折旧摊销、补记未入账事项或转销的依据（财会〔2021〕16号三、四）。",
            "Balances on the ordinary side; a group agrees in total, not line by line."
            " Differences need the papers of depreciation, late entries or write-offs.",
        ),
    )
    return (
        Heading(word("新旧制度衔接", "Change-over of 2022-01-01"), 2),
        Table(columns, tuple(rows), caption, word("元", "yuan"), notes),
        Paragraph(say(_effect(made), language), strong=bool(made.other_effect_fen)),
    )


def _family_rows(family: Family) -> list[Row]:
    """Return a family's accounts side by side, the difference and the clauses on its first line."""
    count = max(len(family.old), len(family.new))
    rows = []
    for place in range(count):
        old = family.old[place] if place < len(family.old) else None
        new = family.new[place] if place < len(family.new) else None
        last: tuple[Cell, Cell] = (family.difference_fen, "、".join(family.clauses)) if place == 0 else (None, None)
        rows.append(Row((*_held(old), *_held(new), *last)))
    return rows


def _held(held: Held | None) -> tuple[Cell, Cell]:
    return ("", None) if held is None else (f"{held.account.code} {held.account.name}", held.amount_fen)


def _effect(made: ChangeOver) -> Text:
    effect, stock, other = made.funds_effect_fen, made.inventory_fen, made.other_effect_fen
    vouchers = "、".join(made.vouchers)
    zh = (
        f"{made.day.isoformat()} 新旧衔接（凭证 {vouchers or '无字号'}）使工会资金{_added(effect)}："
        f"原账库存物品 {shown_yuan(stock)} 元按二（一）3 从结余转入资产基金，"
        + ("其余没有变动。" if not other else f"其余{_added(other)}，须按三、四逐笔核实依据。")
    )
    en = (
        f"The change-over of {made.day.isoformat()} moved the funds by {shown_yuan(effect)} yuan: inventory of"
        f" {shown_yuan(stock)} yuan goes to the asset fund"
        + ("; nothing else." if not other else f"; {shown_yuan(other)} yuan more are to be verified.")
    )
    return Text(zh, en)


def _added(fen: int) -> str:
    return "没有变动" if not fen else f"{'增加' if fen > 0 else '减少'} {shown_yuan(abs(fen))} 元"


def structure_blocks(facts: Facts, term: Term, years: Sequence[YearFunds], language: str = "zh") -> tuple[Block, ...]:
    """Return income and expenditure by kind and year, the shares of expenditure, and a figure of its kinds."""
    word = wording(language)
    made: list[Block] = [Heading(word("收支结构", "Structure of income and expenditure"), 2)]
    for element, name in (
        (INCOME, Text("任期各年收入构成", "Income by kind and year")),
        (SPENDING, Text("任期各年支出构成", "Expenditure by kind and year")),
    ):
        kinds = kinds_by_year(facts, term, element)
        if not kinds:
            none = word("收入", "income") if element == INCOME else word("支出", "expenditure")
            made.append(Paragraph(word(f"任期内没有{none}。", f"The term has no {none}.")))
            continue
        if len(years) <= _WIDEST:
            made.append(_kinds_table(kinds, years, say(name, language), language))
        else:
            made += [_kinds_table(kinds, (), say(name, language), language)]
        if element == SPENDING:
            made.append(_shares_table(kinds, years, language))
            made.append(_kinds_figure(kinds, language))
    return tuple(made)


def _kinds_table(kinds: Sequence[Kind], years: Sequence[YearFunds], caption: str, language: str) -> Table:
    word = wording(language)
    columns = (
        Column(word("科目", "Account"), weight=2),
        *(Column(span_title(y, language), ColumnKind.FEN) for y in years),
        Column(word("任期合计", "Term"), ColumnKind.FEN),
        Column(word("占比", "Share"), ColumnKind.SHARE),
    )
    rows = [
        Row((kind.name, *(kind.amounts_fen if years else ()), kind.total_fen, share))
        for kind, share in zip(kinds, shares(kinds), strict=True)
    ]
    totals = [sum(k.amounts_fen[place] for k in kinds) for place in range(len(years))]
    whole = sum(k.total_fen for k in kinds)
    rows.append(Row((word("合计", "Total"), *totals, whole, Decimal(1) if whole else None), RowKind.TOTAL))
    return Table(columns, tuple(rows), caption, word("元", "yuan"))


def _shares_table(kinds: Sequence[Kind], years: Sequence[YearFunds], language: str) -> Table:
    word = wording(language)
    columns = (
        Column(word("科目", "Account"), weight=2),
        *(Column(span_title(y, language), ColumnKind.SHARE) for y in years),
        Column(word("任期", "Term"), ColumnKind.SHARE),
    )
    by_year = [shares(kinds, place) for place in range(len(years))]
    whole = shares(kinds)
    rows = tuple(Row((kind.name, *(year[place] for year in by_year), whole[place])) for place, kind in enumerate(kinds))
    return Table(columns, rows, word("任期各年支出结构（占当年支出）", "Shares of each year's expenditure"))


def _kinds_figure(kinds: Sequence[Kind], language: str) -> Figure:
    word = wording(language)
    caption = word("任期支出按一级科目", "Expenditure of the term by level-1 account")
    bars = tuple(Bar(kind.name, (kind.total_fen,)) for kind in kinds)
    return Figure(caption, (word("任期支出", "expenditure of the term"),), bars)


def budget_years_table(years: Sequence[BudgetYear], language: str = "zh") -> Table:
    """Return each year's budget of income and expenditure with its execution, and the term's own part of it."""
    word = wording(language)
    none = word("无预算", "no budget")
    columns = (
        Column(word("年度", "Year")),
        Column(word("截至", "Up to"), ColumnKind.DAY),
        Column(word("项目", "Item")),
        Column(word("全年预算", "Budget of the year"), ColumnKind.FEN),
        Column(word("年初至截止日执行", "Executed since January"), ColumnKind.FEN),
        Column(word("执行率", "Rate"), ColumnKind.SHARE),
        Column(word("其中任期内", "Of it in the term"), ColumnKind.FEN),
    )
    rows = []
    for y in years:
        income, spending = word("收入", "Income"), word("支出", "Expenditure")
        for name, planned, actual, rate, own in (
            (income, y.income_budget_fen, y.received_fen, y.income_rate, y.own_received_fen),
            (spending, y.spending_budget_fen, y.spent_fen, y.spending_rate, y.own_spent_fen),
        ):
            rows.append(Row((str(y.year), y.until, name, none if planned is None else planned, actual, rate, own)))
    caption = word("任期各年预算执行", "Budget and execution by year of the term")
    notes = (
        word(
            "预算是全年数；不满一年的，执行数自当年1月1日起计，其中任期内的部分另列。",
            "Budgets are of the whole year; execution counts from 1 January, the term's own part beside it.",
        ),
    )
    return Table(columns, tuple(rows), caption, word("元", "yuan"), notes)


def remittance_years_blocks(facts: Facts, law: Law, term: Term, language: str = "zh") -> tuple[Block, ...]:
    """Return contribution and remittance by year of the term; nothing where the months below cannot be given."""
    if "payroll" not in facts.registers:
        return ()
    try:
        years = remittance_years(facts, law, term)
    except NoParameter:
        return ()
    return (remittance_years_table(years, language),) if years else ()


def remittance_years_table(years: Sequence[RemittanceYear], language: str = "zh") -> Table:
    """Return what was due, received and passed on for the wages of each year, as of its last day in the term."""
    word = wording(language)
    columns = (
        Column(word("年度", "Year")),
        Column(word("月数", "Months"), ColumnKind.COUNT),
        Column(word("应到账", "Due"), ColumnKind.FEN),
        Column(word("已到账", "Received"), ColumnKind.FEN),
        Column(word("少到账", "Short"), ColumnKind.FEN),
        Column(word("应上解入账", "Booked for above"), ColumnKind.FEN),
        Column(word("已上解", "Paid upward"), ColumnKind.FEN),
        Column(word("年末应付上级余额", "Owed at the year's end"), ColumnKind.FEN),
    )
    rows = [
        Row(
            (
                str(y.year),
                y.months,
                y.totals.expected_fen,
                y.totals.received_fen,
                y.totals.shortfall_fen or None,
                y.totals.upward_booked_fen,
                y.totals.paid_upward_fen,
                y.upward_balance_fen,
            )
        )
        for y in years
    ]
    caption = word("任期各年拨缴与上解", "Contribution and remittance by year of the term")
    notes = (
        word(
            "按工资所属月归年，到账和上解计至当年末或离任日；余额为应付上级经费科目余额，含以前年度。",
            "By month of wages, paid up to the year's end or the leaving day. Balances hold earlier years.",
        ),
    )
    return Table(columns, tuple(rows), caption, word("元", "yuan"), notes)


def term_years_blocks(facts: Facts, term: Term, language: str = "zh") -> tuple[Block, ...]:
    """Return the term year by year: funds by cause, the change-over where it lies in it, structure, budget."""
    years = funds_by_year(facts, term)
    word = wording(language)
    if not years:
        return (Paragraph(word("账套没有任期内的年度。", "The book holds no year of the term."), strong=True),)
    return (
        *_unkept(years, term, language),
        funds_table(years, language),
        *change_over_blocks(facts, term, language),
        *structure_blocks(facts, term, years, language),
        Heading(word("预算执行", "Budget and execution"), 2),
        budget_years_table(budget_years(facts, term), language),
    )
