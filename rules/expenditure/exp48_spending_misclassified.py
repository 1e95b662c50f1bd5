"""支出归类错误：摘要所说的种类与列支的明细科目不符。

检查内容
2022年起，支出凭证的摘要和活动命中“支出种类用语”且只命中一个种类的，按 rules/mapping/spending_kinds.toml
查该种类应列的明细科目；列在另一明细科目的，列为疑点。制度留给单位选定的，按 union.toml 选定的查，没有选定的
几个科目都算对。同一种类列在同一科目的，一年并作一项。
依据
《工会会计制度》第五十八条及附录1第501号至第510号科目规定的明细科目和核算内容。
危害
预算执行和服务职工支出的占比失实。
反例
“夏送清凉慰问品”列在文体活动支出。
正例
列在送温暖支出。
参数
mapping.illness_condolence、mapping.mutual_aid 单位选定的明细科目编码（没有法定值）。
局限
只凭用语，一律为疑点。只用一级科目的、资本性支出的、命中几个种类的不判断；2022年以前按旧科目表记账的不判断。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from operator import attrgetter
from typing import NamedTuple

from ledger.accounts import chart_on, statutory
from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, Values, cut
from rules.mapping.kinds import Mapping2021, SpendingKind, load_mapping
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import Match, match, told
from rules.text.search import by_text, speaking, spent_fen, vouchers_spent

_LIST, _CAPITAL = "spending_kinds", "capital_expenditure"
_TEXTS = (Field.NARRATION, Field.ACTIVITY)
_DECISIONS = ("mapping.illness_condolence", "mapping.mutual_aid")


class _Voucher(NamedTuple):
    """A voucher of one kind and one account: the event's day, its number, what it spent, its place; so in order."""

    day: datetime.date
    voucher: str
    amount_fen: int
    entry: int


@rule(
    code="EXP48",
    name="spending-misclassified",
    title=Text("支出归类错误", "Expenditure under the wrong account"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "第五十八条"),),
    parameters=_DECISIONS,
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending whose words name one kind while it stands on the account of another."""
    mapping = load_mapping()
    tested = vouchers_spent(case, mapping.since) - _only_capital(case, mapping)
    if not tested:
        return not_applicable("本期没有按新科目表记账的支出", "no spending under the chart of 2021 in the period")
    chosen = {key: Values(case, key) for key in _DECISIONS}
    takes = frozenset(meaning for kind in mapping.kinds.values() for meaning in kind.meanings)
    groups: dict[tuple[str, str, int], list[_Voucher]] = defaultdict(list)
    unclear: dict[str, _Voucher] = {}
    for (kind, meaning), vouchers in _doubtful(case, mapping).items():
        for one in vouchers:
            allowed = _allowed(kind, one.day, chosen)
            if allowed is None:
                unclear[kind.key] = min(one, unclear.get(kind.key, one))
            elif meaning not in allowed and meaning in takes:
                groups[kind.key, meaning, one.day.year].append(one)
    findings = [
        _finding(case, mapping.kinds[kind], meaning, year, own) for (kind, meaning, year), own in sorted(groups.items())
    ]
    untested = [_unclear(mapping.kinds[kind]) for kind in sorted(unclear, key=unclear.__getitem__)]
    return examined(tested, findings, untested)


def _only_capital(case: Case, mapping: Mapping2021) -> int:
    capital = (line for line in case.booked.on(_CAPITAL) if line.element == "expense" and line.date >= mapping.since)
    return sum(1 for entry in {line.entry for line in capital} if not _lines(case, entry))


def _unclear(kind: SpendingKind) -> Text:
    return Text(
        f"{kind.decided_by} 的值不是“{kind.label}”可用的科目编码，{kind.label}的归类没有检查",
        "the union's choice of account is none that the kind may use",
    )


def _looked_at(line: PostingRow) -> bool:
    return line.date >= load_mapping().since and line.group != _CAPITAL


def _doubtful(case: Case, mapping: Mapping2021) -> Mapping[tuple[SpendingKind, str], Collection[_Voucher]]:
    """Return the vouchers of one kind and one account, by both, that may stand on the wrong account.

    Lines whose text's own kinds take their account are left out at once: a long book has few others.
    """
    lines = [
        line
        for field in _TEXTS
        for text in speaking(case, _LIST, field)
        for line in _elsewhere(by_text(case, field)[text], _surely_right(mapping, text, field))
    ]
    state = word_list(_LIST).state
    found: dict[tuple[str, str], dict[_Voucher, None]] = defaultdict(dict)
    for line in lines:
        head = line.head
        kind = _only_kind(head.narration, head.activity, state(head.event_date))
        if kind and line.meaning:
            own = _lines(case, line.entry)
            amount = spent_fen(case, own)
            if amount > 0 and {other.meaning for other in own} <= {line.meaning, ""}:
                found[kind, line.meaning][_Voucher(head.event_date, head.voucher, amount, line.entry)] = None
    return {(mapping.kinds[kind], meaning): own for (kind, meaning), own in found.items()}


def _elsewhere(lines: Iterable[PostingRow], meanings: Collection[str]) -> Iterable[PostingRow]:
    return (line for line in lines if line.meaning not in meanings and _looked_at(line))


def _lines(case: Case, entry: int) -> Sequence[PostingRow]:
    return [line for line in case.booked.by_entry[entry] if line.element == "expense" and _looked_at(line)]


def _surely_right(mapping: Mapping2021, text: str, field: Field) -> frozenset[str]:
    """Return the accounts that take whatever kind a text may tell, without a union's own decision."""
    kinds = {hit.means for day in word_list(_LIST).changes for hit in match(text, _LIST, day, field)}
    taken = [frozenset(() if mapping.kinds[k].decided_by else mapping.kinds[k].meanings) for k in kinds]
    return frozenset.intersection(*taken)


