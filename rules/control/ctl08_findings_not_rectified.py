"""审计问题未整改或屡查屡犯：审计查出的问题到期没有整改，整改过期，或连续两次审计查出同样的问题。

检查内容
审计登记簿（audits.csv）中期末以前已出报告、写有问题的每次审计：一、没有整改日期的——有规定的整改日数（本单位标准）而已过期的
列为问题，没有规定的列为疑点；二、整改日期晚于期限的列为问题；三、同一种类的相邻两次审计写有同样问题的，列为疑点。
依据
《中华人民共和国审计法》第五十二条：被审计单位应当按照规定时间整改审计查出的问题（工会经审比照）。《工会审计查出问题整改办法》
（原文未核）。
危害
查而不改等于没有查，同样的损失一再发生。
反例
2025 年 3 月报告指出会费入账不及时，年末没有整改记录。
正例
两个月内整改完毕，登记整改日期和结果。
参数
audit.rectify_days（由各级经审会规定，写入 [[standards]]）。
局限
整改是否真实须复查。问题是否相同按登记的文字比较，说法不同的看不出来。
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.register_rows import AuditRow
from rules.evidence import register_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.law import NoParameter, ParameterValue
from rules.rule import Case, rule
from rules.text.lists import word_list
from rules.text.normalise import normalise

_SEPARATORS = re.compile(r"[；;。\n]|(?:^|\s)\d+[.、]")


@rule(
    code="CTL08",
    name="findings-not-rectified",
    title=Text("审计问题未整改或屡查屡犯", "Audit findings not rectified or repeated"),
    severity=Severity.HIGH,
    citations=(
        Citation("audit-law-2021", "第五十二条"),
        Citation("rectification-measures", "整改期限（条号未核对）"),
    ),
    needs=("audits",),
    parameters=("audit.rectify_days",),
)
def check(case: Case) -> Checked:
    """Report audits whose findings were not rectified, or too late, and findings that come again."""
    told = sorted(
        (
            Reported(audit.reported_on, issues, audit)
            for audit in case.rows(AuditRow)
            if audit.reported_on is not None and audit.reported_on <= case.until and (issues := _issues(audit.findings))
        ),
        key=lambda one: (one.day, one.audit.id, one.audit.line),
    )
    if not told:
        return not_applicable("期末以前没有写有问题的审计报告", "no audit with findings was reported")
    findings = [found for one in told if (found := _unrectified(case, one)) is not None]
    findings += _repeated(case, told)
    return examined(len(told), findings)


class Reported(NamedTuple):
    """An audit that was reported with findings: the day, its findings, and its row."""

    day: datetime.date
    issues: tuple[str, ...]
    audit: AuditRow


def _issues(text: str) -> tuple[str, ...]:
    """Return the findings that the register's text lists, in its own words; empty where it says there were none."""
    nothing = {word.plain for word in word_list("no_issues").words}
    parts = [part.strip() for part in _SEPARATORS.split(text)]
    return tuple(part for part in parts if normalise(part) and normalise(part) not in nothing)


def _unrectified(case: Case, one: Reported) -> Finding | None:
    reported, done = one.day, one.audit.rectified_on
    done = done if done is None or done <= case.until else None
    value = _limit(case, reported)
    due = None if value is None else reported + datetime.timedelta(days=int(value.number))
    if done is not None and (due is None or done <= due or done < case.since):
        return None
    if done is None and due is not None and case.until <= due:
        return None
    name, what = one.audit.id or f"{reported}", joined(one.issues)
    late = f"，期限 {due}" if due else ""
    state = Text("没有整改记录", "not rectified") if done is None else Text(f"{done} 才整改", f"rectified on {done}")
    return case.finding(
        "open" if done is None else "late",
        name,
        message=Text(
            f"审计 {name} {reported} 报告的问题（{what}）到 {case.until} {state.zh}{late}",
            f"audit {name}, reported on {reported}: findings {state.en}" + (f", due on {due}" if due else ""),
        ),
        expected=Text("按规定时间整改并登记", "rectified in time and entered"),
        found=state,
        remedy=Text("限期整改，由经审会复查销号", "set a date, and have the audit committee check it"),
        evidence=[_row(one.audit)],
        certainty=Certainty.LEAD if value is None else Certainty.ESTABLISHED,
        severity=None if done is None else Severity.MEDIUM,
        parameters=() if value is None else (value,),
        related=("CTL07",),
    )


def _limit(case: Case, reported: datetime.date) -> ParameterValue | None:
    """Return the days set for rectification, None where nobody set any: the finding is then a lead."""
    try:
        return case.value("audit.rectify_days", reported)
    except NoParameter:
        return None


def _repeated(case: Case, told: Sequence[Reported]) -> Iterator[Finding]:
    kinds: dict[str, list[Reported]] = defaultdict(list)
    for one in told:
        kinds[one.audit.kind].append(one)
    for kind, own in sorted(kinds.items()):
        for before, after in pairwise(own):
            earlier = {normalise(issue) for issue in before.issues}
            again = [issue for issue in after.issues if normalise(issue) in earlier]
            if again and after.day >= case.since:
                yield _again(case, kind, before.audit, after.audit, again)


def _again(case: Case, kind: str, before: AuditRow, after: AuditRow, again: list[str]) -> Finding:
    names = joined(again)
    said = Text(
        f"审计 {after.id} 查出的问题（{names}）与上一次审计 {before.id} 相同，屡查屡犯",
        f"audit {after.id} found again what {before.id} had found",
    )
    return case.finding(
        "again",
        kind,
        after.id,
        message=said,
        expected=Text("查出的问题整改后不再发生", "what was rectified does not come again"),
        found=said,
        remedy=Text("查明上次整改是否落实，从制度上改正，追究责任", "find out what came of the last rectification"),
        evidence=[_row(before), _row(after)],
        certainty=Certainty.LEAD,
        severity=Severity.MEDIUM,
        related=("CTL07",),
    )


def _row(audit: AuditRow) -> Evidence:
    return register_evidence(audit, Text(f"审计 {audit.id}：{audit.findings}", f"audit {audit.id}"))
