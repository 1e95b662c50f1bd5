"""金额异常：某笔支出远离同一科目或同一收款方历来的金额。

检查内容
以账套截至期末的全部支出为历史，按末级科目和按收款方分别求金额的中位数和中位离差；本期某笔高于中位数 5 倍、
且离中位数 10 个稳健标准差（1.4826×中位离差，离差至少取中位数的十分之一）以上、
并且不小于本期全部支出千分之一的列出。一年并作一项。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
突然放大的付款常是虚开、挪用或记错科目；按收款方看异常金额是各家审计软件权重最高的一项。
反例
历来每次 800 元上下的文印费，某次付 36,000.00 元。
正例
金额随人数变化，但都在平常的范围里。
参数
无。方法常数：科目历史不少于 20 笔，收款方不少于 8 笔，少于此数不测；稳健统计不受个别大额影响，样本很小时仍不可靠。
局限
一年一次的大型活动本来就大，列为疑点。第一次付款的收款方没有历史，见 JET22。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ledger.accounts import components
from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Evidence, Severity, Text, examined, not_applicable, not_performed
from rules.gather import limited
from rules.journal.history import spent_by_account, spent_by_payee, within
from rules.journal.method import Method
from rules.journal.population import population
from rules.journal.robust import Usual, usual
from rules.rule import Case, rule

_LEAST: Mapping[str, int] = MappingProxyType({"account": 20, "payee": 8})
_FAR, _TIMES, _SMALL = 10, 5, 1000
_LABELS: Mapping[str, Text] = MappingProxyType({"account": Text("科目", "account"), "payee": Text("收款方", "payee")})
_METHOD = Method(
    1,
    Text("历史足够的支出", "spending with enough history"),
    (
        Text("科目≥20 笔、收款方≥8 笔", "20 of an account, 8 of a payee"),
        Text("中位数 5 倍、10 个稳健标准差、本期支出千分之一", "5 medians, 10 robust deviations, 1/1000 of spending"),
    ),
)


class Line(NamedTuple):
    """What one voucher spent on one account, in fen."""

    voucher: VoucherRow
    account: str
    fen: int


Told = tuple[Line, list[Text]]


@rule(
    code="JET16",
    name="unusual-amounts",
    title=Text("金额异常", "Amounts unusual for account or payee"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第九条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report amounts far above what their account or payee usually has."""
    spent, found = spent_by_account(case), population(case)
    inside = {account: within(sums, found.spent) for account, sums in spent.items()}
    total_fen = sum([sum(own.values()) for own in inside.values()])
    if not total_fen:
        return not_applicable("本期没有支出", "no spending in the period")

    def lines(accounts: Iterable[str], least_fen: int = 0) -> list[Line]:
        own = [(e, a, fen) for a in accounts for e, fen in inside[a].items() if fen * _SMALL >= least_fen]
        return [Line(found.lines[entry][0].head, account, fen) for entry, account, fen in own]

    often = {account for account, sums in spent.items() if len(sums) >= _LEAST["account"]}
    seldom = lines(spent.keys() - often)
    large = lines([a for a, own in inside.items() if max(own.values(), default=0) * _SMALL >= total_fen], total_fen)
    by_payee = spent_by_payee(case, {line.voucher.payee for line in (*seldom, *large)} - {""})
    count = sum([len(inside[account]) for account in often])
    count += sum([len(by_payee.get(line.voucher.payee, ())) >= _LEAST["payee"] for line in seldom])
    if not count:
        return not_performed(
            "没有历史足够的科目（20 笔）或收款方（8 笔），无从判断金额是否异常",
            "no account (20) or payee (8) has enough history to tell what is unusual",
        )
    history = {("account", account): tuple(spent[account].values()) for account in often}
    history |= {("payee", payee): tuple(own) for payee, own in by_payee.items() if len(own) >= _LEAST["payee"]}
    findings = []
    for year, own in _far(large, history).items():
        total = sum([line.fen for line, _ in own])
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=count,
                told=Text(
                    f"{year} 年 {len(own)} 笔支出远高于同一科目或收款方历来的金额，合计 {shown_yuan(total)} 元",
                    f"{len(own)} amounts of {year} are far above their account's or payee's usual: "
                    f"{shown_yuan(total)} yuan",
                ),
                expected=Text("金额与历来情况相当，或有说明", "amounts as usual, or explained"),
                evidence=limited([_evidence(line, notes) for line, notes in own], total),
                related=("JET22", "EXP46"),
            )
        )
    return examined(count, findings, note=_METHOD.said(count))


def _far(large: Sequence[Line], history: Mapping[tuple[str, str], Sequence[int]]) -> Mapping[int, list[Told]]:
    """Return the lines far above the history of their account or payee, by year in order of day, with what says so."""
    known: dict[tuple[str, str], Usual] = {}
    found: dict[int, list[Told]] = defaultdict(list)
    for line in sorted(large, key=lambda line: (line.voucher.date, line.voucher.entry, line.account)):
        notes = []
        for key in (("account", line.account), ("payee", line.voucher.payee)):
            if key in history and key not in known:
                known[key] = usual(history[key])
            if key in known and line.fen > _TIMES * known[key].median_fen and known[key].distance(line.fen) >= _FAR:
                notes.append(_note(*key, known[key]))
        if notes:
            found[line.voucher.date.year].append((line, notes))
    return found


def _note(column: str, name: str, history: Usual) -> Text:
    label, median = _LABELS[column], shown_yuan(history.median_fen)
    short = components(name)[-1][1] if column == "account" else name
    return Text(
        f"{label.zh}“{short}”{history.count} 笔的中位数为 {median} 元",
        f"median of {history.count} of {label.en} {short}: {median} yuan",
    )


def _evidence(line: Line, notes: Sequence[Text]) -> Evidence:
    note = Text("；".join(n.zh for n in notes), "; ".join(n.en for n in notes))
    head = line.voucher
    return Evidence(note, head.voucher, head.date, line.account, line.fen, head.file, head.line)
