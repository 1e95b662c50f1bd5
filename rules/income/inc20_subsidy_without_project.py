"""上级专项补助未单独核算：收到专项补助没有写项目，或使用专项资金的支出没有写项目。

检查内容
一、贷记专项转移支付补助（40302）的分录，既没有写项目，科目下也没有明细的，每年合并列一项。二、资金性质写明专项（earmarked）的支出
分录没有写项目的，每年合并列一项。红字冲销按凭证抵减。
依据
《工会会计制度》第二十二条：对指定用途的资金按规定的用途专款专用，并单独反映；附录1第403号科目二、总说明二：
项目支出按具体项目进行明细核算。
危害
不知道专款花了多少、剩了多少，挪用了也看不出来。
反例
收到困难职工帮扶专项补助 30,000.00 元，凭证没有写项目。
正例
凭证写明项目“困难职工帮扶专项”，支出写同一项目。
参数
无。
局限
项目支出与补助文件的用途是否一致须看原件；年末没有用完的见 BUD09，转入结余的见 INC18。
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from ledger.accounts import components
from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut
from rules.rule import Case, rule

SYSTEM = "accounting-system-2021"
_LEVELS = 2  # level-1 account and 40302; anything below tells the project apart
_FOUND = {
    "income": Text("收到专项补助没有写项目", "earmarked subsidy without a project"),
    "expense": Text("使用专项资金没有写项目", "spending of earmarked money without a project"),
}


@rule(
    code="INC20",
    name="subsidy-without-project",
    title=Text("上级专项补助未单独核算", "Earmarked subsidy not accounted for by project"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "第二十二条"), Citation(SYSTEM, "附录1 第403号科目 二")),
)
def check(case: Case) -> Checked:
    """Report earmarked subsidies, and spending of earmarked money, that name no project."""
    income = [line for line in case.booked.of("income") if line.meaning == "earmarked_transfer_subsidy_income"]
    expense = [line for line in case.booked.of("expense") if line.fund == "earmarked"]
    if not income and not expense:
        return not_applicable("本期没有上级专项补助，也没有使用专项资金", "no earmarked money came or was used")
    untold = [line for line in income if not line.project.strip() and len(components(line.account)) <= _LEVELS]
    findings = [
        *_by_year(case, "income", untold, sign=-1),
        *_by_year(case, "expense", [line for line in expense if not line.project.strip()], sign=1),
    ]
    return examined(len(income) + len(expense), findings)


def _by_year(case: Case, element: str, lines: Sequence[PostingRow], *, sign: int) -> list[Finding]:
    findings = []
    ordered = sorted(lines, key=attrgetter("date", "voucher", "account", "amount_fen", "line"))
    for year, of_year in groupby(ordered, key=lambda line: line.date.year):
        own = list(of_year)
        total = sign * net_fen(own)
        if total <= 0:
            continue
        found = _FOUND[element]
        evidence = [posting_evidence(line, found) for line in own[:MOST_EVIDENCE]]
        vouchers = len({line.entry for line in own})
        findings.append(
            case.finding(
                str(year),
                element,
                message=Text(
                    f"{year} 年{found.zh}，{vouchers} 张凭证，{shown_yuan(total)} 元",
                    f"{year}: {found.en}, {vouchers} vouchers, {shown_yuan(total)} yuan",
                ),
                expected=Text("专项资金按项目单独核算", "earmarked money is accounted for by project"),
                found=found,
                remedy=Text("按补助文件补写项目，分项目核算收支", "name the project on income and spending"),
                evidence=cut(evidence, len(own), total),
                amount_fen=total,
                related=("INC18", "EXP38"),
            )
        )
    return findings
