"""Every change of a value of law, judged on the day before, the day of and the day after, by the rule that applies it.

`changes.csv` is the table of changes by key and region, as an auditor would list them: what was asked until the day
before, and from the day on (`delegated`: left to a lower level; `unknown`: no value known). For each of the three
days a small book is made with an event of that day exactly at the limit and one just beyond it. Keys whose rule
judges no single event are judged by STD01: a standard of the union's own that is as strict as the law, and one laxer.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.finding import Outcome, Status
from rules.law import NATION, Law, Laxer, region_chain
from rules.rule import all_rules
from tests.rules.casefile import book_files

DELEGATED, UNKNOWN = "delegated", "unknown"
SILENT = (DELEGATED, UNKNOWN)
# A region without a value of its own, where the nation's values stand.
PLAIN_REGION = "540000"
_DAY = datetime.timedelta(days=1)
_FEN = Fraction(1, 100)


@dataclass(frozen=True)
class Change:
    """One change: what a union of the region was asked until the day before, and from the day on."""

    key: str
    region: str
    day: datetime.date
    before: str
    after: str


def _table() -> tuple[Change, ...]:
    with (Path(__file__).parent / "changes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Change(r["key"], r["region"], datetime.date.fromisoformat(r["day"]), r["before"], r["after"])
            for r in csv.DictReader(file)
        )


CHANGES = _table()


def _asked(law: Law, key: str, region: str, day: datetime.date) -> str:
    """Return what stands in the law's data for a region and day, along its chain, as the table writes it."""
    parameter = law.parameters[key]
    for step in (NATION,) if region == NATION else region_chain(region):
        for value in parameter.values:
            if value.region == step and value.in_force_from <= day and (value.until is None or day <= value.until):
                return value.text or DELEGATED
        if any(g.region == step and g.since <= day <= g.until for g in parameter.gaps):
            return UNKNOWN
    return UNKNOWN


def _changes(law: Law) -> Iterator[Change]:
    for key, parameter in law.parameters.items():
        for region in {v.region for v in parameter.values}:
            mine = [v for v in parameter.values if v.region == region]
            days = {v.in_force_from for v in mine} | {v.until + _DAY for v in mine if v.until is not None}
            for day in days:
                before, after = (_asked(law, key, region, d) for d in (day - _DAY, day))
                # Where nothing at all was known before, our knowledge begins, and no law changes.
                if before != after and not (before == UNKNOWN and _asked_never(law, key, region, day)):
                    yield Change(key, region, day, before, after)


def _asked_never(law: Law, key: str, region: str, day: datetime.date) -> bool:
    chain = (NATION,) if region == NATION else region_chain(region)
    return not any(v.region in chain and v.in_force_from < day for v in law.parameters[key].values)


def test_the_table_lists_every_change_of_the_law(law: Law) -> None:
    assert sorted(CHANGES, key=str) == sorted(set(_changes(law)), key=str)


@dataclass(frozen=True)
class Event:
    """An event on a day, at the limit or beyond it: the rule that judges it and the book that holds it."""

    code: str
    beancount: str = ""
    registers: Mapping[str, str] | None = None


Template = Callable[[datetime.date, Fraction, bool], Event]

_GRANTS = "list,date,member_id,occasion,amount,form,signed,event_key\n"
_BANK = "Assets:102-银行存款:01-基本户"


def _members(day: datetime.date) -> str:
    rows = (f"M{n:03d},会员{n},内科,active,2010-01-01,,{day.month},5000.00\n" for n in range(1, 11))
    return "member_id,name,department,status,joined,left,birth_month,dues_base\n" + "".join(rows)


def _yuan(amount: Fraction) -> str:
    fen = amount * 100
    assert fen.denominator == 1, "a limit in parts of a fen"
    return f"{int(fen) // 100}.{int(fen) % 100:02d}"


def _voucher(
    day: datetime.date, account: str, amount: Fraction, metadata: Mapping[str, str], text: str = "活动"
) -> str:
    lines = [f'{day} * "某服务部" "{text}"', f'  voucher: "记-{day:%Y-%m}-0001"']
    lines += [f"  {key}: {value}" for key, value in metadata.items()]
    return "\n".join([*lines, f"  {account}  {_yuan(amount)} CNY", f"  {_BANK}  -{_yuan(amount)} CNY"]) + "\n"


