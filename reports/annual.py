"""The annual audit report of a funds audit committee, in the order in which such reports are read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.budget import budget_blocks
from reports.findings import finding_blocks, findings_table, integrity_table, outcome_table, status_counts
from reports.model import Block, Column, Document, Heading, PageBreak, Paragraph, Row, Signatures, Table
from reports.numbering import numbered
from reports.periods import period_text
from reports.remittance import remittance_blocks
from reports.remittance_sides import sides_blocks
from reports.sections import basis_table, statement_blocks, union_blocks
from reports.words import KINDS, SEVERITIES, STATUSES, headings, say, wording
from rules.finding import AuditResult, Certainty, Severity, Status, Text
from rules.law import Law

ROLES = (
    Text("经费审查委员会主任", "Chair of the funds audit committee"),
    Text("审计组组长", "Head of the audit team"),
    Text("审计组成员", "Member of the audit team"),
    Text("被审计单位负责人（签收）", "Head of the audited union (received)"),
)


def annual_report(
    result: AuditResult,
    facts: Facts,
    law: Law,
    *,
    stamp: datetime.date,
    language: str = "zh",
    higher: Facts | None = None,
) -> Document:
    """Return the report of an annual or special audit; `higher` are the books of the union above, where they are had.

    It says nothing beyond the result: its evaluation counts what was tested, found and left untested.
    """
    title = Text(
        f"{result.union_name}{period_text(result.since, result.until)}{_subject(result)}审计报告",
        f"Audit report of {result.union_name}, {period_text(result.since, result.until, 'en')}",
    )

    head = headings(language)
    blocks: list[Block] = [
        head("审计依据与范围", "Basis and scope"),
        *scope_blocks(result, facts, law, language),
        head("单位基本情况", "The union"),
        *union_blocks(facts, result.until, language),
        PageBreak(),  # the balance sheet stays whole
        head("会计报表", "Financial statements"),
        *statement_blocks(facts, result.since, result.until),
        head("预算执行情况", "Execution of the budget"),
        *_budgets(result, facts, law, language),
        head("工会经费计提拨缴与上解", "Contribution and remittance"),
        *remittance_blocks(facts, law, result.since, result.until, language),
        *(_both_sides(result, facts, higher, law, language) if higher else ()),
        head("审计发现的问题", "Findings"),
        *findings_blocks(result, law, language),
        head("未能测试的事项及原因", "What could not be tested, and why"),
        *untested_blocks(result, language),
        head("审计评价", "Evaluation"),
        *evaluation_blocks(result, language),
        head("审计建议", "Recommendations"),
        *remedy_blocks(result, language),
        head("签章", "Signatures"),
        Signatures(tuple(say(role, language) for role in ROLES)),
    ]
    return Document(say(title, language), title_facts(result, language), numbered(blocks, language), stamp, language)


def title_facts(result: AuditResult, language: str = "zh") -> tuple[tuple[str, str], ...]:
    """Return the lines below a report's title: union, period, kind, person, snapshot, software."""
    word = wording(language)
    between = word("至", " to ")
    lines = [
        (word("被审计单位", "Union"), result.union_name),
        (word("统一社会信用代码", "Code"), result.union_code),
        (word("审计类型", "Kind"), say(KINDS[result.kind], language)),
        (word("被审计人", "Person"), result.subject),
        (word("审计期间", "Period"), f"{result.since.isoformat()}{between}{result.until.isoformat()}"),
        (word("账套快照", "Snapshot"), result.digest),
        (word("软件与法规数据", "Software and law"), result.engine),
    ]
    return tuple((name, value) for name, value in lines if value)


