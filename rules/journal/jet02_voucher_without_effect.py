"""凭证自借自贷：借贷虽平，但每个科目的借方和贷方相抵为零，凭证没有任何实际影响。

检查内容
逐张凭证按科目、资金来源和项目轧差：借方合计大于零，而每一个都相抵为零的。借贷不平、单边和零金额的凭证由 ACC02 检查，
不在此重复。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项填制会计凭证。《工会会计制度》第十条：采用借贷记账法记账。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
自借自贷的凭证常用来占号、补号，或虚增某科目的借贷发生额。
反例
借：银行存款 5,000.00 元，贷：银行存款（同一账户）5,000.00 元。
正例
基本户转代管经费户：两个账户，各有增减；同一科目内由一个项目调到另一个项目。
参数
无。
局限
只看金额、科目、资金来源和项目，看不出辅助说明里的调整，所以只列为疑点。
"""

from __future__ import annotations

from operator import attrgetter

from ledger.journal_rows import VoucherRow, sums_by
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import Population, population, rows_of
from rules.rule import Case, rule
from rules.vouchers import names_of, years

_METHOD = Method(1, Text("本期凭证", "vouchers of the period"))


@rule(
    code="JET02",
    name="voucher-without-effect",
    title=Text("凭证自借自贷", "Vouchers that move nothing"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第九条"), Citation("accounting-system-2021", "第十条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report balanced vouchers whose every account nets to nothing."""
    found = population(case)
    count = len(found.vouchers)
    if not count:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    # What spends moves something, so that only the others have to be looked at line by line.
    idle = [voucher for voucher in found.unspending if found.debit_fen(voucher) > 0 and not _moves(found, voucher)]
    findings = []
    for year, own in years(idle):
        names = names_of(own)
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=count,
                told=Text(
                    f"{year} 年 {len(own)} 张凭证各科目借贷相抵为零，没有实际影响：{names}",
                    f"{len(own)} vouchers of {year} net to nothing on every account",
                ),
                expected=Text("凭证记录实际发生的增减", "a voucher records a real change"),
                evidence=rows_of(own, Text("各科目相抵为零", "nets to nothing"), found.debit_fen),
                related=("ACC02",),
            )
        )
    return examined(count, findings, note=_METHOD.said(count))


def _moves(found: Population, voucher: VoucherRow) -> bool:
    """Tell whether an account, a source of money or a project has more or less by a voucher."""
    return any(sums_by(found.lines[voucher.entry], attrgetter("account", "fund", "project")).values())
