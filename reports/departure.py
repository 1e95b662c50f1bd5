"""The report of a chair's departure: what was taken over, what was done with it, and what is handed on."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.annual import (
    evaluation_blocks,
    findings_blocks,
    remedy_blocks,
    scope_blocks,
    title_facts,
    untested_blocks,
)
from reports.departure_matters import decision_blocks, earlier_blocks, responsibility_blocks
from reports.departure_open import open_item_blocks
from reports.departure_term import remittance_years_blocks, term_years_blocks
from reports.handover import handover_blocks
from reports.model import (
    Bar,
    Block,
    Column,
    ColumnKind,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Table,
)
from reports.numbering import numbered
from reports.parts import place
from reports.remittance import remittance_blocks
from reports.sections import union_blocks
from reports.words import headings, say, wording
from rules.departure.position import Departure, Position, Term, Year, absent_term, departure, officers_of, term_in
from rules.departure.terms import term_doubts
from rules.finding import AuditResult, Text
from rules.law import Law, NoParameter

ROLES = (
    Text("经费审查委员会主任", "Chair of the funds audit committee"),
    Text("审计组组长", "Head of the audit team"),
    Text("审计组成员", "Member of the audit team"),
    Text("被审计人", "Audited person"),
    Text("被审计单位负责人（签收）", "Head of the audited union (received)"),
)
_POSITION_LINES: tuple[tuple[Text, Callable[[Position], int], bool], ...] = (
    (Text("货币资金", "Money"), lambda p: p.cash_fen, False),
    (Text("应收及其他应收款", "Receivables"), lambda p: p.receivables_fen, False),
    (Text("固定资产净值", "Fixed assets, net"), lambda p: p.fixed_assets_fen, False),
    (Text("其他资产", "Other assets"), lambda p: p.other_assets_fen, False),
    (Text("资产合计", "Total assets"), lambda p: _assets(p), True),
    (Text("应付及其他应付款", "Payables"), lambda p: p.payables_fen, False),
    (Text("代管经费", "Custody funds"), lambda p: p.custody_fen, False),
    (Text("资产基金", "Asset funds"), lambda p: p.asset_funds_fen, False),
    (Text("资金结转", "Carried forward"), lambda p: p.carry_forward_fen, False),
    (Text("资金结余", "Surplus"), lambda p: p.surplus_fen, False),
    (Text("其他净资产", "Other net assets"), lambda p: p.other_funds_fen, False),
    (Text("本年尚未结转的收支差额", "Result not yet closed"), lambda p: p.result_fen, False),
    (
        Text("负债与净资产合计", "Total liabilities and net assets"),
        lambda p: p.payables_fen + p.custody_fen + p.asset_funds_fen + p.funds_fen,
        True,
    ),
)


def departure_report(
    result: AuditResult, facts: Facts, law: Law, *, stamp: datetime.date, language: str = "zh"
) -> Document:
    """Return the report of a departure audit of `result.subject`.

    Without a term of the person in the register of officers the parts that need one say so. It states facts,
    clauses and evidence; whose responsibility of which kind a finding is, the committee decides.
    """
    title = Text(
        f"{result.union_name}主席{result.subject}离任经济责任审计报告",
        f"Departure audit report: {result.subject}, chair of {result.union_name}",
    )

    head = headings(language)
    term = term_of(result, facts)
    day = term.leaving if term else result.until
    blocks: list[Block] = [
        head("审计依据与范围", "Basis and scope"),
        *scope_blocks(result, facts, law, language),
        head("基本情况", "The person and the union"),
        *(term_blocks(term, language, facts) if term else no_term_blocks(result, facts, language)),
        *union_blocks(facts, day, language),
        *term_sections(result, facts, law, language),
        head("审计发现", "Findings"),
        *findings_blocks(result, law, language),
        head("未能测试的事项及原因", "What could not be tested, and why"),
        *untested_blocks(result, language),
        head("审计评价", "Evaluation"),
        *evaluation_blocks(result, language),
        Paragraph(say(_RESPONSIBILITY, language)),
        head("责任界定建议", "Proposals of responsibility"),
        *(responsibility_blocks(result, facts, law, term, language) if term else _no_term(language)),
        head("审计建议", "Recommendations"),
        *remedy_blocks(result, language),
        head("需要说明的事项", "Reservations"),
        Paragraph(say(_RESERVATION, language)),
        head("签章", "Signatures"),
        Signatures(tuple(say(role, language) for role in ROLES)),
        PageBreak(),
        head("附件：移交清单", "Annex: handover list"),
        *handover_blocks(facts, day, language),
        PageBreak(),
        head("附件：证据索引", "Annex: index of evidence"),
        evidence_index(result, language),
    ]
    return Document(say(title, language), title_facts(result, language), numbered(blocks, language), stamp, language)


def departure_blocks(
    result: AuditResult,
    facts: Facts,
    law: Law,
    language: str = "zh",
    href: Callable[[str], str] | None = None,
) -> tuple[Block, ...]:
    """Return everything a page shows of a departed person's term: its sections, proposals and handover list.

    A part that cannot be given says why in its place. `href` says where a page leads from a finding's id.
    """
    head = headings(language)
    term = term_of(result, facts)
    return (
        *term_sections(result, facts, law, language),
        head("责任界定建议", "Proposals of responsibility"),
        *(responsibility_blocks(result, facts, law, term, language, href) if term else _no_term(language)),
        head("移交清单", "Handover list"),
        *handover_blocks(facts, term.leaving if term else result.until, language),
    )


def term_sections(result: AuditResult, facts: Facts, law: Law, language: str = "zh") -> tuple[Block, ...]:
    """Return what the books say of a term: finances, remittances, decisions, what is handed on, earlier audits."""
    head = headings(language)
    term = term_of(result, facts)
    finances: tuple[Block, ...] = _no_term(language)
    if term is not None:
        try:
            finances = figures_blocks(departure(facts, law, term), language)
        except NoParameter as absent:
            finances = (Paragraph(say(Text(absent.zh, absent.en), language), strong=True),)
        finances += term_years_blocks(facts, term, language)
    return (
        head("任期财务状况", "Finances of the term"),
        *finances,
        head("任期内经费拨缴与上解", "Contribution and remittance in the term"),
        *(remittance_years_blocks(facts, law, term, language) if term else ()),
        *(remittance_blocks(facts, law, term.since, term.leaving, language) if term else _no_term(language)),
        head("重大经济事项决策", "Economic decisions of the term"),
        *(decision_blocks(facts, law, term, language) if term else _no_term(language)),
        head("往来款项与遗留事项", "Open items handed on"),
        *open_item_blocks(facts, term.leaving if term else result.until, language),
        head("任期内以往审计及整改", "Earlier audits of the term"),
        *(earlier_blocks(facts, term, language) if term else _no_term(language)),
    )


def no_term_blocks(result: AuditResult, facts: Facts, language: str = "zh") -> tuple[Block, ...]:
    """Return why the audited person's term is not known, as the register of officers has it."""
    officers = officers_of(facts)
    if officers is None:
        return _no_term(language)
    text = absent_term(officers, result.subject, result.until)
    return (Paragraph(say(text, language) + say(Text("。", "."), language), strong=True),)