def _grant(code: str, occasion: str, event: str = "") -> Template:
    def made(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
        amount = _yuan(limit + (_FEN if beyond else 0))
        row = f"Q1,{day},M001,{occasion},{amount},goods,yes,{event}\n"
        hardship = "file_id,member_id,category,opened,closed\n困-1,M001,深度困难,2010-01-01,\n"
        return Event(code, registers={"grants": _GRANTS + row, "members": _members(day), "hardship": hardship})

    return made


def _asset(category: str) -> Template:
    def made(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
        heads = "asset_id,name,category,acquired,cost,life_years,keeper,source,last_counted,disposed\n"
        cost = _yuan(limit - (_FEN if beyond else 0))
        return Event("AST02", registers={"assets": f"{heads}A1,器材,{category},{day},{cost},6,冯某某,bought,{day},\n"})

    return made


def _per_head(code: str, account: str, kind: str, text: str, people: int = 5) -> Template:
    def made(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
        metadata = {"activity": f'"{text}"', "activity-type": f'"{kind}"'}
        metadata |= {"participants": str(people), "days": "1", "nights": "0"}
        amount = limit * people + (_FEN if beyond else 0)
        return Event(code, _voucher(day, account, amount, metadata, text), {"members": _members(day)})

    return made


def _meal(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
    amount = limit * 50 + (_FEN if beyond else 0)
    text = _voucher(day, _SPORTS, amount, {"participants": "50", "days": "1", "invoice": '"F1"'}, "趣味运动会工作餐")
    heads = "invoice,type,date,seller,seller_code,buyer,amount,item,status\n"
    invoice = f"F1,数电普票,{day},某服务部,,某市第一医院工会委员会,{_yuan(amount)},盒饭,正常\n"
    return Event("EXP20", text, {"invoices": heads + invoice})


def _awarded(code: str, account: str, kind: str) -> Template:
    def made(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
        people = 300
        awarded = int(limit * people) + (1 if beyond else 0)
        metadata = {"activity": '"岗位练兵"', "activity-type": f'"{kind}"', "participants": str(people)}
        metadata |= {"awarded": str(awarded), "occasion": '"奖励"'}
        return Event(code, _voucher(day, account, Fraction(100), metadata, "优秀学员奖励"))

    return made


def _award(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
    amount = limit + (_FEN if beyond else 0)
    metadata = {"list": '"J1"', "activity": '"职工运动会"', "activity-type": '"sports"', "occasion": '"奖励"'}
    row = f"J1,{day},M001,奖励,{_yuan(amount)},transfer,yes,\n"
    return Event("EXP15", _voucher(day, _SPORTS, amount, metadata, "运动会奖励"), {"grants": _GRANTS + row})


def _nights(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
    nights = int(limit) + (1 if beyond else 0)
    metadata = {"activity": '"春游"', "activity-type": '"outing"', "participants": "50", "days": str(nights + 1)}
    return Event("EXP21", _voucher(day, _ACTIVITY, Fraction(100), metadata | {"nights": str(nights)}, "春游包车"))


def _top_up(day: datetime.date, limit: Fraction, beyond: bool) -> Event:
    spent = 100 * (limit + 1) + (_FEN if beyond else 0)
    dues = (
        f'{day} * "会员" "会费"\n  voucher: "记-{day:%Y-%m}-0002"\n  {_BANK}  100.00 CNY\n'
        "  Income:401-会费收入  -100.00 CNY\n"
    )
    metadata = {"activity": '"春游"', "activity-type": '"outing"'}
    return Event("EXP24", _voucher(day, _ACTIVITY, spent, metadata, "春游包车") + dues)


_SPORTS = "Expenses:501-职工活动支出:50102-文体活动支出"
_ACTIVITY = "Expenses:501-职工活动支出:50105-会员活动支出"
TEMPLATES: Mapping[str, Template] = {
    "holiday.annual_cap": _grant("EXP01", "端午"),
    "birthday.cap": _grant("EXP07", "生日"),
    "marriage.cap": _grant("EXP09", "结婚", "结婚:M001"),
    "birth.cap": _grant("EXP09", "生育", "生育:M001"),
    "hospital.cap": _grant("EXP10", "住院", "住院:M001（肺炎）"),
    "retirement.cap": _grant("EXP12", "退休", "退休:M001"),
    "hardship.cap": _grant("EXP37", "困难", "困难:M001"),
    "asset.general_threshold": _asset("办公设备"),
    "asset.special_threshold": _asset("体育设备"),
    "award.share": _awarded("EXP14", _SPORTS, "sports"),
    "award.individual_cap": _award,
    "study_award.share": _awarded("EXP19", "Expenses:501-职工活动支出:50101-职工教育支出", "education"),
    "meal.cap": _meal,
    "outing.day_cap": _per_head("EXP21", _ACTIVITY, "outing", "春游包车"),
    "outing.max_nights": _nights,
    "dues.topup_multiple": _top_up,
    "souvenir.cap": _per_head("EXP17", _SPORTS, "sports", "健步走纪念品"),
    "clothing.annual_cap": _per_head("EXP43", _SPORTS, "sports", "参赛运动服"),
}

ReadFacts = Callable[[Path], Facts]
Judge = Callable[..., Outcome]


@pytest.fixture
def judged(tmp_path: Path, law: Law, read_facts: ReadFacts) -> Judge:
    """Judge a small book of a region by one rule on one day."""

    def judge(
        code: str, region: str, day: datetime.date, event: Event, standards: tuple[Mapping[str, object], ...] = ()
    ) -> Outcome:
        here = PLAIN_REGION if region == NATION else region
        folder = tmp_path / f"{code}-{day}-{len(list(tmp_path.iterdir()))}"
        files = book_files(event.beancount, event.registers or {}, union={"region": here}, standards=standards)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        rule = next(r for r in all_rules() if r.code == code)
        (outcome,) = run_audit(read_facts(folder), law, since=day, until=day, rules=(rule,)).outcomes
        return outcome

    return judge


def _days(change: Change) -> tuple[tuple[datetime.date, str], ...]:
    return (change.day - _DAY, change.before), (change.day, change.after), (change.day + _DAY, change.after)


def _named(changes: list[Change]) -> list[object]:
    return [pytest.param(c, id=f"{c.key}-{c.region}-{c.day}") for c in changes]


@pytest.mark.parametrize("change", _named([c for c in CHANGES if c.key in TEMPLATES]))
def test_an_event_is_judged_by_the_value_of_its_day(change: Change, judged: Judge) -> None:
    # Where no level sets a value, an event at the other value would break it if that value were still applied.
    other = next(v for v in (change.before, change.after) if v not in SILENT)
    for day, asked in _days(change):
        limit = Fraction(other if asked in SILENT else asked)
        at, beyond = (
            judged((event := TEMPLATES[change.key](day, limit, over)).code, change.region, day, event)
            for over in (False, True)
        )
        if asked in SILENT:
            assert beyond.status is not Status.FINDINGS, f"{day}: {beyond.reason.zh}"
        else:
            # Another limit of the same event that no level has set leaves the event undecided, never faulty.
            assert at.status in (Status.CLEAN, Status.NOT_PERFORMED), f"{day} at {limit}: {at.status} {at.reason.zh}"
            assert beyond.status is Status.FINDINGS, f"{day} beyond {limit}: {beyond.status} {beyond.reason.zh}"


# Keys that bind on neither side, so that a union's own value cannot be laxer than the law's.
UNDIRECTED = {
    "contribution.micro_return_share",
    "contribution.small_return_share",
    "contribution.small_return_threshold",
}


@pytest.mark.parametrize("change", _named([c for c in CHANGES if c.key not in UNDIRECTED]))
def test_a_standard_is_measured_by_the_value_of_the_day(change: Change, judged: Judge, law: Law) -> None:
    parameter = law.parameters[change.key]
    assert parameter.laxer is not Laxer.NONE, "a new key without direction: judge it in a test of its own"
    other = next(v for v in (change.before, change.after) if v not in SILENT)
    for day, asked in _days(change):
        step = Fraction(1, 10000) if parameter.laxer is Laxer.HIGHER else Fraction(-1, 10000)
        limit = Fraction(other if asked in SILENT else asked)
        nationwide = _asked(law, change.key, NATION, day) not in SILENT
        for value, laxer in ((_floor(limit, parameter.laxer), False), (limit + step, True)):
            standard = {
                "key": change.key,
                "value": f"{Decimal(value.numerator) / value.denominator:.6f}",
                "from": day,
                "instrument": "某办法",
            }
            outcome = judged("STD01", change.region, day, Event("STD01"), (standard,))
            if asked in SILENT and not nationwide:
                assert outcome.status is not Status.FINDINGS, f"{day}: nothing binds, yet {outcome.reason.zh}"
            elif asked not in SILENT:
                assert (outcome.status is Status.FINDINGS) is laxer, f"{day} {value}: {outcome.status}"


def _floor(limit: Fraction, laxer: Laxer) -> Fraction:
    """Return the limit as a decimal of six places on the strict side, since two thirds are no decimal."""
    scaled = limit * 1_000_000
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole if laxer is Laxer.HIGHER or scaled.denominator == 1 else whole + 1, 1_000_000)
