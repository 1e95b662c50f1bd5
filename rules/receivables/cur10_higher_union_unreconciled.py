"""与上级工会对账不平：应付上级经费的发生、上缴与应上缴数对不上。

检查内容
一、本账一方：应付上级经费（211）逐月比较应上缴数（已收拨缴 × 上级比例）、贷记数和上缴数；列出多记少记、多缴的月份，
列出既不是拨缴形成、也不是付款上缴的 211 变动（例如直接转作收入）。期初加贷记减上缴应等于期末。
二、上级一方：211 已无余额、每笔上缴在银行流水中都付给上级工会的，视为相符；否则须取得上级的应收记录，账内没有，
不作结论。
依据
《工会会计制度》附录1第211号科目；《会计法》第十七条：账簿记录与有关资料相互核对，保证账账相符。
危害
欠缴被账面掩盖，或把上级的钱转作本级收入。
反例
211 借方 5,000.00 元，对应贷方是其他收入。
正例
每季与上级核对应上缴、已上缴和余额，双方签章。
参数
contribution.rate、contribution.retained_share。
局限
上级的账不在本账内，余额不为零时不能得出相符的结论。一月多笔拨缴的，分拆的尾差每笔容许一分。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, not_applicable
from rules.gather import shown_month
from rules.income.contribution import receipt_evidence
from rules.receivables.upward import position
from rules.remittance.movements import Movement
from rules.remittance.schedule import MonthDue
from rules.remittance.upward import Bucket
from rules.rule import Case, rule

REMEDY = Text("与上级工会逐月核对，作更正分录", "reconcile with the higher union by month; correct")


@rule(
    code="CUR10",
    name="higher-union-unreconciled",
    title=Text("与上级对账", "Reconciliation with the higher union"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "附录1 第211号科目 二(一)"),
        Citation("accounting-system-2021", "附录1 第211号科目 二(二)"),
        Citation("accounting-law-2024", "第十七条"),
    ),
    parameters=("contribution.rate", "contribution.retained_share"),
)
def check(case: Case) -> Checked:
    """Report where the books' own side of the account with the higher union breaks; say that the other is absent."""
    own = position(case)
    if not own.any:
        return not_applicable("本期没有应付上级经费，期初期末也没有余额", "nothing on 211 in or before the period")
    findings = [
        *(_stray(case, m) for m in own.stray),
        *(_misbooked(case, m, due) for m, due in own.misbooked),
        *(_overpaid(case, b) for b in own.overpaid),
    ]
    shown = Text(
        f"211：期初 {shown_yuan(own.opening_fen)}，贷记 {shown_yuan(own.booked_fen)}，上缴 {shown_yuan(own.paid_fen)}，"
        f"其他变动 {shown_yuan(own.other_fen)}，期末 {shown_yuan(own.closing_fen)} 元",
        f"211: opening {shown_yuan(own.opening_fen)}, booked {shown_yuan(own.booked_fen)}, "
        f"paid {shown_yuan(own.paid_fen)}, other {shown_yuan(own.other_fen)}, closing {shown_yuan(own.closing_fen)}",
    )
    untested = list(own.untested)
    if own.closing_fen or own.unproved:
        zh = f"上级工会的应收记录不在账内，无法核对余额 {shown_yuan(own.closing_fen)} 元；请取得上级的对账单"
        if own.unproved:
            zh += f"（{len(own.unproved)} 笔上缴在银行流水中没有付给上级工会的记录）"
        untested.append(Text(zh, "the higher union's records are not here: obtain its statement of account"))
    return Checked(tuple(findings), own.tested, tuple(untested), shown)


def _stray(case: Case, movement: Movement) -> Finding:
    side = "借记" if movement.upward_fen < 0 else "贷记"
    money = shown_yuan(abs(movement.upward_fen))
    what = "没有付款" if movement.upward_fen < 0 else "没有对应的拨缴收入"
    return case.finding(
        "stray",
        movement.voucher,
        message=Text(
            f"{movement.voucher}（{movement.date}）{side}应付上级经费 {money} 元，{what}：{movement.narration}",
            f"{movement.voucher}: 211 moved by {money} yuan, neither by a contribution nor by a payment",
        ),
        expected=Text("211 只因拨缴而增、因上缴而减", "211 grows by contributions and falls by payments"),
        found=Text(f"{side} {money} 元，{what}", f"{money} yuan without contribution or payment"),
        remedy=REMEDY,
        evidence=[movement.evidence(Text(f"{side}应付上级经费", "line on 211"), abs(movement.upward_fen))],
        amount_fen=abs(movement.upward_fen),
    )


def _misbooked(case: Case, month: MonthDue, due: int) -> Finding:
    booked, gap = month.upward_booked_fen, abs(due - month.upward_booked_fen)
    name, word = shown_month(month.month), "少记" if month.upward_booked_fen < due else "多记"
    share = [month.retained_share] if month.retained_share else []
    return case.finding(
        "booked",
        month.month,
        message=Text(
            f"{name}已收拨缴 {shown_yuan(month.received_fen)} 元，应上缴 {shown_yuan(due)} 元，"
            f"211 贷记 {shown_yuan(booked)} 元，{word} {shown_yuan(gap)} 元",
            f"{month.month}: {shown_yuan(due)} yuan belong to the higher union, {shown_yuan(booked)} booked",
        ),
        expected=Text(f"211 贷记 {shown_yuan(due)} 元", f"{shown_yuan(due)} yuan on 211"),
        found=Text(f"211 贷记 {shown_yuan(booked)} 元", f"{shown_yuan(booked)} yuan on 211"),
        remedy=REMEDY,
        evidence=receipt_evidence(month),
        amount_fen=gap,
        parameters=[month.rate, *share],
        certainty=Certainty.LEAD if month.assumed else Certainty.ESTABLISHED,
        related=("INC12",),
    )


def _overpaid(case: Case, bucket: Bucket) -> Finding:
    over, paid, booked = (shown_yuan(f) for f in (-bucket.outstanding_fen, bucket.paid_fen, bucket.booked_fen))
    name = shown_month(bucket.month) if bucket.month else "期初"
    note = Text(
        f"{name}上缴 {shown_yuan(bucket.paid_fen)} 元，贷记 {shown_yuan(bucket.booked_fen)} 元", "paid and booked"
    )
    evidence = Evidence(note, date=bucket.booked_on, amount_fen=bucket.paid_fen)
    return case.finding(
        "overpaid",
        bucket.month or "opening",
        message=Text(
            f"{name}上缴 {paid} 元，多于 211 贷记的 {booked} 元，多 {over} 元",
            f"{bucket.month or 'opening'}: {over} yuan more paid upward than booked",
        ),
        expected=Text("上缴不多于已计的应付数", "no more paid than booked"),
        found=Text(f"多缴 {over} 元，或漏记 211", f"{over} yuan overpaid, or never booked"),
        remedy=REMEDY,
        evidence=[evidence],
        amount_fen=-bucket.outstanding_fen,
        certainty=Certainty.LEAD,
    )
