"""What a departure report says besides figures: decisions of the term, earlier audits, proposals of responsibility."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ledger.facts import Facts
from reports.model import Block, Column, ColumnKind, Paragraph, Row, RowKind, Table
from reports.words import CERTAINTIES, CERTAINTY_OF_LAW, KINDS, say, wording
from rules.departure.decisions import Decision, DecisionKind, decisions
from rules.departure.earlier import EarlierAudit, audits_of
from rules.departure.position import Term
from rules.departure.responsibility import Proposal, Responsibility, When, proposals
from rules.finding import AuditResult, Kind, Text
from rules.law import Law

_KINDS: Mapping[DecisionKind, tuple[Text, Text]] = MappingProxyType(
    {
        DecisionKind.LARGE: (
            Text("达到集体决定金额的支出", "Spending that needs a collective decision"),
            Text("没有达到集体决定金额的支出。", "No spending reached the amount that needs a decision."),
        ),
        DecisionKind.OWN: (
            Text("本人审批本人经办或收取的支出", "Spending approved by the chair for the chair"),
            Text("没有查出本人审批本人经办或收取的支出。", "No spending was approved by the chair for the chair."),
        ),
        DecisionKind.SPLIT: (
            Text("疑似拆分的采购", "Purchases that may have been split"),
            Text("没有查出疑似拆分的采购。", "No purchases look split."),
        ),
        DecisionKind.LENT: (
            Text("对个人的借款和暂付款", "Loans and advances to persons"),
            Text("账上没有对个人的借款和暂付款。", "The books hold no loans or advances to persons."),
        ),
        DecisionKind.BORROWED: (
            Text("向个人的借款和暂收款", "Loans and deposits from persons"),
            Text("账上没有向个人的借款和暂收款。", "The books hold no loans or deposits from persons."),
        ),
        DecisionKind.INVESTED: (
            Text("对外投资及收回", "Investments made and returned"),
            Text("账上没有对外投资及收回。", "The books hold no investments."),
        ),
        DecisionKind.DONATED: (
            Text("对外捐赠、赞助", "Donations and sponsorship"),
            Text("账上没有对外捐赠、赞助。", "The books hold no donations or sponsorship."),
        ),
        DecisionKind.DISPOSED: (
            Text("固定资产、无形资产处置", "Disposal of assets"),
            Text("账上没有固定资产、无形资产处置。", "The books hold no disposals."),
        ),
        DecisionKind.GUARANTEED: (
            Text("提到担保的事项", "What speaks of a guarantee"),
            Text(
                "凭证、决议和合同没有提到担保；担保不入账，另行书面询证。",
                "Nothing speaks of a guarantee; guarantees are not booked: ask in writing.",
            ),
        ),
    }
)
# Amounts of these kinds stand again in another one, or are no money paid: they are not added up.
_NO_TOTAL = (DecisionKind.GUARANTEED, DecisionKind.INVESTED)
_WHEN: Mapping[When, Text] = MappingProxyType(
    {
        When.INSIDE: Text("任期内", "inside"),
        When.PARTLY: Text("部分在任期内", "partly"),
        When.OUTSIDE: Text("任期外", "outside"),
        When.UNKNOWN: Text("日期不明", "not known"),
    }
)
_RESPONSIBILITY: Mapping[Responsibility, Text] = MappingProxyType(
    {
        Responsibility.DIRECT: Text("直接责任", "direct"),
        Responsibility.LEADERSHIP: Text("领导责任", "leadership"),
        Responsibility.OPEN: Text("待定", "open"),
        Responsibility.NONE: Text("不提建议", "none"),
    }
)
_LAW = Text(
    "《党政主要领导干部和国有企事业单位主要领导人员经济责任审计规定》（2019）",
    "Rules on economic responsibility audits of principal leaders (2019)",
)


def decision_blocks(facts: Facts, law: Law, term: Term, language: str = "zh") -> tuple[Block, ...]:
    """Return the decisions of a term, a table a kind; kinds without any in one sentence each, and what is missing."""
    word = wording(language)
    found = decisions(facts, law, term)
    made: list[Block] = []
    nothing: list[str] = []
    for kind, (title, none) in _KINDS.items():
        own = found.of(kind)
        if own:
            made.append(_decision_table(own, say(title, language), language, total=kind not in _NO_TOTAL))
        elif kind is not DecisionKind.LARGE or not found.untested:
            nothing.append(say(none, language))
    if nothing:
        made.append(Paragraph(("" if language != "en" else " ").join(nothing)))
    if found.untested:
        made.append(
            Paragraph(
                word("本节未能查清：", "Not settled here: ")
                + word("；", "; ").join(say(text, language) for text in found.untested),
                strong=True,
            )
        )
    return tuple(made)


def _decision_table(rows: tuple[Decision, ...], caption: str, language: str, *, total: bool) -> Table:
    word = wording(language)
    columns = (
        Column(word("日期", "Day"), ColumnKind.DAY),
        Column(word("凭证或文号", "Voucher"), weight=2),
        Column(word("事项", "About"), weight=3),
        Column(word("对方", "Party"), weight=2),
        Column(word("金额", "Amount"), ColumnKind.FEN),
        Column(word("审批人", "Approved by")),
        Column(word("决策情况", "Decision"), weight=3),
    )
    made = [
        Row(
            (
                r.date,
                r.reference,
                say(r.about, language),
                r.party,
                r.amount_fen,
                r.approved_by,
                say(r.decided, language),
            )
        )
        for r in rows
    ]
    if total:
        fen = sum(r.amount_fen or 0 for r in rows)
        sound = sum(r.sound is True for r in rows)
        told = word(f"{len(rows)} 笔，决议在先 {sound} 笔", f"{len(rows)}, {sound} with an earlier resolution")
        made.append(Row((None, word("合计", "Total"), "", "", fen, "", told), RowKind.TOTAL))
    return Table(columns, tuple(made), caption, word("元", "yuan"))


def earlier_blocks(facts: Facts, term: Term, language: str = "zh") -> tuple[Block, ...]:
    """Return the audits made of the term before this one, with what was found and whether it was put right."""
    word = wording(language)
    found = audits_of(facts, term)
    if found is None:
        lacking = word(
            "缺少登记簿 registers/audits.csv，任期内以往审计及整改情况未能列示。",
            "registers/audits.csv is missing: earlier audits and their rectification cannot be given.",
        )
        return (Paragraph(lacking, strong=True),)
    if not found:
        none = word(
            "registers/audits.csv 没有涉及任期的审计。", "registers/audits.csv holds no audit that concerns the term."
        )
        return (Paragraph(none),)
    columns = (
        Column(word("编号", "Id"), weight=2),
        Column(word("种类", "Kind"), weight=2),
        Column(word("审计期间", "Period"), weight=2),
        Column(word("报告日", "Reported"), ColumnKind.DAY),
        Column(word("查出的问题", "Findings"), weight=4),
        Column(word("整改", "Put right"), weight=2),
    )
    rows = tuple(
        Row(
            (a.id, _kind(a.kind, language), _period(a, language), a.reported_on, a.findings, _mended(a, term, language))
        )
        for a in found
    )
    still = sum(a.open for a in found)
    said = word(
        f"任期内及涉及任期的审计 {len(found)} 项，离任日尚有 {still} 项未整改。",
        f"{len(found)} audits concern the term; {still} were not put right by the leaving day.",
    )
    caption = word("任期内以往审计及整改", "Earlier audits of the term")
    return (Table(columns, rows, caption), Paragraph(said, strong=bool(still)))


def _kind(kind: str, language: str) -> str:
    return say(KINDS[Kind(kind)], language) if kind in set(Kind) else kind


def _period(audit: EarlierAudit, language: str) -> str:
    ends = (audit.period_from, audit.period_to)
    first, last = ("…" if day is None else day.isoformat() for day in ends)
    return f"{first} 至 {last}" if language != "en" else f"{first} to {last}"


def _mended(audit: EarlierAudit, term: Term, language: str) -> str:
    word = wording(language)
    if audit.rectified_on is not None:
        return audit.rectified_on.isoformat()
    if not audit.open:
        return word("没有须整改的问题", "nothing to put right")
    days = audit.days_open(term.leaving)
    since = "" if days is None else word(f"（报告后 {days} 日）", f" ({days} days after the report)")
    return word("离任日未整改", "open at leaving") + since


def responsibility_blocks(
    result: AuditResult,
    facts: Facts,
    law: Law,
    term: Term,
    language: str = "zh",
    href: Callable[[str], str] | None = None,
) -> tuple[Block, ...]:
    """Return a proposal for every finding, with clause and deciding facts; that the committee decides comes first.

    `href` says where a page leads from a finding's id.
    """
    word = wording(language)
    made = proposals(result, facts, term)
    if not made:
        return (Paragraph(word("没有审计发现，无须界定责任。", "There are no findings.")),)
    instrument = law.instruments.get("economic-responsibility-2019")
    known = say(CERTAINTY_OF_LAW.get(instrument.certainty if instrument else "remembered", Text("", "")), language)
    first = Paragraph(
        word(
            f"下表为供委员会参考的建议，不是认定：按凭证载明的审批、经办和决议事实，对照{_LAW.zh}第四十条（直接责任）、"
            f"第四十一条（领导责任）列出{known}。责任由经费审查委员会核实决策过程、听取被审计人意见后认定。",
            f"Proposals for the committee's reference, not decisions: the facts of vouchers beside {_LAW.en}, articles"
            f" 40 (direct) and 41 (leadership){known}. The committee decides after hearing the person.",
        ),
        strong=True,
    )
    columns = (
        Column(word("发现编号", "Finding"), weight=2),
        Column(word("事项", "Matter"), weight=3),
        Column(word("认定与发生日", "Certainty, day"), weight=2),
        Column(word("建议（供委员会参考）", "Proposal (for reference)"), weight=2),
        Column(word("决定性事实", "Deciding facts"), weight=5),
    )
    order = {kind: rank for rank, kind in enumerate(Responsibility)}
    rows = []
    found = sorted(zip(result.findings, result.ids, made, strict=True), key=lambda f: order[f[2].responsibility])
    for finding, finding_id, one in found:
        clause = word(f"（{one.clause.article}）", f" ({one.clause.article})") if one.clause else ""
        rows.append(
            Row(
                (
                    finding_id,
                    say(finding.title, language),
                    word("，", ", ").join(
                        (say(CERTAINTIES[finding.certainty], language), say(_WHEN[one.when], language))
                    ),
                    say(_RESPONSIBILITY[one.responsibility], language) + clause,
                    say(one.facts, language),
                ),
                href=href(finding_id) if href else "",
            )
        )
    caption = word("责任界定建议", "Proposals of responsibility")
    return (first, Paragraph(_counted(made, language)), Table(columns, tuple(rows), caption))


def _counted(made: tuple[Proposal, ...], language: str) -> str:
    counts = Counter(one.responsibility for one in made)
    comma, stop, unit = (", ", ".", "") if language == "en" else ("，", "。", "项")
    each = comma.join(f"{say(name, language)} {counts[kind]}{unit}" for kind, name in _RESPONSIBILITY.items())
    return (f"发现 {len(made)} 项：{each}" if language != "en" else f"{len(made)} findings: {each}") + stop
