"""对外投资未经批准或核算错误：投资没有决议，或没有同时记资产基金、冲减工会资金结余。

检查内容
一、净借记投资（151）的凭证没有写决议编号，或决议不在登记簿、没有通过、日期在后的，列为疑点。二、2022年起逐日核对涉及投资的
凭证：投资的增减与资产基金——投资的增减（核销的加待处理财产损溢）不等，或以货币投资、收回投资而没有同额冲减、恢复
工会资金结余的，列为问题。
依据
《工会会计制度》第四十三条；附录1第151号科目三、第322号科目三(三)：以货币资金对外投资时，借记工会资金结余（累计结余）、贷记
银行存款，同时借记投资、贷记资产基金——投资。《中华人民共和国会计法》第二十五条（二）：重大对外投资的决策程序。
危害
经费被拿去投资、出借，本金损失；核算错误使结余里还留着已经投出去的钱。
反例
购国债 100,000.00 元，借记投资、贷记银行存款。
正例
借记工会资金结余 100,000.00 元、贷记银行存款；同时借记投资、贷记资产基金——投资。
参数
无。
局限
借款、集资记在往来的由往来类规则检查。同一天的投资业务合并核对。审批权限须看上级规定和会议记录。
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.assets.depreciation import START
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.resolutions import undecided
from rules.rule import Case, rule
from rules.statements.identities import PENDING
from rules.vouchers import MONEY, by_number, first_line, named, net_on, touching

SYSTEM = "accounting-system-2021"
INVESTMENT, FUND, SURPLUS = "investment", "asset_fund_investment", "union_surplus"

Voucher = Sequence[PostingRow]  # the lines of one voucher


@rule(
    code="AST15",
    name="investment-irregular",
    title=Text("对外投资未经批准或核算错误", "Investment unapproved or wrongly booked"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "第四十三条"),
        Citation(SYSTEM, "附录1 第151号科目 三(一)"),
        Citation(SYSTEM, "附录1 第322号科目 三(三)"),
        Citation("accounting-law-2024", "第二十五条"),
    ),
)
def check(case: Case) -> Checked:
    """Report investments without a decision, and investments that the two sides of the books do not both show."""
    vouchers = by_number(touching(case.booked, INVESTMENT))
    if not vouchers:
        return not_applicable("本期没有对外投资业务", "no investment moved in the period")
    findings: list[Finding] = []
    unread = 0
    for voucher in vouchers:
        head, fen = voucher[0].head, net_on(voucher, INVESTMENT)
        if fen > 0 and not head.reverses:
            fault = undecided(case, head)
            unread += fault is None and "resolutions" not in case.facts.registers
            if fault is not None:
                findings.append(_unapproved(case, voucher, fen, fault))
    for own in _by_day(case, vouchers):
        findings += _booking(case, own)
    untested = []
    if unread:
        zh = f"缺少 registers/resolutions.csv，{unread} 张投资凭证所写的决议无从核对"
        untested.append(Text(zh, f"no registers/resolutions.csv: {unread} resolutions not checked"))
    return examined(len(vouchers), findings, untested)


def _unapproved(case: Case, postings: Voucher, fen: int, fault: Text) -> Finding:
    head = postings[0].head
    voucher, money = named(head), shown_yuan(fen)
    note = Text(f"增加投资 {money} 元", f"{money} yuan invested")
    return case.finding(
        voucher,
        message=Text(
            f"凭证 {voucher}（{head.payee}，{head.narration}）对外投资 {money} 元，{fault.zh}",
            f"voucher {voucher}: {money} yuan invested; {fault.en}",
        ),
        expected=Text("投资之前经集体决定并按规定报批", "decided and approved before"),
        found=fault,
        remedy=Text("提供决议和批准文件；没有的收回投资", "supply the decision, or take the money back"),
        evidence=(posting_evidence(first_line(postings), note, fen),),
        amount_fen=fen,
        certainty=Certainty.LEAD,
        related=("CTL01",),
    )


def _by_day(case: Case, vouchers: Sequence[Voucher]) -> list[list[Voucher]]:
    """Return, day by day, the vouchers on investments and those of the same day on their fund or on the surplus."""
    near = by_number(touching(case.booked, INVESTMENT, "asset_fund", SURPLUS))
    days = sorted({voucher[0].date for voucher in vouchers if voucher[0].date >= START})
    return [[voucher for voucher in near if voucher[0].date == day] for day in days]


def _booking(case: Case, own: Sequence[Voucher]) -> list[Finding]:
    lines = list(chain.from_iterable(own))
    investing = [voucher for voucher in own if _touches(voucher, INVESTMENT)]
    invested, fund = net_on(lines, INVESTMENT), net_fen(line for line in lines if line.meaning == FUND)
    pending = sum(net_on(voucher, PENDING) for voucher in investing)
    faults = []
    if invested + fund + pending:
        apart = shown_yuan(abs(invested + fund + pending))
        faults.append(Text(f"投资与资产基金——投资相差 {apart} 元", f"{apart} yuan between investment and fund"))
    surplus = net_on(lines, SURPLUS)
    paid = -sum(net_on(voucher, *MONEY) for voucher in own if _touches(voucher, INVESTMENT, SURPLUS))
    by_money = (invested > 0 and paid > 0) or (invested < 0 and paid < 0)
    if by_money and surplus != invested:
        word = "冲减" if invested > 0 else "恢复"
        faults.append(
            Text(
                f"应{word}工会资金结余 {shown_yuan(abs(invested))} 元，实际 {shown_yuan(abs(surplus))} 元",
                f"the surplus should move by {shown_yuan(abs(invested))} yuan, it moved by {shown_yuan(abs(surplus))}",
            )
        )
    if not faults:
        return []
    at = own[0][0].date
    note = Text("投资业务的凭证", "a voucher of the investment")
    evidence = [posting_evidence(first_line(one), note, abs(net_on(one, INVESTMENT))) for one in investing]
    told = Text("；".join(f.zh for f in faults), "; ".join(f.en for f in faults))
    return [
        case.finding(
            at.isoformat(),
            "booking",
            message=Text(f"{at} 投资业务核算错误：{told.zh}", f"{at}: investment wrongly booked: {told.en}"),
            expected=Text(
                "投资与资产基金——投资同额增减，货币投资同额冲减工会资金结余",
                "investment, its fund and the surplus move by the same amount",
            ),
            found=told,
            remedy=Text("补记缺少的分录", "book the missing entry"),
            evidence=limited(evidence),
            amount_fen=abs(invested),
            related=("AST03", "STM01"),
        )
    ]


def _touches(voucher: Voucher, *groups: str) -> bool:
    return any(line.group in groups for line in voucher)
