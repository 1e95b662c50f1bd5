"""What is left of a year's budget: every line with what is spent and committed, transfers, projects, contracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ledger.budgeting import LineStanding, Standing
from ledger.budgeting.lines import INCOME, SPENDING, LineKey
from reports.model import Block, Column, ColumnKind, Paragraph, Row, RowKind, Table
from reports.words import say, wording
from rules.finding import Text


def status_blocks(found: Standing, language: str = "zh") -> tuple[Block, ...]:
    """Return how a budget stands, as tables; a year without any budget is said in a sentence."""
    if not any(line.budget_fen is not None for line in found.lines):
        absent = Text(f"账套中没有 {found.year} 年度预算", f"The book holds no budget of {found.year}")
        return (Paragraph(say(absent, language), strong=True),)
    made: list[Block] = [line_table(found, language)]
    if len(found.projects) > 1:
        made.append(project_table(found, language))
    if found.transfers:
        made.append(transfer_table(found, language))
    made += _contracts(found, language)
    return tuple(made)


def line_table(found: Standing, language: str = "zh") -> Table:
    """Return every line: budget, spent or received, committed by contracts, left, and the share used."""
    word = wording(language)
    columns = (
        Column(word("科目、项目", "Account, project"), weight=4),
        *_amount_columns(language),
    )
    rows: list[Row] = []
    for element, head, total in (
        (INCOME, word("收入", "Income"), word("收入合计", "Total income")),
        (SPENDING, word("支出", "Expenditure"), word("支出合计", "Total expenditure")),
    ):
        own = found.of(element)
        if own:
            rows.append(Row((head, *(None,) * 5), RowKind.HEAD))
            rows += [Row((shown_line(line.key), *_amounts([line])), indent=1) for line in own]
            rows.append(Row((total, *_amounts([x for x in own if not x.contained])), RowKind.TOTAL))
    funds = found.of("net_assets")
    if funds:
        rows.append(Row((word("动用以前年度资金", "Use of earlier years' funds"), *(None,) * 5), RowKind.HEAD))
        rows += [Row((shown_line(line.key), line.budget_fen, None, None, None, None), indent=1) for line in funds]
    notes = [
        word(
            "余额＝预算数－已执行数－已签未付；没有预算的收支预算数为空，余额为负。使用率含已签未付。",
            "Left = budget less spent less committed; a line without a budget shows none.",
        )
    ]
    if found.commitments is None:
        zh = "账套没有合同登记簿（registers/contracts.csv），已签未付的合同不能计算，余额未扣除。"
        notes.append(word(zh, "The book has no contracts.csv: commitments are not known."))
    elif found.unassigned_fen:
        zh = "有已签合同还没有付过款，不知列入哪一科目，未计入各行，见合同表。"
        notes.append(word(zh, "Contracts without any payment have no known line; see the table of contracts."))
    caption = word(
        f"{found.year}年度预算余额表（截至{found.until.isoformat()}）",
        f"Budget {found.year}: what is left on {found.until.isoformat()}",
    )
    return Table(columns, tuple(rows), caption, word("元", "yuan"), tuple(notes))


def project_table(found: Standing, language: str = "zh") -> Table:
    """Return the same by project, basic expenditure first."""
    word = wording(language)
    columns = (Column(word("项目", "Project"), weight=4), *_amount_columns(language))
    basic = word("基本支出", "basic expenditure")
    rows = [Row((project or basic, *_amounts(lines))) for project, lines in found.projects.items()]
    whole = [line for lines in found.projects.values() for line in lines]
    rows.append(Row((word("合计", "Total"), *_amounts(whole)), RowKind.TOTAL))
    caption = Text(f"{found.year}年度支出预算按项目", f"Expenditure {found.year} by project")
    return Table(columns, tuple(rows), say(caption, language), word("元", "yuan"))


def transfer_table(found: Standing, language: str = "zh") -> Table:
    """Return the transfers between lines: version, day, from where, to where, how much and why."""
    word = wording(language)
    columns = (
        Column(word("版本", "Version"), ColumnKind.COUNT),
        Column(word("生效日", "In force"), ColumnKind.DAY),
        Column(word("调出", "From"), weight=3),
        Column(word("调入", "To"), weight=3),
        Column(word("金额", "Amount"), ColumnKind.FEN),
        Column(word("原因", "Reason"), weight=3),
    )
    rows = [
        Row((x.version, x.date, _names(k for k, _ in x.given), _names(k for k, _ in x.taken), x.amount_fen, x.reason))
        for x in found.transfers
    ]
    caption = word(f"{found.year}年度预算调剂", f"Transfers between lines {found.year}")
    return Table(columns, tuple(rows), caption, word("元", "yuan"))


def _contracts(found: Standing, language: str) -> list[Block]:
    word = wording(language)
    if not found.commitments:
        return []
    columns = (
        Column(word("合同", "Contract"), weight=2),
        Column(word("对方", "Party"), weight=2),
        Column(word("事项", "Topic"), weight=3),
        Column(word("合同金额", "Amount"), ColumnKind.FEN),
        Column(word("已付", "Paid"), ColumnKind.FEN),
        Column(word("未付", "Unpaid"), ColumnKind.FEN),
        Column(word("预算行", "Budget line"), weight=3),
    )
    rows = []
    for one in found.commitments:
        line = shown_line(one.line) if one.line else word("未知（尚无付款凭证或没有预算）", "not known")
        if one.lapsed:
            line = word(f"合同已于 {one.ends} 到期，不占用本年预算", f"ended {one.ends}, binds nothing")
        rows.append(Row((one.contract, one.party, one.topic, one.amount_fen, one.paid_fen, one.open_fen, line)))
    open_fen = sum(c.open_fen for c in found.commitments if not c.lapsed)
    rows.append(Row((word("占用预算合计", "Binding in all"), "", "", None, None, open_fen, ""), RowKind.TOTAL))
    caption = word("已签未付的合同", "Contracts signed and not yet paid in full")
    note = word(
        "已付为该合同号下已列支的金额；跨年度合同的未付数全部计入；合同列入付款最多的科目。",
        "Paid is what was charged under the number; a contract counts on the line most was charged to.",
    )
    return [Table(columns, tuple(rows), caption, word("元", "yuan"), (note,))]


def shown_line(key: LineKey) -> str:
    """Return a line as tables show it: code, name and project."""
    name = key.account.rsplit(":", 1)[-1].replace("-", " ", 1)
    return f"{name}（{key.project}）" if key.project else name


def _names(keys: Iterable[LineKey]) -> str:
    return "、".join(map(shown_line, keys))


def _amount_columns(language: str) -> tuple[Column, ...]:
    word = wording(language)
    return (
        Column(word("预算数", "Budget"), ColumnKind.FEN, weight=2),
        Column(word("已执行", "Spent"), ColumnKind.FEN, weight=2),
        Column(word("已签未付", "Committed"), ColumnKind.FEN, weight=2),
        Column(word("余额", "Left"), ColumnKind.FEN, weight=2),
        Column(word("使用率", "Used"), ColumnKind.SHARE),
    )


def _amounts(lines: Sequence[LineStanding]) -> tuple[int | None, int, int, int, Decimal | None]:
    known = [line.budget_fen for line in lines if line.budget_fen is not None]
    spent, committed = sum(x.spent_fen for x in lines), sum(x.committed_fen for x in lines)
    budget = sum(known)
    share = Decimal(spent + committed) / budget if budget else None
    return (budget if known else None, spent, committed, budget - spent - committed, share)
