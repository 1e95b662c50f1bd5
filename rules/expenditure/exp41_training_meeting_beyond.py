"""培训、会议超标准或异地举办：每人每天的培训费、会议费超过综合定额，或者到外地举办。

检查内容
列培训支出、会议支出，或活动类型为培训、会议的凭证，同一年同一活动并在一起（没有写活动的按凭证）：一、合计除以人数和天数，与
综合定额比较；没有写天数的先按一天比较，按一天不超的即不超；二、目的地写明另一地名，而工会名称、上级名称中都没有的。
依据
《基层工会经费收支管理办法》第十条：培训费、会议费的标准以有关部门的办法为准。《中央和国家机关会议费管理办法》的综合定额。
危害
借培训、会议之名旅游、吃喝、发纪念品。
反例
20 人 2 天的会议支出 28,000.00 元，每人每天 700.00 元；到外省景区城市办培训班。
正例
在本市会议室开会，每人每天在定额以内。
参数
meeting.class_3_day_cap 会议费每人每天综合定额（元，三、四类会议）；training.day_cap 培训费每人每天综合定额（元）。
局限
定额是中央口径，地方另有标准，一律为疑点。没有写人数的无法核对，报告为未能检查。会议费列支礼品见 EXP42，景区见 EXP22。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.expenditure.activity import vouchers_of_activities
from rules.expenditure.events import Held, elsewhere, event_of, events_held
from rules.expenditure.purchases import net_spending
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.invoices.grouped import one_finding
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.normalise import normalise

MEETING, TRAINING = "meeting.class_3_day_cap", "training.day_cap"
_WHAT = {MEETING: Text("会议", "meeting"), TRAINING: Text("培训", "training")}


@rule(
    code="EXP41",
    name="training-meeting-beyond-rate",
    title=Text("培训、会议超标准或异地举办", "Training or meeting over the rate or out of town"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("grassroots-funds-2017", "第十条"),
        Citation("meeting-expenses-2016", "综合定额标准"),
    ),
    parameters=(MEETING, TRAINING),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report meetings and training that cost more a head and day than the rate, or took place elsewhere."""
    kinds = _by_kind(case)
    if not any(kinds.values()):
        return not_applicable("本期没有培训、会议支出", "no training or meetings in the period")
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = unknown = 0
    for key, lines in kinds.items():
        caps, events = Values(case, key), events_held(lines)
        tested += len(events)
        for event in events:
            cap = caps.on(event.first)
            if cap is None:
                continue
            over = event.over(cap.fen)
            unknown += over is None
            if over:
                findings.append(_finding(case, key, event, over, cap))
        untested += caps.untested
        findings += _away(case, key, lines)
    if unknown:
        zh = f"{unknown} 项培训、会议没有写人数或天数，无法核对标准"
        untested.append(Text(zh, f"{unknown} events name no participants or days"))
    return examined(tested, findings, untested)


def _by_kind(case: Case) -> dict[str, list[PostingRow]]:
    """Return the vouchers of spending on meetings and on training by the value that limits them."""
    meeting, training = _entries(case, "meeting"), _entries(case, "training")
    lines = net_spending(case)
    trainings = training - meeting
    meetings = [line for line in lines if line.entry in meeting]
    return {MEETING: meetings, TRAINING: [line for line in lines if line.entry in trainings]}


def _entries(case: Case, kind: str) -> frozenset[int]:
    """Return the vouchers of a kind, by its account or by the type of their activity."""
    told = (voucher.entry for voucher in vouchers_of_activities(case) if voucher.activity_type == kind)
    return frozenset(told) | {posting.entry for posting in case.booked.meaning(f"{kind}_expense")}


def _named(lines: Sequence[PostingRow]) -> str:
    return lines[0].head.activity or lines[0].head.narration


def _finding(case: Case, key: str, event: Held, over: int, cap: ParameterValue) -> Finding:
    what, total = _WHAT[key], event.amount_fen
    heads, days = event.heads, max(1, event.days or 1)
    return one_finding(
        case,
        "rate",
        event.key,
        lines=event.lines,
        message=Text(
            f"{what.zh}“{_named(event.lines)}”{heads} 人 {days} 天支出 {shown_yuan(total)} 元，超过每人每天 "
            f"{shown_yuan(cap.fen)} 元，多 {shown_yuan(over)} 元",
            f"{what.en} of {heads} people and {days} days cost {shown_yuan(total)} yuan, over by {shown_yuan(over)}",
        ),
        expected=Text(f"每人每天不超过 {shown_yuan(cap.fen)} 元", f"at most {shown_yuan(cap.fen)} a head and day"),
        found=Text(f"{shown_yuan(total)} 元", f"{shown_yuan(total)} yuan"),
        remedy=Text("核对签到、通知和费用明细，超标部分退回", "check the attendance and bills; recover the excess"),
        note=Text(f"{what.zh}支出", f"spent on the {what.en}"),
        amount_fen=over,
        parameters=(cap,),
    )


def _away(case: Case, key: str, lines: Iterable[PostingRow]) -> list[Finding]:
    home = normalise(case.facts.union.name + case.facts.union.parent)
    named = [line for line in lines if line.head.destination]
    places = {place for place in {line.head.destination for line in named} if elsewhere(place, home)}
    groups: dict[tuple[str, str], list[PostingRow]] = defaultdict(list)
    for line in named:
        if line.head.destination in places:
            year, name = event_of(line)
            groups[f"{year}|{name}", line.head.destination].append(line)
    what = _WHAT[key]
    return [
        one_finding(
            case,
            "place",
            event,
            where,
            lines=own,
            message=Text(f"{what.zh}“{_named(own)}”在外地（{where}）举办", f"a {what.en} out of town ({where})"),
            expected=Text("在本地举办", "held in town"),
            found=Text(f"目的地 {where}", f"destination {where}"),
            remedy=Text(
                "核对上级通知和必要性；没有依据的退回", "check the notice and the need; recover without ground"
            ),
            note=Text(f"{what.zh}支出", f"spent on the {what.en}"),
            related=("EXP22", "EXP23"),
        )
        for (event, where), own in groups.items()
    ]