def _no_term(language: str) -> tuple[Block, ...]:
    obstacle = Text(
        "registers/officers.csv 中没有被审计人任主席的记录，任期及任期初末情况未能编列。",
        "registers/officers.csv holds no term of the person as chair: the term's figures cannot be given.",
    )
    return (Paragraph(say(obstacle, language), strong=True),)


_RESPONSIBILITY = Text(
    "上列事实、依据与证据供责任界定使用。被审计人对各项发现应负的责任及其类别，由经费审查委员会核实决策过程后认定；"
    "下列建议仅供委员会参考。",
    "The facts, clauses and evidence above serve to settle responsibility; its kind is for the committee to decide,"
    " and the proposals below are for its reference only.",
)
_RESERVATION = Text(
    "担保、借款、未决诉讼等或有事项以及账外事项，账套没有记载，须由审计人员向被审计人及有关单位书面询证。",
    "Guarantees, loans, pending suits and whatever is off the books are not in the ledger: ask for them in writing.",
)


def term_of(result: AuditResult, facts: Facts) -> Term | None:
    """Return the audited person's term as chair, or None where the register of officers does not have it."""
    officers = officers_of(facts)
    return None if officers is None else term_in(officers, result.subject, result.until)


def term_blocks(term: Term, language: str = "zh", facts: Facts | None = None) -> tuple[Block, ...]:
    """Return who is audited and for which time; given the book, what its register leaves unsettled about it."""
    left = Text("至离任", "until leaving") if term.left else Text("登记簿未载明离任日，计至审计期末", "no last day yet")
    before = term.since - datetime.timedelta(days=1)
    text = Text(
        f"被审计人{term.subject}自{term.since.isoformat()}起任工会主席，任期计至{term.leaving.isoformat()}（{left.zh}）。"
        f"任期初为{before.isoformat()}日终，任期末为{term.leaving.isoformat()}日终。",
        f"{term.subject} was chair from {term.since.isoformat()} to {term.leaving.isoformat()} ({left.en}).",
    )
    officers = None if facts is None else officers_of(facts)
    doubts = () if officers is None else term_doubts(officers, term.subject, term.leaving)
    end = say(Text("。", "."), language)
    return (Paragraph(say(text, language)), *(Paragraph(say(d, language) + end, strong=True) for d in doubts))


