"""Prizes: which vouchers and lists gave them, for what kind of activity, and what of them went over a cap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.expenditure.activity import past_vouchers, spent_by_voucher
from rules.expenditure.gifts import over_findings
from rules.expenditure.grants import OverCap, given_by_day, over_cap
from rules.finding import Certainty, Finding, Text
from rules.gather import Values, day, joined, voucher_evidence
from rules.law import ParameterValue
from rules.rule import Case
from rules.text.lists import word_list
from rules.text.match import match
from rules.text.normalise import normalise

AWARD = "奖励"
_LABOUR = "labour_competition_expense"
_LEARNING = frozenset({"worker_education_expense", "training_expense"})
_LEARNING_TYPES = ("education", "training")
_ACTIVITIES = "member_activity_expense"
_WORDS = "prizes"


class AwardKind(StrEnum):
    """Under which limits prizes stand."""

    CULTURE = "culture"  # sports, culture and the like
    LABOUR = "labour"  # labour and skills competitions
    LEARNING = "learning"  # good students


@dataclass(frozen=True)
class AwardVoucher:
    """A voucher that gave prizes: its row, kind and what it spent on them, in fen.

    `team` tells that its words say team, `plain` that the amount is for prizes and nothing else.
    """

    row: Row
    kind: AwardKind
    amount_fen: int
    team: bool
    plain: bool

    @property
    def lists(self) -> str:
        """Its distribution list, empty where it names none."""
        return str(self.row["list"])

    @property
    def told(self) -> str:
        """The voucher as a sentence names it."""
        what = str(self.row["activity"]) or str(self.row["narration"])
        return f"{what}（凭证 {self.row['voucher'] or '无字号'}）"


def award_vouchers(case: Case) -> tuple[AwardVoucher, ...]:
    """Return the vouchers up to the end of the audit that gave prizes, in order of day and number.

    They say so by their occasion, by a number of awarded, by a list whose rows are prizes, or, among the costs of
    activities and competitions, by their words. What a voucher spent in the end counts, so that a prize taken back
    is none.
    """
    return case.facts.once(("award vouchers", case.since, case.until), lambda: _award_vouchers(case))


def _award_vouchers(case: Case) -> tuple[AwardVoucher, ...]:
    rows = case.facts.journal
    rows = rows[rows["element"] == "expense"]
    lists = _award_lists(case)
    prizes_told = rows["list"].isin(lists) | (rows["occasion"] == AWARD)
    of_activities = ((rows["group"] == _ACTIVITIES) | (rows["meaning"] == _LABOUR)) & (rows["occasion"] == "")
    marked = set(rows[prizes_told | (of_activities & _in_words(rows["narration"]))]["entry"])
    vouchers = past_vouchers(case)
    chosen = vouchers[vouchers["entry"].isin(marked) | vouchers["awarded"].notna()]
    if chosen.empty:
        return ()
    spent = spent_by_voucher(case)
    meanings: dict[int, set[str]] = defaultdict(set)
    own_lists: dict[int, set[str]] = defaultdict(set)
    prizes: dict[int, int] = defaultdict(int)
    lines = rows[rows["entry"].isin(chosen["entry"])]
    columns = (lines[name].tolist() for name in ("entry", "meaning", "list", "occasion", "amount_fen"))
    for entry, meaning, named, occasion, fen in zip(*columns, strict=True):
        meanings[entry].add(meaning)
        if named:
            own_lists[entry].add(named)
        if occasion == AWARD:
            prizes[entry] += fen
    found = []
    for row in records(chosen):
        entry = int(row["entry"])
        if spent.get(entry, 0) <= 0:
            continue
        text, when = f"{row['narration']}。{row['activity']}", day(row["event_date"])
        team, plain = bool(match(text, "team_awards", when)), bool(match(text, _WORDS, when))
        named = str(row["list"]) or "、".join(sorted(own_lists[entry])[:1])
        kind = _kind(meanings[entry], str(row["activity_type"]))
        amount = min(spent[entry], prizes[entry]) if prizes[entry] > 0 else spent[entry]
        found.append(AwardVoucher({**dict(row.items()), "list": named}, kind, amount, team, plain or prizes[entry] > 0))
    return tuple(found)


def _in_words(texts: pd.Series) -> pd.Series:
    pattern = word_list(_WORDS).pattern
    told = [text for text in texts.unique() if pattern.search(normalise(text))]
    return texts.isin(told)


def _award_lists(case: Case) -> frozenset[str]:
    if "grants" not in case.facts.registers:
        return frozenset()
    grants = case.register("grants")
    return frozenset(str(name) for name in grants[grants["occasion"] == AWARD]["list"].unique() if name)


def _kind(meanings: set[str], activity_type: str) -> AwardKind:
    if _LABOUR in meanings:
        return AwardKind.LABOUR
    learning = activity_type in _LEARNING_TYPES or bool(meanings & _LEARNING)
    return AwardKind.LEARNING if learning else AwardKind.CULTURE


def in_period(case: Case, vouchers: Iterable[AwardVoucher]) -> tuple[AwardVoucher, ...]:
    """Return the vouchers dated within the audited period."""
    return tuple(one for one in vouchers if day(one.row["date"]) >= case.since)


def award_rows(case: Case) -> pd.DataFrame | None:
    """Return the rows of prizes in grants.csv up to the end of the audit, None without that register."""
    if "grants" not in case.facts.registers:
        return None
    grants = case.register("grants")
    return grants[(grants["occasion"] == AWARD) & (grants["date"] <= pd.Timestamp(case.until))]


def caps_of_awards(
    case: Case, vouchers: Sequence[AwardVoucher], kind: AwardKind, single: Values, team: Values
) -> tuple[list[Finding], list[Text], int]:
    """Return prizes of a kind beyond the cap of a person or, per head, of a team; what is untested; how many tested.

    Lists are judged person by person. A voucher without a list is judged by the average of its awarded: a lead.
    """
    what = Text("奖励", "prizes")
    by_list = {one.lists: one for one in vouchers if one.lists}
    rows, over, untested = award_rows(case), [], list[Text]()
    tested, unknown, listed = 0, set[str](), set[str]()
    if rows is not None:
        inside = rows[rows["date"] >= pd.Timestamp(case.since)]
        listed = {str(name) for name in rows["list"] if name}
        for name, own in inside.groupby(inside["list"].astype(str), sort=True):
            voucher = by_list.get(str(name))
            if voucher is None:
                unknown.add(str(name) or "（无编号）")
            elif voucher.kind is kind:
                tested += len(own)
                over += _over_in_list(own, team if voucher.team else single, case)
    findings = over_findings(case, what, over)
    silent = []
    for one in in_period(case, vouchers):
        if one.kind is not kind or one.lists in listed:
            continue
        if pd.isna(one.row["awarded"]) or int(one.row["awarded"]) <= 0 or not one.plain:
            silent.append(str(one.row["voucher"]) or "（无字号）")
            continue
        tested += 1
        cap = (team if one.team else single).on(day(one.row["event_date"]))
        if cap is not None:
            findings += _average(case, one, cap)
    if unknown:
        zh = f"奖励清单 {joined(sorted(unknown))} 没有凭证写明，不知属于哪类活动"
        untested.append(Text(zh, f"no voucher names {len(unknown)} lists of prizes: the kind of activity is unknown"))
    if silent:
        zh = f"奖励凭证 {joined(silent)} 没有发放清单，也看不出奖励金额或获奖人数"
        untested.append(Text(zh, f"{len(silent)} vouchers of prizes have no list and no clear amount or number"))
    return findings, untested, tested


def _over_in_list(rows: pd.DataFrame, caps: Values, case: Case) -> list[OverCap]:
    # Each list alone: a prize is capped for one activity, not for a year.
    return [found for gift in given_by_day(rows) for found in over_cap([gift], caps.on, case.since)]


def _average(case: Case, one: AwardVoucher, cap: ParameterValue) -> list[Finding]:
    heads = int(one.row["awarded"])
    excess = one.amount_fen - cap.fen * heads
    if excess <= 0:
        return []
    limit, money = shown_yuan(cap.fen), shown_yuan(one.amount_fen)
    told = Text(
        f"{one.told}奖励 {heads} 人共 {money} 元，人均超过上限 {limit} 元，"
        f"合计超 {shown_yuan(excess)} 元（没有发放清单）",
        f"{one.told}: {money} yuan for {heads} awarded, on average over the cap of {limit}",
    )
    return [
        case.finding(
            "average",
            str(one.row["voucher"]),
            message=told,
            expected=Text(f"不超过 {heads} 人 × {limit} 元", f"at most {heads} times {limit} yuan"),
            found=Text(f"{money} 元", f"{money} yuan"),
            remedy=Text("提供逐人签收的获奖名单；超出部分清退", "supply the signed list; recover what is beyond"),
            evidence=(voucher_evidence(pd.Series(one.row), Text("奖励支出", "prizes"), one.amount_fen),),
            amount_fen=excess,
            parameters=(cap,),
            certainty=Certainty.LEAD,
        )
    ]


def persons_by_list(case: Case) -> Mapping[str, Mapping[str, int]]:
    """Return who got prizes by list: list → person → fen, up to the end of the audit."""
    rows = award_rows(case)
    if rows is None:
        return {}
    sums = rows.groupby([rows["list"].astype(str), rows["member_id"].astype(str)])["amount_fen"].sum()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    lists, persons = sums.index.get_level_values(0), sums.index.get_level_values(1)
    for name, person, amount in zip(lists, persons, sums, strict=True):
        found[str(name)][str(person)] = int(amount)
    return found
