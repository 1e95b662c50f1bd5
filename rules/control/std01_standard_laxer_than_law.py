"""本单位标准宽于法规：工会自己采用的标准，比当时有效的法律法规或上级规定要求更低。

检查内容
union.toml 中 [[standards]] 的每一条，在审计期间内与同一参数当时有效的规定比较：规定为上限的，不得高于上限；规定为下限
的，不得低于下限；规定为定数的，不得偏向要求更低的一边。由近到远（市、省、全国）各级的上限和下限都比较，定数只比较最近一级。
依据
《基层工会经费收支管理办法》：各省级工会制定实施细则，基层工会的办法应在其范围内。每条发现另列所比较的那一项规定的条款。
危害
以内部标准代替法规，会使超标准的支出、少缴的经费看起来都合规。
反例
union.toml 写 contribution.rate = "0.015"，而工会法定为百分之二。
正例
法规授权各单位自定的金额（如须集体研究决定的支出金额），由本单位写明数值、文件和起始日。
参数
rules/params 中写明方向（laxer）的全部参数。
局限
未经核对的规定只产生疑点。没有方向的参数（如会费尾数）不分宽严。参数名写错或没有这个参数的标准无从比较，列为未检查。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ledger.union import Standard
from rules.finding import (
    Certainty,
    Checked,
    Citation,
    Evidence,
    Finding,
    Severity,
    Text,
    examined,
    not_applicable,
)
from rules.law import Laxer, Parameter, ParameterValue, ValueKind, ValueStatus, region_chain
from rules.law_loader import load_law
from rules.rule import Case, rule

_DAY = datetime.timedelta(days=1)
_UNITS = {
    "yuan": ("元", " yuan"),
    "multiple": ("倍", " times"),
    "days": ("天", " days"),
    "day_of_month": ("日", " (day of the month)"),
    "hours": ("学时", " hours"),
    "months": ("个月", " months"),
    "years": ("年", " years"),
}
_BINDS = {
    ValueKind.EXACT: ("定为", "set at"),
    ValueKind.MAXIMUM: ("不超过", "at most"),
    ValueKind.MINIMUM: ("不低于", "at least"),
}


@rule(
    code="STD01",
    name="standard-laxer-than-law",
    title=Text("本单位标准宽于法规", "A standard of the union asks less than the law"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第二十四条"),),
    parameters=tuple(key for key, p in load_law().parameters.items() if p.laxer is not Laxer.NONE),
)
def check(case: Case) -> Checked:
    """Compare each of the union's standards with every limit that binds it on some day of the period."""
    standards = [
        s for s in case.facts.union.standards if s.since <= case.until and (s.until is None or case.since <= s.until)
    ]
    if not standards:
        return not_applicable(
            "union.toml 没有在本期有效的 [[standards]]", "union.toml has no [[standards]] in force in the period"
        )
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for standard in standards:
        parameter = case.law.parameters.get(standard.key)
        if parameter is None:
            zh = f"标准“{standard.key}”不是已知的参数，无从比较；请核对参数名"
            untested.append(Text(zh, f"the standard {standard.key} is no known parameter; check its name"))
            continue
        tested += 1
        broken = {limit.id + limit.region: (limit, day) for limit, day in _broken(case, parameter, standard)}
        findings += [_finding(case, parameter, standard, limit, day) for limit, day in broken.values()]
    return examined(tested, findings, untested)


def _broken(case: Case, parameter: Parameter, standard: Standard) -> Iterator[tuple[ParameterValue, datetime.date]]:
    """Yield every limit that the standard breaks, with the first day on which it does; latest day first."""
    first = max(case.since, standard.since)
    last = min(case.until, standard.until or case.until)
    starts = {v.in_force_from for v in parameter.values}
    ends = {v.until + _DAY for v in parameter.values if v.until is not None}
    for day in sorted({first} | {d for d in starts | ends if first <= d <= last}, reverse=True):
        for limit in _binding(parameter, case.facts.union.region, day):
            if _is_laxer(parameter.laxer, standard, limit):
                yield limit, day


def _binding(parameter: Parameter, region: str, day: datetime.date) -> Iterator[ParameterValue]:
    nearest = True
    for step in region_chain(region):
        for value in parameter.values:
            inside = value.in_force_from <= day and (value.until is None or day <= value.until)
            if value.region != step or not inside or value.kind not in _BINDS:
                continue
            if nearest or value.kind is not ValueKind.EXACT:
                yield value
            nearest = False


def _is_laxer(laxer: Laxer, standard: Standard, limit: ParameterValue) -> bool:
    law = limit.fraction if limit.fraction is not None else limit.number
    if laxer is Laxer.HIGHER and limit.kind is not ValueKind.MINIMUM:
        return standard.value > law
    if laxer is Laxer.LOWER and limit.kind is not ValueKind.MAXIMUM:
        return standard.value < law
    return False


def _finding(
    case: Case, parameter: Parameter, standard: Standard, limit: ParameterValue, day: datetime.date
) -> Finding:
    unit_zh, unit_en = _UNITS.get(parameter.unit, ("", ""))
    binds_zh, binds_en = _BINDS[limit.kind]
    instrument = case.law.instruments[limit.instrument]
    asked = Text(
        f"{parameter.label}{binds_zh} {limit.text}{unit_zh}（{instrument.full_title}{limit.article}，"
        f"地区 {limit.region}，{limit.in_force_from} 起）",
        f"{parameter.label_en}: {binds_en} {limit.text}{unit_en} ({instrument.title_en}, region {limit.region}, "
        f"from {limit.in_force_from})",
    )
    own = Text(
        f"本单位标准 {standard.value}{unit_zh}（{standard.instrument}，{standard.since} 起）",
        f"the union's own standard is {standard.value}{unit_en} ({standard.instrument}, from {standard.since})",
    )
    return case.finding(
        standard.key,
        standard.since.isoformat(),
        limit.region,
        limit.id,
        message=Text(
            f"{parameter.label}：{own.zh}，宽于 {day} 有效的规定 {limit.text}{unit_zh}",
            f"{parameter.label_en}: {own.en}, laxer than {limit.text}{unit_en} in force on {day}",
        ),
        expected=asked,
        found=own,
        remedy=Text(
            "按规定修改本单位标准并重新执行集体决定程序；已按宽标准办理的事项逐笔复核",
            "bring the standard into line by a new resolution, and review what was done under the laxer one",
        ),
        evidence=[
            Evidence(
                Text(f"union.toml [[standards]] {standard.key}", f"union.toml [[standards]] {standard.key}"),
                date=standard.since,
                file="union.toml",
            )
        ],
        parameters=[limit],
        certainty=Certainty.ESTABLISHED if limit.status is ValueStatus.VERIFIED else Certainty.LEAD,
        citations=[Citation(limit.instrument, limit.article or "条款未读到")],
    )
