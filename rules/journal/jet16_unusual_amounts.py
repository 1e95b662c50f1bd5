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

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from ledger.accounts import components
from ledger.money import shown_yuan
from ledger.rows import Row
from rules.finding import Checked, Citation, Evidence, Severity, Text, examined, not_applicable, not_performed
from rules.gather import limited, voucher_evidence
from rules.journal.method import Method
from rules.journal.population import years
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
    rows = case.facts.journal
    kept = rows[(rows["element"] == "expense") & (rows["date"] <= pd.Timestamp(case.until)) & ~rows["carry_forward"]]
    kept = kept[~(kept["opening"] | kept["change_over"])]
    sums = kept[["entry", "account", "amount_fen"]].astype({"account": "str"})
    sums = sums.groupby(["entry", "account"])["amount_fen"].sum().reset_index()
    sums = sums[sums["amount_fen"] > 0]
    by_entry = case.facts.vouchers.set_index("entry", drop=False)
    sums["date"] = by_entry["date"].reindex(sums["entry"].to_numpy()).to_numpy()
    sums["payee"] = by_entry["payee"].astype("str").reindex(sums["entry"].to_numpy()).to_numpy()
    inside = sums["date"] >= pd.Timestamp(case.since)
    if not inside.any():
        return not_applicable("本期没有支出", "no spending in the period")
    total_fen = int(sums.loc[inside, "amount_fen"].sum())
    tested = pd.Series(False, index=sums.index)
    notes: dict[int, list[Text]] = {}
    for column, least in _LEAST.items():
        for name, own in sums[sums[column] != ""].groupby(column, sort=True):
            if len(own) < least:
                continue
            tested.loc[own.index[inside[own.index]]] = True
            history = usual(own["amount_fen"].tolist())
            for place, amount in own.loc[inside.reindex(own.index), "amount_fen"].items():
                far = amount > _TIMES * history.median_fen and history.distance(int(amount)) >= _FAR
                if far and amount * _SMALL >= total_fen:
                    notes.setdefault(int(str(place)), []).append(_note(column, str(name), history))
    count = int(tested.sum())
    if not count:
        return not_performed(
            "没有历史足够的科目（20 笔）或收款方（8 笔），无从判断金额是否异常",
            "no account (20) or payee (8) has enough history to tell what is unusual",
        )
    findings = []
    for year, own in years(sums.loc[sorted(notes)].sort_values(["date", "entry", "account"])):
        total = int(own["amount_fen"].sum())
        evidence = [_evidence(by_entry.loc[row["entry"]], row, notes[int(str(place))]) for place, row in own.iterrows()]
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
                evidence=limited(evidence, total),
                related=("JET22", "EXP46"),
            )
        )
    return examined(count, findings, note=_METHOD.said(count))


def _note(column: str, name: str, history: Usual) -> Text:
    label, median = _LABELS[column], shown_yuan(history.median_fen)
    short = components(name)[-1][1] if column == "account" else name
    return Text(
        f"{label.zh}“{short}”{history.count} 笔的中位数为 {median} 元",
        f"median of {history.count} of {label.en} {short}: {median} yuan",
    )


def _evidence(voucher: pd.Series, row: Row, notes: list[Text]) -> Evidence:
    note = Text("；".join(n.zh for n in notes), "; ".join(n.en for n in notes))
    found = voucher_evidence(voucher, note, int(row["amount_fen"]))
    return Evidence(note, found.voucher, found.date, str(row["account"]), found.amount_fen, found.file, found.line)
