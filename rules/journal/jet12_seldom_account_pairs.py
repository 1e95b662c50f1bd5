"""罕见的科目对应和休眠科目：全部凭证中只出现一两次的借贷对应，或停用两年以上又突然发生的科目。

检查内容
一、把每张凭证的借方一级科目和贷方一级科目记为一种对应，本期凭证的对应在账套全部凭证中只出现一两次的；
制度规定的普通对应（一方只有现金或银行存款、核销备用金、年末确认应收上级经费、资产与资产基金、折旧）不算。
二、明细科目两年以上没有发生又有发生的。一年各并作一项。
依据
《工会会计制度》附录1各科目的主要账务处理；《中华人民共和国会计法》第十三条：会计凭证必须符合国家统一的会计制度的规定。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
制度里没有的对应，常是往来直接冲减收入支出、直接动用结余的痕迹。
反例
全年仅一张：借：其他应付款 30,000.00 元，贷：会员活动支出。
正例
借：培训支出，贷：其他应收款（核销备用金）。
参数
无。方法常数：凭证少于 50 张时不测，样本太小时什么都罕见；出现一两次为罕见；730 天为休眠。
局限
罕见不等于错误，一律为疑点。常见的错误对应不在此列（见 EXP48、CUR 各条）。
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter

from ledger.balances import account_postings
from ledger.journal_rows import PostingRow, values_of
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.indexes import lines_by_account, upto
from rules.journal.method import Method
from rules.journal.population import Population, population, rows_of
from rules.journal.sides import Sides, ordinary, sides
from rules.rule import Case, rule
from rules.vouchers import CASH_AND_BANK, years

_LEAST, _SELDOM = 50, 2
_ASLEEP = datetime.timedelta(days=730)
_METHOD = Method(
    1,
    Text("截至期末的全部凭证", "all vouchers up to the end of the period"),
    (Text("n≥50", "n from 50"), Text("出现 1—2 次", "once or twice"), Text("休眠 730 天", "asleep for 730 days")),
)


@rule(
    code="JET12",
    name="seldom-account-pairs",
    title=Text("罕见的科目对应和休眠科目", "Seldom account pairs and accounts that woke up"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第十三条"), Citation("accounting-system-2021", "第十七条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers whose debit and credit accounts hardly ever meet, and accounts used again after years."""
    found = population(case)
    if not found.vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    idle = case.facts.transfers
    count = _count(case, idle)
    if count < _LEAST:
        return not_performed(
            f"截至期末只有 {count} 张凭证，少于 {_LEAST} 张：总体太小，什么对应都罕见",
            f"only {count} vouchers up to the end of the period: too few to tell what is seldom",
        )
    findings = [*_pairs(case, found, idle, count), *_awake(case, found, idle, count)]
    return examined(len(found.vouchers), findings, note=_METHOD.said(count))


def _count(case: Case, idle: frozenset[int]) -> int:
    """Return how many vouchers there are up to the period's end, transfers left out."""
    vouchers, postings = case.facts.booked.by_entry, case.facts.booked.postings
    later = {line.entry for line in postings[len(upto(postings, case.until)) :]}
    return len(vouchers) - len((vouchers.keys() & idle) | later)


def _pairs(case: Case, found: Population, idle: frozenset[int], count: int) -> Iterator[Finding]:
    odd = _odd_pairs(case, idle)
    often = Counter(odd.values())
    seldom = [voucher for voucher in found.vouchers if voucher.entry in odd and often[odd[voucher.entry]] <= _SELDOM]
    titles = _titles(case) if seldom else {}
    for year, own in years(seldom):
        yield _METHOD.lead(
            case,
            str(year),
            "pair",
            count=count,
            told=Text(
                f"{year} 年 {len(own)} 张凭证的科目对应在全部 {count} 张凭证中只出现一两次",
                f"{len(own)} vouchers of {year} have account pairs seen once or twice among {count}",
            ),
            expected=Text("按制度规定的账务处理", "the entries that the accounting system lays down"),
            evidence=rows_of(own, [_shown(odd[voucher.entry], titles) for voucher in own], found.debit_fen),
            related=("EXP48",),
        )


def _odd_pairs(case: Case, idle: frozenset[int]) -> Mapping[int, Sides]:
    """Return the pair of each voucher up to the period's end, by entry, where it is no ordinary one.

    With one line only that is not money, one side of a voucher is money alone: that is ordinary.
    """
    other = chain.from_iterable(lines for lines in account_postings(case.facts) if lines[0].group not in CASH_AND_BANK)
    several = [entry for entry, count in Counter(map(attrgetter("entry"), other)).items() if count > 1]
    vouchers = {entry: case.facts.booked.by_entry[entry] for entry in several if entry not in idle}
    made = {entry: sides(lines) for entry, lines in vouchers.items() if lines[0].date <= case.until}
    odd = {pair for pair in set(made.values()) if not ordinary(pair)}
    return {entry: pair for entry, pair in made.items() if pair in odd}


def _titles(case: Case) -> Mapping[str, str]:
    """Return the name of each level-1 account by its meaning, as the book writes it."""
    rows = case.facts.accounts
    pairs = zip(values_of(rows["group"]), values_of(rows["account"]), strict=True)
    return {group: account.split(":")[1].split("-", 1)[-1] for group, account in pairs if ":" in account}


def _shown(pair: Sides, titles: Mapping[str, str]) -> Text:
    debit, credit = ("、".join(titles.get(name, name) for name in side) for side in pair)
    return Text(f"借：{debit}；贷：{credit}", f"debit {debit}; credit {credit}")


def _awake(case: Case, found: Population, idle: frozenset[int], count: int) -> Iterator[Finding]:
    woken: dict[int, list[str]] = defaultdict(list)
    for account, lines in lines_by_account(case.facts).items():
        if lines[-1].date - lines[0].date > _ASLEEP:
            for line in _woken(lines, idle):
                woken[line.entry].append(account)
    for year, own in years([voucher for voucher in found.vouchers if voucher.entry in woken] if woken else ()):
        names = ["、".join(sorted(woken[voucher.entry])) for voucher in own]
        yield _METHOD.lead(
            case,
            str(year),
            "awake",
            count=count,
            told=Text(
                f"{year} 年 {len(own)} 张凭证动用了停用两年以上的科目",
                f"{len(own)} vouchers of {year} use accounts that rested for over two years",
            ),
            expected=Text("长期不动的科目及时清理", "accounts long unused are cleared"),
            evidence=rows_of(
                own, [Text(f"停用两年以上：{n}", f"unused for two years: {n}") for n in names], found.debit_fen
            ),
            related=("CUR01",),
        )


def _woken(lines: Sequence[PostingRow], idle: frozenset[int]) -> list[PostingRow]:
    """Return the lines of an account that come years after the one before; transfers are no use of it."""
    used = [line for line in lines if line.entry not in idle]
    return [line for before, line in pairwise(used) if line.date - before.date > _ASLEEP]
