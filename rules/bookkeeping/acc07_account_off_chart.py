"""科目不规范或自设一级科目：账上的科目不在会计制度的科目表里，改了规定明细的名称，或支出没有记到规定的明细。

检查内容
本期有发生额的科目：一、一级科目的编码和名称不在当日施行的科目表里（自行增设或改名）；二、五位编码是制度规定的明细，名称却
改了；三、制度规定应当设置明细科目的支出，直接记在一级科目或自设明细上。按科目列出。
依据
《工会会计制度》附录1总说明一：制度已规定的一级科目，不得减并、自行增设；已规定的明细科目，不得减并，不得擅自更改科目名称。
总说明四：应当填列科目名称，不得只填列编号。
危害
报表无法按规定格式编制，上级无法汇总，不该有的收支藏在自设科目里。
反例
自设“599-福利支出”；“50105-慰问支出”；会议费直接记 505 业务支出。
正例
505 业务支出——50502 会议支出，需要时在其下再设明细。
参数
无；科目表在 ledger/chart。
局限
2009 年旧制度的科目见 ACC18。新旧制度衔接当日的凭证不查。省级工会经授权增设的明细不受影响。
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.accounts import chart_on, charts, components, resolve
from ledger.journal_rows import PostingRow, sums_by
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut
from rules.indexes import between, lines_by_account
from rules.rule import Case, rule
from rules.vouchers import first_lines

SYSTEM = "accounting-system-2021"
_LEVEL_1 = 3  # digits of a level-1 code


@dataclass(frozen=True)
class Fault:
    """What is wrong with one account: a word for the key, the sentence, how grave."""

    what: str
    told: Text
    severity: Severity


@rule(
    code="ACC07",
    name="account-off-chart",
    title=Text("科目不规范或自设一级科目", "Account outside the chart"),
    severity=Severity.HIGH,
    citations=(Citation(SYSTEM, "附录1 总说明 一"), Citation(SYSTEM, "附录1 总说明 四")),
)
def check(case: Case) -> Checked:
    """Report accounts used in the period that the chart of their day does not hold as they stand."""
    findings, used = [], 0
    for account, every in sorted(lines_by_account(case.facts).items()):
        parts = list(_by_chart(between(every, case.since, case.until)))
        used += bool(parts)
        for first, lines in parts:
            if (fault := _fault(account, first)) is not None:
                findings.append(_finding(case, account, fault, [p for p in lines if not p.head.change_over]))
    return examined(used, findings) if used else not_applicable("本期没有凭证", "no vouchers in the period")


def _by_chart(lines: Sequence[PostingRow]) -> Iterator[tuple[datetime.date, Sequence[PostingRow]]]:
    """Yield the postings of each chart's time and the first day of them that is not the change-over's."""
    turn = bisect_left(lines, charts()[-1].since, key=attrgetter("date"))
    for part in (lines[:turn], lines[turn:]):
        first = next((posting.date for posting in part if not posting.head.change_over), None)
        if first is not None:
            yield first, part


def _fault(account: str, at: datetime.date) -> Fault | None:
    chart, found, parts = chart_on(at), resolve(account, at), components(account)
    shown = ":".join(account.split(":")[1:])
    if found is None:
        if chart is charts()[-1] and resolve(account, charts()[0].until or at) is not None:
            return None
        told = Text(f"一级科目不在科目表里：{shown}", f"{account}: its level-1 account is not in the chart")
        return Fault("level-1", told, Severity.HIGH)
    if len(found.code) > _LEVEL_1:
        return None
    below = chart.by_code.get(parts[1][0]) if len(parts) > 1 else None
    if below is not None and below.parent_code == found.code:
        told = Text(f"规定的明细 {below.code}{below.name} 被改名：{shown}", f"{account}: {below.code} is renamed")
        return Fault("renamed", told, Severity.MEDIUM)
    listed = any(a.parent_code == found.code and a is not found for a in chart.accounts)
    if found.element == "expense" and listed and chart is charts()[-1]:
        told = Text(
            f"没有记到 {found.code}{found.name} 规定的明细科目：{shown}", f"{account}: not on a listed sub-account"
        )
        return Fault("bare", told, Severity.LOW)
    return None


def _finding(case: Case, account: str, fault: Fault, lines: Sequence[PostingRow]) -> Finding:
    turnover = sum(posting.amount_fen for posting in lines if posting.amount_fen > 0 and not posting.head.carry_forward)
    sums, first = sums_by(lines, attrgetter("entry")), first_lines(lines)
    evidence = [posting_evidence(p, fault.told, abs(sums[p.entry])) for p in first[:MOST_EVIDENCE]]
    money = shown_yuan(turnover)
    return case.finding(
        fault.what,
        account,
        message=Text(f"{fault.told.zh}，本期借方发生 {money} 元", f"{fault.told.en}; debits of {money} yuan"),
        expected=Text("科目编码和名称与会计制度一致", "code and name as in the regulation"),
        found=fault.told,
        remedy=Text("按经济内容转入制度规定的科目，停用自设科目", "move it to the account of the regulation"),
        evidence=cut(evidence, len(first)),
        severity=fault.severity,
        related=("ACC18", "BUD11"),
    )
