"""专项资金混用或结余未结转：指定用途的资金没有分项目反映、用到别的用途、支出超过到位资金，或年末没有转入工会资金结转。

检查内容
一、资金来源写明“专项”（fund: earmarked）的支出没有项目的；二、项目名称指明用途（如困难职工帮扶），支出却列在
与之无关的科目的；三、项目以专项资金列支的合计大于到位的合计的；四、年末结转时，专项资金的本年收支净额没有如数转入“工会资金结转”的。
依据
《工会会计制度》第二十二条：对指定用途的资金按规定的用途专款专用，并单独反映；第321号科目三（三）：专项资金的收入、支出转入
工会资金结转。
危害
帮扶、劳模等专项资金被挤占挪用，应当用在困难职工身上的钱变成了一般开支。
反例
帮扶专项补助 30,000.00 元，支出 24,100.00 元，年末净额转入工会资金结余。
正例
净额 5,900.00 元转入工会资金结转，次年继续用于帮扶。
参数
无。
局限
二、三为疑点。年初结转没有分项目的，第三项报告为未能检查；年末尚未结转的，第四项报告为未能检查。专项补助收入没有项目
见 INC20；收入误转结余见 INC18，同一差额不重复计金额。2022年以前只看第一至三项，第一项只作疑点。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.expenditure.earmarked import Closing, closing_of, earmarked_lines, opening_of, purpose_of
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.booked import certainty_on
from rules.invoices.grouped import at_line, by_year, one_finding
from rules.rule import Case, rule

REMEDY = Text(
    "按项目清理收支，调回被挤占的资金，更正年末结转", "settle the project, return the money and correct the closing"
)
SYSTEM = "accounting-system-2021"
EXPECTED = Text("专款专用，分项目反映", "used for its purpose and shown by project")


@rule(
    code="EXP38",
    name="earmarked-money-mixed",
    title=Text("专项资金混用或结余未结转", "Earmarked money mixed or its rest not carried forward"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "第二十二条"),
        Citation(SYSTEM, "附录1 第321号科目 三(三)"),
    ),
)
def check(case: Case) -> Checked:
    """Report earmarked money without project, off its purpose, beyond what came in, or not carried forward."""
    lines = earmarked_lines(case)
    if not lines:
        return not_applicable("本期没有专项资金的收支", "no earmarked money in the period")
    inside = [line for line in lines if line.date >= case.since]
    spent = [line for line in inside if line.element == "expense"]
    findings = [_nowhere(case, year, own) for year, _, own in by_year(line for line in spent if not line.project)]
    findings += [
        found
        for year, (project,), own in by_year((line for line in spent if line.project), attrgetter("project"))
        for found in _off_purpose(case, year, project, own)
    ]
    untested: list[Text] = []
    for project in sorted({line.project for line in spent} - {""}):
        findings += _beyond(case, project, [line for line in lines if line.project == project], untested)
    for year in range(case.since.year, case.until.year + 1):
        end = datetime.date(year, 12, 31)
        if case.since <= end <= case.until and certainty_on(case, end, SYSTEM) is Certainty.ESTABLISHED:
            findings += _closed(case, closing_of(case, lines, year), untested)
    return examined(len(inside), findings, untested)


def _nowhere(case: Case, year: int, lines: Sequence[PostingRow]) -> Finding:
    said = Text("专项资金支出没有项目", "earmarked spending without a project")
    sure = certainty_on(case, lines[0].date, SYSTEM)
    return _told(case, (str(year), "no-project"), lines, said, certainty=sure, related="INC20")


def _off_purpose(case: Case, year: int, project: str, lines: Sequence[PostingRow]) -> list[Finding]:
    purpose = purpose_of(project, lines[-1].date)
    off = [line for line in lines if purpose and line.meaning not in purpose and line.group not in purpose]
    said = Text(f"项目“{project}”的支出列在别的用途", f"spending of “{project}” stands under another purpose")
    return [_told(case, (str(year), "purpose", project), off, said, related="EXP48")] if off else []


def _beyond(case: Case, project: str, lines: Sequence[PostingRow], untested: list[Text]) -> list[Finding]:
    begun = opening_of(case, project)
    over = net_fen(lines) - (begun or 0)
    if over <= 0:
        return []
    if begun is None:
        zh = f"项目“{project}”的支出大于到位资金，年初结转没有分项目，无法判断"
        untested.append(Text(zh, f"“{project}” spent more than came in; the opening balance is not by project"))
        return []
    more = shown_yuan(over)
    said = Text(f"项目“{project}”支出比到位资金多 {more} 元", f"“{project}” spent {more} yuan more than came in")
    spent = [line for line in lines if line.element == "expense"]
    return [_told(case, ("beyond", project), spent, said, amount_fen=over)]


def _told(
    case: Case,
    key: tuple[str, ...],
    lines: Sequence[PostingRow],
    said: Text,
    *,
    amount_fen: int | None = None,
    certainty: Certainty = Certainty.LEAD,
    related: str = "",
) -> Finding:
    years = sorted({str(line.date.year) for line in lines})
    total = net_fen(lines)
    return one_finding(
        case,
        *key,
        lines=lines,
        shown=at_line,
        message=Text(
            f"{'、'.join(years)} 年{said.zh}，支出共 {shown_yuan(total)} 元",
            f"{', '.join(years)}: {said.en}, {shown_yuan(total)} yuan spent",
        ),
        expected=EXPECTED,
        found=said,
        remedy=REMEDY,
        note=lambda line: Text(f"{said.zh}：{line.account}", f"{said.en}: {line.account}"),
        amount_fen=max(0, total) if amount_fen is None else amount_fen,
        certainty=certainty,
        related=(related,) if related else (),
    )


def _closed(case: Case, closing: Closing, untested: list[Text]) -> list[Finding]:
    if not closing.vouchers:
        zh = f"{closing.year} 年度还没有年末结转凭证，专项资金的结转无法检查"
        untested.append(Text(zh, f"{closing.year} is not closed: carry-forward of earmarked money not checked"))
        return []
    gap = abs(closing.due_fen - closing.carried_fen)
    if not gap:
        return []
    due, carried = shown_yuan(closing.due_fen), shown_yuan(closing.carried_fen)
    said = Text(f"专项净额 {due} 元，转入工会资金结转 {carried} 元", f"net {due} yuan, {carried} carried forward")
    note = Text("年末结转", "closing of the year")
    return [
        case.finding(
            str(closing.year),
            "closing",
            message=Text(
                f"{closing.year} 年末结转：{said.zh}，相差 {shown_yuan(gap)} 元",
                f"closing of {closing.year}: {said.en}",
            ),
            expected=Text(f"专项资金收支净额 {due} 元转入工会资金结转", f"{due} yuan carried forward"),
            found=Text(f"转入 {carried} 元", f"{carried} yuan carried forward"),
            remedy=REMEDY,
            evidence=[voucher_evidence(voucher, note) for voucher in closing.vouchers],
            amount_fen=0 if closing.income_short else gap,
            related=("INC18",),
        )
    ]
