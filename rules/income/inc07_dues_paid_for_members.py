"""会费由工会经费或行政代缴：会员没有掏钱，会费收入的另一边是工会自己的支出或单位的钱。

检查内容
一、贷记会费收入（401）的凭证，没有相应的货币资金流入，另一边是支出科目，或把拨缴经费、行政补助转成会费的，列为问题，金额为
没有货币流入的部分。二、支出凭证或会费收入凭证的摘要命中“代缴会费用语”的，列为疑点。
依据
《中华人民共和国工会法》第四十三条（一）：工会会员缴纳的会费；《工会会计制度》附录1第401号科目一、二(一)：会员依照规定向工会组织
缴纳的会费，按照实际收到的金额入账。
危害
会员不尽义务，会费收支虚增，活动经费弥补倍数的基数失实。
反例
借记职工活动支出 6,000.00 元，贷记会费收入 6,000.00 元。
正例
由本人工资代扣，单位把代扣款转入工会账户。
参数
无；词表在 rules/words/dues_for_members.toml。
局限
单位代扣工资与单位出钱代缴在账上一样，摘要写“代扣代缴”的不列，须看工资表。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import match, told
from rules.text.search import pointed_out, search, spending, vouchers_spent
from rules.vouchers import MONEY, by_number, first_line, named, net_on, touching

DUES, WORDS = "dues_income", "dues_for_members"
_ASSETS = (*MONEY, "other_receivables", "due_from_higher_union")
_TURNED = ("contribution_income", "employer_subsidy_income", "higher_union_subsidy_income", "other_income")
_EXPECTED = Text("会费由会员本人缴纳，按实际收到的金额入账", "members pay their own dues")
_REMEDY = Text("冲回代缴的会费，改由会员本人缴纳", "reverse it, and have the members pay")


@rule(
    code="INC07",
    name="dues-paid-for-members",
    title=Text("会费由工会经费或行政代缴", "Dues paid for members out of funds or by the employer"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十三条"),
        Citation("accounting-system-2021", "附录1 第401号科目 一"),
        Citation("accounting-system-2021", "附录1 第401号科目 二(一)"),
    ),
)
def check(case: Case) -> Checked:
    """Report dues that came out of the union's own spending or income, and words of dues paid for members."""
    paid = touching(case.booked, DUES)
    if not paid and not spending(case):
        return not_applicable("本期没有会费收入和支出", "neither dues nor spending in the period")
    paid = by_number(paid)
    findings = _turned(case, paid)
    seen = {finding.key[0] for finding in findings}
    for one in search(case, (WORDS,), (Field.NARRATION, Field.ITEM)):
        if one.voucher not in seen:
            looks = Text("像是用工会经费替会员缴会费", "looks like dues paid for members out of the funds")
            findings.append(pointed_out(case, one, looks, _EXPECTED, _REMEDY))
            seen.add(one.voucher)
    findings += _spoken(case, paid, seen)
    return examined(len(paid) + vouchers_spent(case), findings)


def _turned(case: Case, paid: Iterable[Sequence[PostingRow]]) -> list[Finding]:
    findings = []
    for lines in paid:
        fen, voucher = _not_received(lines), named(lines[0].head)
        if fen <= 0:
            continue
        sources = "、".join(sorted({line.account.rsplit(":", 1)[-1] for line in lines if line.amount_fen > 0}))
        note = Text(f"会费收入的另一边是 {sources}", f"dues against {sources}")
        findings.append(
            case.finding(
                voucher,
                message=Text(
                    f"凭证 {voucher} 的会费收入有 {shown_yuan(fen)} 元不是收到的钱，另一边是{sources}",
                    f"voucher {voucher}: {shown_yuan(fen)} yuan of dues were not received, but taken from {sources}",
                ),
                expected=_EXPECTED,
                found=note,
                remedy=_REMEDY,
                evidence=(posting_evidence(first_line(lines), note, fen),),
                amount_fen=fen,
                related=("INC05",),
            )
        )
    return findings


def _not_received(lines: Sequence[PostingRow]) -> int:
    """Return how much of a voucher's dues no money came in for, but spending or other income was turned into."""
    spent = net_fen(line for line in lines if line.element == "expense")
    turned = max(0, spent) + max(0, net_on(lines, *_TURNED))
    return min(-net_on(lines, DUES) - max(0, net_on(lines, *_ASSETS)), turned)


def _spoken(case: Case, paid: Iterable[Sequence[PostingRow]], seen: set[str]) -> list[Finding]:
    findings: list[Finding] = []
    for lines in paid:
        head = lines[0].head
        hits = match(head.narration, WORDS, head.date)
        fen, voucher = -net_on(lines, DUES), named(head)
        if not hits or fen <= 0 or voucher in seen:
            continue
        why = told(hits)
        findings.append(
            case.finding(
                voucher,
                "words",
                message=Text(
                    f"凭证 {voucher} 会费收入 {shown_yuan(fen)} 元可能不是会员缴的（付款方“{head.payee}”）：{why.zh}",
                    f"voucher {voucher}: {shown_yuan(fen)} yuan of dues that members may not have paid: {why.en}",
                ),
                expected=_EXPECTED,
                found=why,
                remedy=Text("核对工资代扣表；单位出钱的转作行政补助", "check the payroll; or it is a subsidy"),
                evidence=(posting_evidence(first_line(lines), why, fen),),
                amount_fen=fen,
                certainty=Certainty.LEAD,
            )
        )
    return findings
