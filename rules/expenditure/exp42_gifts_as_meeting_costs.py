"""会议费列支纪念品、土特产：会议支出科目里有礼品、纪念品、土特产或烟酒。

检查内容
会议支出的凭证：发票品名（invoices.csv）是礼品、纪念品、土特产、烟酒、茶叶一类，或摘要、活动里写明的，列为疑点
（所引办法的原文未核）。写明发票号而没有 invoices.csv 的，报告为未能检查。
依据
《基层工会经费收支管理办法》：会议费开支范围按有关部门的会议费管理办法执行；第二十二条：不准请客送礼。
危害
以会议之名发礼品。
反例
会员代表大会支出 3,600.00 元，发票品名“纪念品”。
正例
会场租金、文件印制。
参数
无；词表在 rules/words/gift.toml、rules/words/alcohol_tobacco.toml。
局限
品名笼统（如“会议用品”）的不能发现，须看明细清单。
"""

from __future__ import annotations

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import pointed_out, search

_MEETING = "meeting_expense"
_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)


@rule(
    code="EXP42",
    name="gifts-as-meeting-costs",
    title=Text("会议费列支纪念品、土特产", "Gifts booked as meeting costs"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第十条"), Citation("grassroots-funds-2017", "第二十二条")),
)
def check(case: Case) -> Checked:
    """Report gifts on the account of meetings."""
    rows = [line for line in case.booked.meaning(_MEETING) if line.element == "expense"]
    if not rows:
        return not_applicable("本期没有会议支出", "no spending on meetings in the period")
    untested = []
    if "invoices" not in case.facts.registers:
        billed = sorted({line.voucher for line in rows if line.invoice})
        if billed:
            zh = f"缺少登记簿 registers/invoices.csv，会议支出凭证 {joined(billed)} 的发票品名无法检查"
            untested.append(Text(zh, "missing registers/invoices.csv: items of meeting invoices were not tested"))
    looks = Text("会议费里有礼品、纪念品或烟酒", "gifts, souvenirs or drinks among meeting costs")
    expected = Text("会议费只列会议费用", "only costs of the meeting itself")
    remedy = Text("查看发票明细；礼品支出清退", "look at the invoice's details; recover the gifts")
    findings = [
        pointed_out(case, one, looks, expected, remedy, related=("EXP26",))
        for one in search(case, ("gift", "alcohol_tobacco"), _TEXTS, among=lambda line: line.meaning == _MEETING)
    ]
    return examined(len({line.entry for line in rows}), findings, untested)
