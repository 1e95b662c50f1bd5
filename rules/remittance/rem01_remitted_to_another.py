"""上缴款付给非上级工会：应付上级经费的付款，收款方不是本单位的上级工会。

检查内容
逐张以货币资金支付应付上级经费（211）的凭证，对方与 union.toml 的 parent 不同的列出；对方为空的报告为未能检查。
依据
《工会会计制度》附录1第211号科目：核算按规定应上缴的工会拨缴经费，实际上缴时借记本科目；《中华人民共和国工会法》
第四十七条：工会的经费，任何组织和个人不得侵占、挪用和任意调拨。
危害
以上缴之名把钱转给第三方，是挪用上级经费的常见做法。
反例
借记应付上级经费 8,000.00 元，收款方是某商贸公司。
正例
收款方是上级工会，有上级工会的收据。
参数
无。
局限
上级委托财务结算中心、税务代收账户收款的，对方名称会不同，因此只列疑点，须看上级的委托文件和收据。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_performed
from rules.remittance.movements import UPWARD, MovementKind, movements
from rules.rule import Case, rule
from rules.vouchers import first_placed


@rule(
    code="REM01",
    name="remitted-to-another",
    title=Text("上缴款付给非上级工会", "Remittance paid to someone else than the higher union"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "附录1 第211号科目 一"),
        Citation("accounting-system-2021", "附录1 第211号科目 二(二)"),
        Citation("trade-union-law-2021", "第四十七条"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report payments of 211 whose payee is not the union above."""
    parent = case.facts.union.parent.strip()
    if not parent:
        return not_performed("union.toml 没有登记上级工会（parent）", "union.toml names no parent")
    paid = {
        (m.voucher, m.date)
        for m in movements(case.facts, case.until)
        if m.kind is MovementKind.PAYMENT and m.upward_fen > 0 and m.date >= case.since
    }
    debits: dict[int, list[PostingRow]] = defaultdict(list)
    for line in case.booked.on(UPWARD):
        if line.amount_fen > 0 and (line.voucher, line.date) in paid:
            debits[line.entry].append(line)
    findings: list[Finding] = []
    blank = 0
    for lines in debits.values():
        first = first_placed(lines)
        payee = first.head.payee.strip()
        blank += not payee
        if payee and payee != parent:
            findings.append(_finding(case, first, net_fen(lines), payee, parent))
    untested = []
    if blank:
        zh = f"{blank} 张上缴凭证没有写收款方，不能判断"
        untested.append(Text(zh, f"{blank} vouchers of remittance name no payee"))
    return examined(len(debits), findings, untested)


def _finding(case: Case, line: PostingRow, amount: int, payee: str, parent: str) -> Finding:
    voucher, money = line.voucher, shown_yuan(amount)
    return case.finding(
        voucher,
        message=Text(
            f"{voucher} 以上缴经费付出 {money} 元，收款方“{payee}”不是上级工会“{parent}”",
            f"{voucher}: {money} yuan of remittance paid to {payee}, not to {parent}",
        ),
        expected=Text(f"收款方为上级工会“{parent}”", f"paid to {parent}"),
        found=Text(f"收款方为“{payee}”", f"paid to {payee}"),
        remedy=Text(
            "取得上级工会的收据或委托收款文件；没有的追回款项",
            "obtain the higher union's receipt or its order to pay the other; otherwise recover the money",
        ),
        evidence=[posting_evidence(line, Text(f"付给“{payee}”", f"paid to {payee}"), amount)],
        amount_fen=amount,
        related=("CUR10",),
    )
