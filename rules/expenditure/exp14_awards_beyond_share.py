"""奖励面过大：文体活动获奖人数超过参与人数的规定比例。

检查内容
凭证同时写明参与人数（participants）和获奖人数（awarded）的，获奖人数与参与人数之比不得超过凭证当日（或活动当日）
施行的比例。比例按分数精确比较，不取近似小数。
依据
《基层工会经费收支管理办法》：文体活动奖励范围不得超过参与人数的三分之二。
危害
人人有奖就是借活动发钱。
反例
趣味运动会 90 人参加，61 人获奖（上限三分之二即 60 人）。
正例
90 人参加，60 人获奖。
参数
award.share 获奖人数占参与人数的上限。
局限
劳动和技能竞赛（50301）、教育培训的奖励不在此列。人数以凭证所写为准，须与签到表、获奖名单核对。
一个活动分多张凭证付奖的逐张判断，不合并。
只写了两个人数之一的凭证报告为未能检查。
"""

from __future__ import annotations

from ledger.journal_rows import VoucherRow
from rules.evidence import voucher_evidence
from rules.expenditure.activity import share_of, vouchers_of_activities
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined
from rules.law import ParameterValue
from rules.rule import Case, rule, voucher_order

_LABOUR = "labour_competition_expense"  # labour and skills competitions are no 文体活动
_COMPETITION = "competition"
_LEARNING = ("education", "training")  # good students are rewarded under a limit of their own


@rule(
    code="EXP14",
    name="awards-beyond-share",
    title=Text("奖励面过大", "Too many of the participants awarded"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"),),
    parameters=("award.share",),
)
def check(case: Case) -> Checked:
    """Report activities where more of the participants won an award than the share in force allows."""
    labour = {posting.entry for posting in case.booked.meaning(_LABOUR)}
    # A competition has winners; where the number is missing nobody wrote down how many.
    vouchers = [
        voucher
        for voucher in sorted(vouchers_of_activities(case), key=voucher_order)
        if (voucher.awarded is not None or voucher.activity_type == _COMPETITION)
        and voucher.date >= case.since
        and voucher.entry not in labour
        and voucher.activity_type not in _LEARNING
    ]
    shares = Values(case, "award.share")
    both = [(v, v.participants, v.awarded) for v in vouchers if v.participants is not None and v.awarded is not None]
    half = [voucher for voucher in vouchers if voucher.participants is None and voucher.awarded is not None]
    silent = [voucher for voucher in vouchers if voucher.awarded is None]
    if not vouchers:
        return not_applicable("本期凭证没有评奖的活动", "no activity with awards in the period")
    findings: list[Finding] = []
    for voucher, participants, awarded in both:
        value = shares.on(voucher.event_date)
        if value is not None:
            findings += _judged(case, voucher, participants, awarded, value)
    untested = [*shares.untested]
    for rows, zh, en in (
        (half, "写了获奖人数而没有参与人数", "give the awarded but not the participants"),
        (silent, "是竞赛活动而没有写获奖人数", "are of competitions without the number awarded"),
    ):
        if rows:
            names = joined([voucher.voucher or "（无字号）" for voucher in rows])
            untested.append(Text(f"凭证 {names} {zh}", f"{len(rows)} vouchers {en}"))
    return examined(len(both), findings, untested)


def _judged(case: Case, voucher: VoucherRow, participants: int, awarded: int, value: ParameterValue) -> list[Finding]:
    allowed = share_of(participants, value)
    if awarded <= allowed:
        return []
    what = voucher.activity or voucher.narration
    finding = case.finding(
        voucher.voucher,
        what,
        message=Text(
            f"{what}（凭证 {voucher.voucher or '无字号'}）{participants} 人参加，{awarded} 人获奖，"
            f"超过 {value.text} 即 {allowed} 人",
            f"{what}: {awarded} of {participants} participants awarded, at most {allowed} ({value.text})",
        ),
        expected=Text(f"获奖不超过 {allowed} 人", f"at most {allowed} awarded"),
        found=Text(f"获奖 {awarded} 人", f"{awarded} awarded"),
        remedy=Text("核对签到表和获奖名单；超出范围的奖励清退", "check the lists; recover awards beyond the share"),
        evidence=(voucher_evidence(voucher, Text("写明人数的凭证", "the voucher that gives the figures")),),
        parameters=(value,),
    )
    return [finding]
