"""经审会缺位、未同期换届或人数不符：没有经费审查委员会，主任长期空缺，人数过少过多，或没有随委员会一起换届。

检查内容
任职登记（officers.csv）：一、期末没有任何在任的经审会主任、委员的，列为问题；二、期末在任人数（按姓名）与规定人数；三、本期内
经审会主任或主席空缺超过规定月数；四、工会委员会换届（主席、副主席中两人以上同日就任）之日起，没有任何经审会成员在该日或以后
就任的，列为疑点。
依据
《中华人民共和国工会法》第四十五条：各级工会建立经费审查委员会。《工会基层组织选举工作条例》（原文未核）：经审会与工会委员会
同时选举、任期相同。《重庆市工会条例》第十条：缺额应当及时补选，空缺时间一般不超过三个月（只适用于重庆）。
危害
没有人审，或审的人早已届满，审查没有效力。
反例
任职登记簿只有主席和财务人员，没有经审会。
正例
经审会三人，与委员会同日选出。
参数
committee.audit_members_min、committee.audit_members_max、committee.vacancy_months。
局限
登记簿是否登全须由人核对。主席补选不算换届。
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ledger.register_rows import OfficerRow
from rules.control.faults import Fault
from rules.control.posts import AUDIT, AUDIT_CHAIR, CHAIR, POSTS, Term, terms, vacancies
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_performed
from rules.gather import Values
from rules.law import ParameterValue
from rules.receivables.ages import months_before
from rules.rule import Case, rule

_COMMITTEE = ("chair", "vice_chair")
_DAY = datetime.timedelta(days=1)
_RENEWED = 2  # this many of the committee taking office on one day make a renewal


@rule(
    code="CTL05",
    name="audit-committee-unfit",
    title=Text("经审会缺位、未同期换届或人数不符", "Audit committee missing, out of term or of wrong size"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("trade-union-law-2021", "第四十五条"),
        Citation("election-regulation", "经审会产生（条号未核对）"),
    ),
    needs=("officers",),
    parameters=("committee.audit_members_min", "committee.audit_members_max", "committee.vacancy_months"),
)
def check(case: Case) -> Checked:
    """Report a missing audit committee, one of the wrong size, long vacancies, and one that was not renewed."""
    officers = case.rows(OfficerRow)
    every = terms(officers, POSTS)
    if not every:
        return not_performed(
            "registers/officers.csv 没有任何任职记录", "registers/officers.csv holds no terms of office at all"
        )
    audit = [t for t in every if t.post in AUDIT]
    sitting = [t for t in audit if t.on(case.until)]
    if not sitting:
        return examined(len(every), [_finding(case, _missing(case, every))])
    fewest, most = Values(case, "committee.audit_members_min"), Values(case, "committee.audit_members_max")
    vacant, untested = _vacant(case, every)
    sizes = _size(case, sitting, fewest.on(case.until), most.on(case.until))
    findings = [_finding(case, fault) for fault in (*sizes, *_unrenewed(case, every), *vacant)]
    return examined(len(every), findings, (*fewest.untested, *most.untested, *untested))


def _missing(case: Case, every: Sequence[Term]) -> Fault:
    told = Text(f"{case.until} 没有在任的经审会主任和委员", f"nobody sits on the audit committee on {case.until}")
    last = [t for t in every if t.post in AUDIT][-1:] or [t for t in every if t.on(case.until)][-1:] or [every[-1]]
    return Fault(("missing",), told, _rows(last), Certainty.ESTABLISHED, Severity.HIGH)


def _size(
    case: Case, sitting: Sequence[Term], fewest: ParameterValue | None, most: ParameterValue | None
) -> Iterator[Fault]:
    count = len({t.name for t in sitting})
    for value, wrong, word in (
        (fewest, fewest is not None and count < fewest.number, "少于"),
        (most, most is not None and count > most.number, "多于"),
    ):
        if value is not None and wrong:
            told = Text(
                f"{case.until} 经审会 {count} 人，{word}规定的 {value.text} 人",
                f"{count} members of the audit committee on {case.until}, the limit is {value.text}",
            )
            yield Fault(("size",), told, _rows(sitting), Certainty.LEAD, parameters=(value,))


def _vacant(case: Case, every: Sequence[Term]) -> tuple[list[Fault], tuple[Text, ...]]:
    months, found = Values(case, "committee.vacancy_months"), []
    for post in (CHAIR, AUDIT_CHAIR):
        own = [t for t in every if t.post == post]
        # Where no term was ever entered the register is incomplete: nothing is said of a vacancy.
        for first, last in vacancies(own, case.since, case.until) if own else ():
            value = months.on(last)
            if value is not None and first < months_before(last + _DAY, int(value.number)):
                said = POSTS[post]
                told = Text(
                    f"{said.zh} {first} 至 {last} 空缺，超过 {value.text} 个月",
                    f"no {said.en} from {first} to {last}, more than {value.text} months",
                )
                key = ("vacant", post, first.isoformat())
                found.append(Fault(key, told, _rows(own), Certainty.ESTABLISHED, parameters=(value,)))
    return found, months.untested


def _unrenewed(case: Case, every: Sequence[Term]) -> Iterator[Fault]:
    starts = Counter(t.since for t in every if t.post in _COMMITTEE and t.since <= case.until)
    renewals = [at for at, count in starts.items() if count >= _RENEWED and at != datetime.date.min]
    if not renewals:
        return
    last = max(renewals)
    if any(t.post in AUDIT and t.since >= last for t in every):
        return
    told = Text(
        f"工会委员会 {last} 换届，经审会没有随之换届",
        f"the committee was renewed on {last}, the audit committee was not",
    )
    rows = [t for t in every if t.since == last or (t.post in AUDIT and t.on(case.until))]
    yield Fault(("renewal", last.isoformat()), told, _rows(rows), Certainty.LEAD)


def _rows(terms: Iterable[Term]) -> tuple[Evidence, ...]:
    return tuple(term.evidence for term in terms)


def _finding(case: Case, fault: Fault) -> Finding:
    return fault.finding(
        case,
        expected=Text(
            "经审会与委员会同时选举，人数符合规定，缺额及时补选", "elected together, of proper size, vacancies filled"
        ),
        remedy=Text("召开会员（代表）大会选举或补选经审会", "have the congress elect the audit committee"),
        related=("CTL04", "CTL07"),
    )
