"""继续使用旧制度科目：2022年以后仍在用 2009年会计制度的科目。

检查内容
新制度施行以后，本期有发生额或期末有余额的科目，名称和编码不在现行科目表、却在旧科目表里的（如后备金、固定基金、结余、
投资基金）；以及专用基金下的增收留成基金、财务专用基金明细。2022年1月1日的新旧转账凭证不查。一个科目一项。
依据
《工会新旧会计制度有关衔接问题的处理规定》一(一)：自2022年1月1日起，工会应当严格按照新制度进行会计核算；二(三)各项规定了
旧科目余额的去向。
危害
净资产的分类失实，报表无法按规定格式编制，结余多少说不清。
反例
2025年仍有“322-后备金”余额 80,000.00 元。
正例
后备金余额在2022年1月1日转入工会资金结余。
参数
无；新旧科目表在 ledger/chart。
局限
只按名称和编码判断。新旧同名同码的科目（如 501 职工活动支出）不在此列；自设的科目见 ACC07。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from ledger.accounts import StatutoryAccount, chart_on, charts, components, resolve
from ledger.balances import account_balances
from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut
from rules.indexes import between, line_order, lines_by_account
from rules.rule import Case, rule

TRANSITION = "transition-2021"
_ENDED = ("retained_increase_fund", "finance_special_fund")  # sub-accounts of 311 that the new system dropped
_CLAUSES = {
    "fixed_asset_fund": "二(三)1",
    "construction_fund": "二(三)1",
    "investment_fund": "二(三)1",
    "special_purpose_fund": "二(三)2",
    "retained_increase_fund": "二(三)2",
    "finance_special_fund": "二(三)2",
    "reserve_fund": "二(三)3",
    "surplus": "二(三)4",
}


@rule(
    code="ACC18",
    name="repealed-accounts-in-use",
    title=Text("继续使用旧制度科目", "Accounts of the repealed chart still in use"),
    severity=Severity.HIGH,
    citations=(Citation(TRANSITION, "一(一)"),),
)
def check(case: Case) -> Checked:
    """Report accounts of the chart of 2009 that carry movements or a balance under the chart of 2021."""
    new = charts()[-1].since
    if case.until < new:
        return not_applicable("本期仍按旧制度记账", "the old system was still in force in the period")
    # An account that two charts read differently has two balances, which make its own together.
    left: dict[str, int] = defaultdict(int)
    for one in account_balances(case.facts, case.until):
        left[one.account] += one.amount_fen
    findings: list[Finding] = []
    used = 0
    for account, every in sorted(lines_by_account(case.facts).items()):
        inside = between(every, max(case.since, new), case.until)
        moved = any(not line.head.change_over for line in inside)
        if not moved and not left.get(account, 0):
            continue
        used += 1
        old = _repealed(account, case.until)
        if old is not None:
            lines = [line for line in inside if not line.head.change_over]
            findings.append(_finding(case, account, old, lines, left.get(account, 0)))
    return examined(used, findings)


def _repealed(account: str, day: datetime.date) -> StatutoryAccount | None:
    """Return the account of the old chart that a book's account is, None where the chart in force knows it."""
    found, before = resolve(account, day), charts()[0]
    if found is None:
        return resolve(account, before.until or day)
    if found.meaning == "special_purpose_fund":
        names = {name for _, name in components(account)[1:]}
        for meaning in _ENDED:
            ended = before.by_meaning[meaning]
            if ended.name in names:
                return ended
    return None


def _finding(case: Case, account: str, old: StatutoryAccount, lines: Sequence[PostingRow], left: int) -> Finding:
    debits = sum(line.amount_fen for line in lines if line.amount_fen > 0)
    credits_ = -sum(line.amount_fen for line in lines if line.amount_fen < 0)
    side = "借" if left > 0 else "贷"
    ends = f"期末余额{side} {shown_yuan(abs(left))} 元" if left else "期末没有余额"
    note = Text(f"记在旧科目 {old.code}{old.name}", f"on {old.code} of the repealed chart")
    evidence = [posting_evidence(line, note) for line in sorted(lines, key=line_order)[:MOST_EVIDENCE]]
    if not evidence:
        known = case.facts.accounts
        opened = known[known["account"] == account].iloc[0]
        evidence = [
            Evidence(note, account=account, amount_fen=abs(left), file=str(opened["file"]), line=int(opened["line"]))
        ]
    return case.finding(
        account,
        message=Text(
            f"“{account}”是旧制度科目 {old.code}{old.name}，现行科目表没有；{ends}，"
            f"本期借方 {shown_yuan(debits)} 元、贷方 {shown_yuan(credits_)} 元",
            f"{account} is {old.code} of the chart repealed on {chart_on(case.until).since}; "
            f"balance {shown_yuan(abs(left))} yuan, debits {shown_yuan(debits)}, credits {shown_yuan(credits_)}",
        ),
        expected=Text("2022年1月1日起按新制度科目核算", "accounts of the system in force since 2022-01-01"),
        found=Text(f"仍在使用 {old.code}{old.name}", f"{old.code} is still used"),
        remedy=Text(
            "编制转账工作底稿，把余额转入新制度的对应科目，停用旧科目",
            "transfer the balance to the new account on a worksheet, and close the old one",
        ),
        evidence=cut(evidence, len(lines)),
        amount_fen=abs(left) or debits or credits_,
        citations=(Citation(TRANSITION, "一(一)"), Citation(TRANSITION, _CLAUSES.get(old.meaning, "二(五)"))),
        related=("ACC07", "BUD11"),
    )
