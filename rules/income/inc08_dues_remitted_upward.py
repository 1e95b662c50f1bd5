"""会费被上缴或被截留：会员缴的会费转进了应付上级经费，交给了上级，或者没有进会费收入。

检查内容
一、同一凭证贷记会费收入（401）、又贷记应付上级经费（211），而没有拨缴经费的；二、摘要写会费、付给上级的凭证（借记 211，
或列支出、借记会费收入而收款方是上级工会）；三、收到会费（摘要写会费）却贷记其他应付款、其他应收款等而没有贷记会费收入的。
都列为疑点。
依据
《工会会计制度》附录1第401号科目二(一)：取得会费时，按照实际收到的金额，贷记会费收入；第211号科目一：应付上级经费核算按规定应
上缴的工会拨缴经费。会费全部留在基层工会使用。
危害
会员缴的钱没有用在会员身上，活动经费减少。
反例
收到会费 5,000.00 元，贷记会费收入 3,000.00 元、应付上级经费 2,000.00 元。
正例
收到会费 5,000.00 元全部贷记会费收入。
参数
无；词表在 rules/words/dues.toml。
局限
会费归基层工会的规定未读到原文，一律作疑点；会费暂存后当月转收入的也会列出。
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.income.spoken import vouchers_speaking
from rules.rule import Case, rule
from rules.text.match import match, told
from rules.vouchers import MONEY, first_line, named, net_on, touching

DUES, OWN, UPWARD = "dues_income", "contribution_income", "due_to_higher_union"
PARKED = ("other_payables", "other_receivables", "custody_funds")
SYSTEM = "accounting-system-2021"


@rule(
    code="INC08",
    name="dues-remitted-upward",
    title=Text("会费被上缴或被截留", "Dues remitted upward or withheld"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "附录1 第401号科目 二(一)"), Citation(SYSTEM, "附录1 第211号科目 一")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report dues that went to the higher union, or were received without being taken to income."""
    found = {lines[0].entry: lines for lines in (*touching(case.booked, DUES), *vouchers_speaking(case, "dues"))}
    if not found:
        return not_applicable("本期没有会费业务", "no dues in the period")
    vouchers = [lines for lines in found.values() if not lines[0].head.reverses]
    return examined(len(found), [one for lines in vouchers if (one := _looked_at(case, lines)) is not None])


def _looked_at(case: Case, lines: Sequence[PostingRow]) -> Finding | None:
    head, parent = lines[0].head, case.facts.union.parent.strip()
    dues, upward, money = -net_on(lines, DUES), -net_on(lines, UPWARD), net_on(lines, *MONEY)
    if dues > 0 and upward > 0 and -net_on(lines, OWN) <= 0:
        why = Text("会费收入和应付上级经费在同一凭证，没有拨缴经费", "dues and a due upward, but no contribution")
        return _finding(case, lines, upward, why, "split")
    spoken = match(head.narration, "dues", head.date)
    # Paid to the union above straight out of the income is remitted just as an expense to it is.
    expense = sum(line.amount_fen for line in lines if line.element == "expense")
    out_of_funds = expense + max(0, -dues) if parent and head.payee == parent else 0
    went_up = -upward if upward < 0 else out_of_funds
    if spoken and money < 0 and went_up > 0:
        return _finding(case, lines, went_up, told(spoken), "paid")
    parked = -net_on(lines, *PARKED)
    if spoken and money > 0 and dues <= 0 and parked > 0:
        return _finding(case, lines, parked, told(spoken), "withheld")
    return None


def _finding(case: Case, lines: Sequence[PostingRow], fen: int, why: Text, kind: str) -> Finding:
    voucher, money = named(lines[0].head), shown_yuan(fen)
    found = {
        "split": Text("会费分出一部分作应付上级经费", "part of the dues set aside for the higher union"),
        "paid": Text("会费付给了上级", "dues paid to the higher union"),
        "withheld": Text("收到会费没有记会费收入", "dues received and not taken to income"),
    }[kind]
    return case.finding(
        voucher,
        kind,
        message=Text(f"凭证 {voucher} {found.zh} {money} 元：{why.zh}", f"voucher {voucher}: {found.en}, {money} yuan"),
        expected=Text("会费全部记会费收入，由基层工会使用", "all dues are the grassroots union's income"),
        found=found,
        remedy=Text("核对款项性质；属于会费的转回会费收入", "find what it is; if dues, take them to income"),
        evidence=(posting_evidence(first_line(lines), why, fen),),
        amount_fen=fen,
        related=("INC05", "INC11"),
    )