def figures_blocks(figures: Departure, language: str = "zh") -> tuple[Block, ...]:
    """Return position before and after, the bridge of funds between them, and the years with a figure."""
    word = wording(language)
    made: list[Block] = [
        Heading(word("任期初末财务状况", "Position before and after"), 2),
        position_table(figures, language),
        Heading(word("收支与资金变动", "Income, expenditure and funds"), 2),
        bridge_table(figures, language),
        years_table(figures.years, language),
        years_figure(figures.years, language),
    ]
    if figures.bridge.starts_inside:
        text = Text(
            "账套从任期之内开始：此前的收支和任期初的状况账内没有，未能审计；期初数取自期初凭证，未与移交清单核对。",
            "The books begin inside the term: what came before is not in them and was not audited. The opening figures "
            "are the opening voucher's.",
        )
        made.append(Paragraph(say(text, language), strong=True))
    return tuple(made)


def position_table(figures: Departure, language: str = "zh") -> Table:
    """Return both positions side by side with the change between them."""
    opening, closing = figures.opening, figures.closing
    begins = Text("账套期初", "Books begin") if figures.bridge.starts_inside else Text("任期初", "Before")
    word = wording(language)
    columns = (
        Column(word("项目", "Item"), weight=3),
        Column(f"{say(begins, language)}{word(f'（{opening.day}）', f' ({opening.day})')}", ColumnKind.FEN),
        Column(word(f"任期末（{closing.day.isoformat()}）", f"At leaving ({closing.day.isoformat()})"), ColumnKind.FEN),
        Column(word("增减", "Change"), ColumnKind.FEN),
    )
    rows = tuple(
        Row(
            (say(label, language), amount(opening), amount(closing), amount(closing) - amount(opening)),
            RowKind.TOTAL if total else RowKind.PLAIN,
        )
        for label, amount, total in _POSITION_LINES
    )
    return Table(columns, rows, word("任期初末财务状况对照表", "Position before and after"), word("元", "yuan"))


