"""实名签收缺失或代签：发放清单上领取实物、券或现金的人没有签收。

检查内容
发放清单（grants.csv）本期的每一行，形式不是银行转账而“签收”空白或写明没有签收的，按清单每次发放并作一项；写了签收日期而早于
发放日期的，另作一项。转账的以银行代发记录为凭，不要求签收。
依据
《中华人民共和国会计法》第十四条：办理经济业务事项必须取得原始凭证，记载不完整的予以退回。各省实施办法要求慰问金、慰问品
实名发放、实名签收（如安徽省 2025 年办法，据摘录）。
危害
没有本人签收，东西是否发到会员手里无从证明，最容易冒领、截留。
反例
端午节慰问品清单 120 人，18 人没有签收。
正例
每人签名，或以转账方式发放并附银行代发明细。
参数
无。
局限
实名签收的规定未读到原文，一律为疑点。代签、笔迹雷同须看清单原件。非会员领取见 EXP05。
"""

from __future__ import annotations

import datetime
import re

from rules.expenditure.handouts import Handout, granted, handouts
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.rule import Case, rule

_NO = ("", "no", "n", "否", "无", "未签", "未签收")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNSIGNED, _BEFORE = "unsigned", "signed-before"
_SAID = {
    _UNSIGNED: Text("没有签收", "did not sign"),
    _BEFORE: Text("签收日期早于发放日期", "signed before the day of the hand-out"),
}


@rule(
    code="BIL07",
    name="signatures-missing",
    title=Text("实名签收缺失或代签", "Signatures of recipients missing or by others"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第十四条"), Citation("grassroots-funds-2017", "第二十四条")),
    needs=("grants",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report what was handed out without the signature of the one who got it."""
    rows = [row for row in granted(case) or () if row.form != "transfer" and row.amount_fen > 0]
    if not rows:
        return not_applicable("本期没有须签收的发放", "nothing was handed out that wants a signature")
    told = {text: text.strip().lower() for text in {row.signed for row in rows}}
    unsigned = {text for text, plain in told.items() if plain in _NO}
    days = {text: at for text, plain in told.items() if (at := _day(plain))}
    findings: list[Finding] = []
    if unsigned:
        without = handouts(row for row in rows if row.signed in unsigned)
        findings += [_finding(case, _UNSIGNED, handout) for handout in without]
    if days:
        early = handouts(row for row in rows if row.date and days.get(row.signed, row.date) < row.date)
        findings += [_finding(case, _BEFORE, handout) for handout in early]
    return examined(len(rows), findings)


def _day(text: str) -> datetime.date | None:
    """Return the day that a text is, None where it is none."""
    try:
        return datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _finding(case: Case, kind: str, handout: Handout) -> Finding:
    said = _SAID[kind]
    return case.finding(
        kind,
        handout.list,
        handout.day.isoformat(),
        handout.occasion,
        message=Text(f"{handout.told.zh}，{said.zh}", f"{handout.told.en} who {said.en}"),
        expected=Text("领取人本人签收", "every recipient signs"),
        found=Text(f"{handout.heads} 人{said.zh}", f"{handout.heads} {said.en}"),
        remedy=Text(
            "向领取人逐一核实并补签；查无其人、未领取的追回", "ask the recipients and have them sign; recover the rest"
        ),
        evidence=handout.evidence(said),
        amount_fen=handout.total_fen if kind == _UNSIGNED else 0,
        related=("EXP05", "BIL08"),
    )
