"""Prizes: which vouchers and lists gave them, for what kind of activity, and what of them went over a cap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ledger.journal_rows import PostingRow, VoucherRow
from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.evidence import voucher_evidence
from rules.expenditure.activity import spent_by_voucher, vouchers_of_activities
from rules.expenditure.gifts import over_findings
from rules.expenditure.grants import OverCap, given_by_day, grants_for, lists_for, over_cap
from rules.finding import Certainty, Finding, Text
from rules.gather import Values, joined
from rules.law import ParameterValue
from rules.rule import Case, voucher_order
from rules.text.lists import word_list
from rules.text.match import match
from rules.text.normalise import normalise
from rules.vouchers import business

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
    """A voucher that gave prizes, its kind and what it spent on them, in fen.

    `head.list` is the list that the voucher or one of its lines names. `team` tells that its words say team, `plain`
    that the amount is for prizes and nothing else.
    """

    head: VoucherRow
    kind: AwardKind
    amount_fen: int
    team: bool
    plain: bool

    @property
    def lists(self) -> str:
        """Its distribution list, empty where it names none."""
        return self.head.list

    @property
    def told(self) -> str:
        """The voucher as a sentence names it."""
        return f"{self.head.activity or self.head.narration}（凭证 {self.head.voucher or '无字号'}）"


def award_vouchers(case: Case) -> tuple[AwardVoucher, ...]:
    """Return the vouchers up to the end of the audit that gave prizes, in order of day and number.

    They say so by their occasion, by a number of awarded, by a list whose rows are prizes, or, among the costs of
    activities and competitions, by their words. What a voucher spent in the end counts, so that a prize taken back
    is none.
    """
    return case.facts.once(("award vouchers", case.since, case.until), lambda: tuple(_award_vouchers(case)))


def _award_vouchers(case: Case) -> Iterable[AwardVoucher]:
    awarded = {voucher.entry: voucher for voucher in vouchers_of_activities(case) if voucher.awarded is not None}
    chosen = awarded | {line.entry: line.head for line in _marked(case)}
    if not chosen:
        return
    spent, by_entry = spent_by_voucher(case), business(case).by_entry
    for voucher in sorted(chosen.values(), key=voucher_order):
        total = spent.get(voucher.entry, 0)
        if total > 0:
            lines = [posting for posting in by_entry.get(voucher.entry, ()) if posting.element == "expense"]
            yield _award_voucher(voucher, lines, total)


def _marked(case: Case) -> list[PostingRow]:
    """Return the lines of spending that say of themselves that they gave prizes."""
    journal, lists = business(case), lists_for(case, AWARD)
    spent = journal.of("expense")
    told = [line for line in spent if line.occasion == AWARD]
    if lists:
        told += [line for line in spent if line.list in lists]
    of_activities = [*journal.on(_ACTIVITIES), *journal.meaning(_LABOUR)]
    silent = [line for line in of_activities if not line.occasion and line.element == "expense"]
    pattern = word_list(_WORDS).pattern
    texts = {text for text in {line.head.narration for line in silent} if pattern.search(normalise(text))}
    return told + [line for line in silent if line.head.narration in texts] if texts else told


def _award_voucher(voucher: VoucherRow, lines: Sequence[PostingRow], spent: int) -> AwardVoucher:
    named = voucher.list or min((line.list for line in lines if line.list), default="")
    prizes = sum(line.amount_fen for line in lines if line.occasion == AWARD)
    text, when = f"{voucher.narration}。{voucher.activity}", voucher.event_date
    return AwardVoucher(
        head=voucher._replace(list=named),
        kind=_kind({line.meaning for line in lines}, voucher.activity_type),
        amount_fen=min(spent, prizes) if prizes > 0 else spent,
        team=bool(match(text, "team_awards", when)),
        plain=prizes > 0 or bool(match(text, _WORDS, when)),
    )


def _kind(meanings: set[str], activity_type: str) -> AwardKind:
    if _LABOUR in meanings:
        return AwardKind.LABOUR
    learning = activity_type in _LEARNING_TYPES or bool(meanings & _LEARNING)
    return AwardKind.LEARNING if learning else AwardKind.CULTURE


def in_period(case: Case, vouchers: Iterable[AwardVoucher]) -> tuple[AwardVoucher, ...]:
    """Return the vouchers dated within the audited period."""
    return tuple(one for one in vouchers if one.head.date >= case.since)


def award_rows(case: Case) -> Sequence[GrantRow] | None:
    """Return the rows of prizes in grants.csv up to the end of the audit, None without that register."""
    return grants_for(case, AWARD) if "grants" in case.facts.registers else None


def caps_of_awards(
    case: Case, vouchers: Sequence[AwardVoucher], kind: AwardKind, single: Values, team: Values
) -> tuple[list[Finding], list[Text], int]:
    """Return prizes of a kind beyond the cap of a person or, per head, of a team; what is untested; how many tested.

    Lists are judged person by person. A voucher without a list is judged by the average of its awarded: a lead.
    """
    what = Text("奖励", "prizes")
    by_list = {one.lists: one for one in vouchers if one.lists}
    rows, over, untested = award_rows(case), list[OverCap](), list[Text]()
    tested, unknown, listed = 0, set[str](), set[str]()
    if rows is not None:
        listed = {row.list for row in rows if row.list}
        inside: dict[str, list[GrantRow]] = defaultdict(list)
        for row in rows:
            if row.date is not None and row.date >= case.since:
                inside[row.list].append(row)
        for name, own in sorted(inside.items()):
            voucher = by_list.get(name)
            if voucher is None:
                unknown.add(name or "（无编号）")
            elif voucher.kind is kind:
                tested += len(own)
                over += _over_in_list(own, team if voucher.team else single, case)
    findings = over_findings(case, what, over)
    silent = []
    for one in in_period(case, vouchers):
        if one.kind is not kind or one.lists in listed:
            continue
        heads = one.head.awarded or 0
        if heads <= 0 or not one.plain:
            silent.append(one.head.voucher or "（无字号）")
            continue
        tested += 1
        cap = (team if one.team else single).on(one.head.event_date)
        if cap is not None:
            findings += _average(case, one, heads, cap)
    if unknown:
        zh = f"奖励清单 {joined(sorted(unknown))} 没有凭证写明，不知属于哪类活动"
        untested.append(Text(zh, f"no voucher names {len(unknown)} lists of prizes: the kind of activity is unknown"))
    if silent:
        zh = f"奖励凭证 {joined(silent)} 没有发放清单，也看不出奖励金额或获奖人数"
        untested.append(Text(zh, f"{len(silent)} vouchers of prizes have no list and no clear amount or number"))
    return findings, untested, tested


def _over_in_list(rows: Sequence[GrantRow], caps: Values, case: Case) -> list[OverCap]:
    # Each list alone: a prize is capped for one activity, not for a year.
    return [found for gift in given_by_day(rows) for found in over_cap([gift], caps.on, case.since)]


def _average(case: Case, one: AwardVoucher, heads: int, cap: ParameterValue) -> list[Finding]:
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
            one.head.voucher,
            message=told,
            expected=Text(f"不超过 {heads} 人 × {limit} 元", f"at most {heads} times {limit} yuan"),
            found=Text(f"{money} 元", f"{money} yuan"),
            remedy=Text("提供逐人签收的获奖名单；超出部分清退", "supply the signed list; recover what is beyond"),
            evidence=(voucher_evidence(one.head, Text("奖励支出", "prizes"), one.amount_fen),),
            amount_fen=excess,
            parameters=(cap,),
            certainty=Certainty.LEAD,
        )
    ]


def persons_by_list(case: Case) -> Mapping[str, Mapping[str, int]]:
    """Return who got prizes by list: list → person → fen, up to the end of the audit."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in award_rows(case) or ():
        found[row.list][row.member_id] += row.amount_fen
    return found