def scope_blocks(result: AuditResult, facts: Facts, law: Law, language: str = "zh") -> tuple[Block, ...]:
    """Return what was audited and against which law, with everything wrong with the book itself."""
    word = wording(language)
    vouchers = len(facts.booked_in(result.since, result.until).vouchers)
    basis = basis_table(result, law, language)
    made: list[Block] = [
        Paragraph(
            word(
                f"本次审计以{result.since.isoformat()}至{result.until.isoformat()}的会计凭证{vouchers:,}张"
                f"及账套所附登记簿为对象，以账套快照（SHA-256 {_short(result.digest) or '未计算'}）为准；"
                "快照之后的改动不在审计范围内。",
                f"The audit covers {vouchers:,} vouchers from {result.since.isoformat()} to {result.until.isoformat()}"
                f" and registers of the book, as of the snapshot SHA-256 {_short(result.digest) or 'not computed'}.",
            )
        ),
        Paragraph(
            word(
                "原始凭证的真实性、账外事项以及账套未登记的事实，须由审计人员实地核实，本报告不作结论。",
                "The genuineness of source documents and what the book does not record are for auditors to verify.",
            )
        ),
        basis,
    ]
    if facts.integrity:
        made.append(
            Paragraph(
                word(
                    f"读取账套时发现{len(facts.integrity)}处完整性问题，列示如下；受影响的结论以此为限。",
                    f"Reading the book met {len(facts.integrity)} faults of integrity, which limit the conclusions.",
                ),
                strong=True,
            )
        )
        made.append(integrity_table(facts.integrity, language))
    else:
        made.append(Paragraph(word("读取账套时未发现完整性问题。", "Reading the book met no fault of integrity.")))
    return tuple(made)


def findings_blocks(result: AuditResult, law: Law, language: str = "zh") -> tuple[Block, ...]:
    """Return established findings, then leads apart, each with a table of all and every finding in full."""
    made: list[Block] = []
    for certainty, title, none in (
        (
            Certainty.ESTABLISHED,
            Text("认定的问题", "Established findings"),
            Text("在已测试的事项中没有认定的问题。", "Nothing was established in what was tested."),
        ),
        (
            Certainty.LEAD,
            Text("待核实的疑点", "Leads to be verified"),
            Text("在已测试的事项中没有待核实的疑点。", "No leads in what was tested."),
        ),
    ):
        made.append(Heading(say(title, language), 2))
        found = finding_blocks(result, law, certainty=certainty)
        if not found:
            made.append(Paragraph(say(none, language)))
            continue
        if certainty is Certainty.LEAD:
            caution = Text(
                "以下事项仅凭账簿不能认定，须由审计人员核实后定性。",
                "The books alone do not establish the following; an auditor has to verify them.",
            )
            made.append(Paragraph(say(caution, language)))
        made.append(findings_table(result, language, certainty=certainty, brief=True))
        made += found
    return tuple(made)


def untested_blocks(result: AuditResult, language: str = "zh") -> tuple[Block, ...]:
    """Return every rule that was not performed, then every rule that does not apply, with the reasons.

    A rule with findings that left something out is listed with the former, for silence is never a pass.
    """
    word = wording(language)
    missing = [o for o in result.outcomes if o.status is Status.NOT_PERFORMED]
    partly = [o for o in result.outcomes if o.status is Status.FINDINGS and o.reason.zh]
    beside = [o for o in result.outcomes if o.status is Status.NOT_APPLICABLE]
    made: list[Block] = []
    if missing:
        made.append(
            outcome_table(
                missing, language, statuses=(Status.NOT_PERFORMED,), caption=word("未能测试", "Not performed")
            )
        )
    else:
        made.append(Paragraph(word("没有未能测试的事项。", "Everything applicable was tested.")))
    if partly:
        caption = word("有发现的规则：检查范围与未能测试的部分", "Rules with findings: scope, and what was not tested")
        made.append(outcome_table(partly, language, statuses=(Status.FINDINGS,), caption=caption))
    if beside:
        caption = word("不适用", "Not applicable")
        made.append(outcome_table(beside, language, statuses=(Status.NOT_APPLICABLE,), caption=caption))
    return tuple(made)