def bridge_table(figures: Departure, language: str = "zh") -> Table:
    """Return how the funds went from the beginning to the end of the term; a gap has its own line."""
    word = wording(language)
    bridge = figures.bridge
    lines = [
        (
            word("账套期初资金结转结余", "Funds when the books begin")
            if bridge.starts_inside
            else word("任期初资金结转结余", "Funds before"),
            bridge.opening_fen,
            RowKind.PLAIN,
        ),
        (word("加：任期内收入", "Plus income"), bridge.income_fen, RowKind.PLAIN),
        (word("减：任期内支出", "Less expenditure"), bridge.expenditure_fen, RowKind.PLAIN),
        (word("加：直接调整", "Plus adjustments"), bridge.adjustments_fen, RowKind.PLAIN),
        (word("任期末资金结转结余", "Funds at leaving"), bridge.closing_fen, RowKind.TOTAL),
        (word("差额（应为零）", "Gap (should be zero)"), bridge.gap_fen, RowKind.TOTAL),
    ]
    columns = (Column(word("项目", "Item"), weight=3), Column(word("金额", "Amount"), ColumnKind.FEN))
    rows = tuple(Row((label, fen), kind) for label, fen, kind in lines)
    notes = (
        word(
            f"任期末尚欠上解上级工会经费{shown_yuan(figures.unpaid_remittance_fen)}元。",
            f"Still owed to the higher union at leaving: {shown_yuan(figures.unpaid_remittance_fen)} yuan.",
        ),
    )
    return Table(columns, rows, word("任期资金变动表", "Funds through the term"), word("元", "yuan"), notes)


def years_table(years: tuple[Year, ...], language: str = "zh") -> Table:
    """Return income, expenditure and budget of every year of the term."""
    word = wording(language)
    columns = (
        Column(word("年度", "Year")),
        Column(word("起", "From"), ColumnKind.DAY),
        Column(word("止", "To"), ColumnKind.DAY),
        Column(word("收入", "Income"), ColumnKind.FEN),
        Column(word("支出", "Expenditure"), ColumnKind.FEN),
        Column(word("收支差额", "Result"), ColumnKind.FEN),
        Column(word("全年支出预算", "Budget of expenditure"), ColumnKind.FEN),
    )
    rows = [
        Row(
            (
                str(y.year),
                y.since,
                y.until,
                y.income_fen,
                y.expenditure_fen,
                y.income_fen - y.expenditure_fen,
                _budget(y),
            )
        )
        for y in years
    ]
    income, spent = sum(y.income_fen for y in years), sum(y.expenditure_fen for y in years)
    rows.append(Row((word("合计", "Total"), None, None, income, spent, income - spent, None), RowKind.TOTAL))
    return Table(columns, tuple(rows), word("任期各年收支", "Years of the term"), word("元", "yuan"))


def years_figure(years: tuple[Year, ...], language: str = "zh") -> Figure:
    """Return income and expenditure of the years side by side."""
    word = wording(language)
    series = (word("收入", "income"), word("支出", "expenditure"))
    bars = tuple(Bar(str(y.year), (y.income_fen, y.expenditure_fen)) for y in years)
    return Figure(word("任期各年收支对比图", "Income and expenditure of the term"), series, bars)


def evidence_index(result: AuditResult, language: str = "zh") -> Table:
    """Return every piece of evidence of the audit with the finding that it shows."""
    word = wording(language)
    columns = (
        Column(word("序号", "No."), ColumnKind.COUNT),
        Column(word("发现编号", "Finding")),
        Column(word("凭证号", "Voucher")),
        Column(word("日期", "Date"), ColumnKind.DAY),
        Column(word("金额", "Amount"), ColumnKind.FEN),
        Column(word("文件:行", "File:line"), weight=2),
    )
    pairs = [(i, e) for i, f in zip(result.ids, result.findings, strict=True) for e in f.evidence]
    rows = tuple(
        Row((number, finding_id, e.voucher, e.date, e.amount_fen, place(e)))
        for number, (finding_id, e) in enumerate(pairs, 1)
    )
    return Table(columns, rows, unit=word("元", "yuan"))


def _budget(year: Year) -> int | None:
    lines = [line for line in year.budget if line.element == "expense" and not line.contained]
    known = [line.in_force_fen for line in lines if line.in_force_fen is not None]
    return sum(known) if known and not any(line.disputed for line in lines) else None


def _assets(position: Position) -> int:
    return position.cash_fen + position.receivables_fen + position.fixed_assets_fen + position.other_assets_fen