@lru_cache(maxsize=65536)
def _said(narration: str, activity: str, day: datetime.date) -> tuple[Match, ...]:
    return match(narration, _LIST, day, Field.NARRATION) + match(activity, _LIST, day, Field.ACTIVITY)


@lru_cache(maxsize=65536)
def _only_kind(narration: str, activity: str, day: datetime.date) -> str:
    """Return the kind that a voucher's words tell, "" where they tell none or several."""
    kinds = {hit.means for hit in _said(narration, activity, day)}
    return kinds.pop() if len(kinds) == 1 else ""


def _allowed(kind: SpendingKind, day: datetime.date, chosen: Mapping[str, Values]) -> tuple[str, ...] | None:
    """Return the accounts that take a kind on a day, None where the union chose one that does not."""
    value = chosen[kind.decided_by].on(day) if kind.decided_by else None
    if value is None:
        return kind.meanings
    account = chart_on(day).by_code.get(str(value.value))
    return (account.meaning,) if account is not None and account.meaning in kind.meanings else None


def _finding(case: Case, kind: SpendingKind, meaning: str, year: int, own: list[_Voucher]) -> Finding:
    first = nsmallest(MOST_EVIDENCE, own)
    day, total = first[0].day, sum(one.amount_fen for one in own)
    booked = statutory(meaning, day)
    wanted = [statutory(found, day) for found in kind.meanings]
    names = "、".join(f"{account.code}{account.name}" for account in wanted)
    codes = ", ".join(account.code for account in wanted)
    evidence = [_evidence(case, one) for one in first]
    said = evidence[0].note
    return case.finding(
        str(year),
        kind.key,
        meaning,
        message=Text(
            f"{year} 年 {len(own)} 张凭证 {shown_yuan(total)} 元像是“{kind.label}”，列在 {booked.code}{booked.name}，"
            f"应列 {names}：{said.zh}",
            f"{year}: {len(own)} vouchers, {shown_yuan(total)} yuan, look like {kind.label_en}, booked on "
            f"{booked.code} instead of {codes}: {said.en}",
        ),
        expected=Text(f"列 {names}", f"on {codes}"),
        found=Text(f"列 {booked.code}{booked.name}", f"on {booked.code}"),
        remedy=Text("核对业务内容；确属归类错误的作更正分录", "check what it was; correct the entry"),
        evidence=cut(evidence, len(own), total),
        amount_fen=total,
    )


def _evidence(case: Case, one: _Voucher) -> Evidence:
    first = min(_lines(case, one.entry), key=attrgetter("account", "amount_fen", "line"))
    words = _said(first.head.narration, first.head.activity, word_list(_LIST).state(one.day))
    return posting_evidence(first, told(dict.fromkeys(words)), one.amount_fen)