def evaluation_blocks(result: AuditResult, language: str = "zh") -> tuple[Block, ...]:
    """Return the evaluation: counts of what was tested, found and left out, and no word beyond them."""
    word = wording(language)
    counts = status_counts(result.outcomes)
    comma, stop = word("，", ", "), word("。", ".")
    each = comma.join(f"{say(STATUSES[s], language)} {counts[s]}{word('项', '')}" for s in Status)
    made = [
        Paragraph(
            word(
                f"本次审计检查规则{len(result.outcomes)}项，其中{each}{stop}",
                f"Of {len(result.outcomes)} rules: {each}{stop}",
            )
        )
    ]
    for certainty, name in (
        (Certainty.ESTABLISHED, Text("认定问题", "findings established")),
        (Certainty.LEAD, Text("待核实疑点", "leads")),
    ):
        own = [f for f in result.findings if f.certainty is certainty]
        grave = comma.join(
            f"{say(SEVERITIES[s], language)} {sum(f.severity is s for f in own)}{word('项', '')}" for s in Severity
        )
        amount = shown_yuan(sum(f.amount_fen for f in own))
        made.append(
            Paragraph(
                word(
                    f"在已测试的事项范围内，{name.zh}{len(own)}项（{grave}），逐项金额相加{amount}元；"
                    "同一原因由几项规则列示的，金额有重复，不作为损失金额。",
                    f"Within what was tested, {len(own)} {name.en} ({grave}), amounts add up to {amount} yuan,"
                    " causes shown by several rules counted more than once.",
                )
            )
        )
    if counts[Status.NOT_PERFORMED]:
        made.append(
            Paragraph(
                word(
                    f"对未能测试的{counts[Status.NOT_PERFORMED]}项，本报告不发表意见，不得理解为没有问题。",
                    f"On the {counts[Status.NOT_PERFORMED]} rules not performed no opinion is given; they are no pass.",
                ),
                strong=True,
            )
        )
    return tuple(made)


def remedy_blocks(result: AuditResult, language: str = "zh") -> tuple[Block, ...]:
    """Return the distinct remedies, each with the rules and findings that ask for it."""
    word = wording(language)
    asked: dict[str, list[str]] = {}
    for finding, finding_id in zip(result.findings, result.ids, strict=True):
        asked.setdefault(say(finding.remedy, language), []).append(finding_id)
    if not asked:
        none = Text("本次审计没有需要提出的整改建议。", "The audit asks for no remedy.")
        return (Paragraph(say(none, language)),)
    columns = (
        Column(word("序号", "No.")),
        Column(word("建议", "Recommendation"), weight=4),
        Column(word("针对的发现", "Findings"), weight=2),
    )
    between = "、" if language != "en" else ", "
    rows = tuple(Row((str(n), text, between.join(ids))) for n, (text, ids) in enumerate(asked.items(), 1))
    return (Table(columns, rows),)


def _budgets(result: AuditResult, facts: Facts, law: Law, language: str) -> Sequence[Block]:
    made: list[Block] = []
    for year in range(result.since.year, result.until.year + 1):
        made += budget_blocks(facts, year, min(result.until, datetime.date(year, 12, 31)), language, law)
    return made


def _both_sides(result: AuditResult, facts: Facts, higher: Facts, law: Law, language: str) -> Sequence[Block]:
    title = Text(f"与上级工会（{higher.union.name}）账面核对", f"Compared with the books of {higher.union.name}")
    return (
        Heading(say(title, language), 2),
        *sides_blocks(facts, higher, law, result.since, result.until, language),
    )


def _subject(result: AuditResult) -> str:
    return {"annual": "工会经费", "remittance": "工会经费拨缴与上解专项", "special": "工会经费专项"}.get(
        result.kind, ""
    )


def _short(digest: str) -> str:
    return f"{digest[:12]}…" if digest else ""
