"""个人借款、备用金跨年未清：个人的借款或备用金到 12 月 31 日没有结清。

检查内容
其他应收款（135）下属于个人的明细（名称含备用金、借款等用语，或是登记簿里的人名），在本期内每个 12 月 31 日的借方余额；
本期不含年末的，看上一个年末以前发生、期末仍未结清的部分。
依据
《工会会计制度》附录1第135号科目四：对其他应收及暂付款项严格控制，及时清理，不得长期挂账。跨年不还是审计惯例的界限，所以
只列为疑点。
危害
公款被个人长期占用；已花掉的钱不列支，当年支出不实。
反例
6 月借支备用金 5,000.00 元，12 月 31 日仍未报账也未交回。
正例
活动结束即报账，余款在年末以前交回。
参数
receivable.write_off_years（超过核销年限的，金额计入 CUR01，本项不重复计）。
局限
按明细科目的名称识别个人；用单位名义挂的个人借款识别不出来。定额备用金经批准可以跨年周转，须看批准文件。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.departure.open_items import OpenItem, open_items
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.indexes import upto, year_ends
from rules.receivables.ages import parts_before, total, years_before
from rules.receivables.cur01_receivables_outstanding import GROUPS
from rules.receivables.parties import holder, is_person
from rules.rule import Case, rule


@rule(
    code="CUR02",
    name="advances-across-years",
    title=Text("个人借款、备用金跨年未清", "Personal advances not settled at the year's end"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "附录1 第135号科目 四"),),
    parameters=("receivable.write_off_years",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report persons' advances that a year's end of the period, or the last one before it, found open."""
    inside = bool(year_ends(case))
    ends = year_ends(case) or [datetime.date(case.since.year - 1, 12, 31)]
    limits = Values(case, "receivable.write_off_years")
    findings, names = [], set()
    for end in ends:
        limit = limits.on(end)
        items, _ = open_items(case.facts, GROUPS, end if inside else case.until, credit=False)
        for item in items:
            if not is_person(holder(item.account), case.facts, end):
                continue
            names.add(item.account)
            parts = item.parts if inside else parts_before(item, end + datetime.timedelta(days=1))
            if parts:
                beyond = parts_before(item, years_before(case.until, int(limit.number))) if limit else ()
                findings.append(_finding(case, item, end, parts, 0 if beyond else total(parts)))
    tested = len(names | _persons(case))
    if not tested and not limits.untested:
        return not_applicable("账上没有个人借款和备用金", "the books hold no advances to persons")
    return examined(tested, findings, limits.untested)


def _persons(case: Case) -> set[str]:
    accounts = {posting.account for posting in upto(case.facts.booked.on(*GROUPS), case.until)}
    return {account for account in accounts if is_person(holder(account), case.facts, case.until)}


def _finding(case: Case, item: OpenItem, end: datetime.date, parts: tuple[Evidence, ...], amount: int) -> Finding:
    money = shown_yuan(total(parts))
    return case.finding(
        str(end.year),
        item.account,
        message=Text(
            f"{end}“{item.name}”有 {money} 元没有结清，最早 {item.oldest} 发生",
            f"{item.account}: {money} yuan not settled on {end}, oldest of {item.oldest}",
        ),
        expected=Text("年末以前报账或交回", "accounted for or paid back before the year's end"),
        found=Text(f"跨年未清 {money} 元", f"{money} yuan carried over the year's end"),
        remedy=Text(
            "限期报账或交回；逾期不还的从其报酬中扣回，并查明用途",
            "have it accounted for or paid back by a date; find out what it was used for",
        ),
        evidence=limited(parts, total(parts)),
        amount_fen=amount,
        related=("CUR01", "DEP03"),
    )
