"""往来和资产凭证里的敏感用语：没有列支出的凭证，摘要或收款方却出现烟酒、礼品、购物卡、旅游等用语。

检查内容
本期没有列支出而借记往来、存货等科目或付款的凭证，在摘要、收款方、活动和发票开具方中查找“礼品”“烟酒”“购物卡”“红包”
“黄金珠宝”“旅行社”“高消费场所”各词表的词。同一词表一年并作一项。支出凭证里的同类用语由 EXP 各条规则检查，
含糊摘要由 ACC06 检查，都不在此重复。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算；第二十四条：不得虚列、不列或者少列费用。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
不许列支的开支常先挂往来、进存货，再慢慢冲销，只查支出就看不见。
反例
借：其他应收款 8,000.00 元，贷：银行存款，摘要“购烟酒款”。
正例
借：其他应收款 2,000.00 元，摘要“培训差旅备用金”。
参数
无；词表在 rules/words/。
局限
只看用语，一律为疑点；代管的协会经费活动也可能合理使用这些词。
"""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import day
from rules.journal.method import Method
from rules.journal.population import rows_of, vouchers
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import Match, match, told
from rules.text.normalise import normalise

_LISTS = ("gift", "alcohol_tobacco", "prepaid_cards", "red_packets", "gold", "travel_agencies", "high_consumption")
_FIELDS = (
    (Field.NARRATION, "narration"),
    (Field.PAYEE, "payee"),
    (Field.ACTIVITY, "activity"),
    (Field.SELLER, "invoice_seller"),
)
_METHOD = Method(1, Text("没有列支出的凭证", "vouchers that book no spending"))


@rule(
    code="JET11",
    name="sensitive-words-off-spending",
    title=Text("往来和资产凭证里的敏感用语", "Sensitive words on vouchers without spending"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第九条"), Citation("accounting-law-2024", "第二十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report sensitive words on vouchers that move receivables, stock or money without spending."""
    moved = vouchers(case)
    found = moved[(moved["spent_fen"] <= 0) & (moved["debit_fen"] > 0)]
    if found.empty:
        return not_applicable("本期没有支出以外的凭证", "no voucher besides spending in the period")
    patterns = [word_list(key).pattern for key in _LISTS]
    groups: dict[tuple[int, str], list[tuple[Row, tuple[Match, ...]]]] = defaultdict(list)
    texts = found[[column for _, column in _FIELDS]].astype("str").agg("|".join, axis=1)
    plain = {text: normalise(text) for text in texts.unique()}
    near = {text for text in plain if any(pattern.search(plain[text]) for pattern in patterns)}
    for row in records(found[texts.isin(near)]):
        at = day(row["event_date"])
        for key in _LISTS:
            matches = tuple(m for field, column in _FIELDS for m in match(str(row[column]), key, at, field))
            if matches:
                groups[pd.Timestamp(row["date"]).year, key].append((row, matches))
    findings = []
    for (year, key), hits in sorted(groups.items(), key=lambda item: item[0]):
        own = found[found["entry"].isin([row["entry"] for row, _ in hits])]
        label, total = word_list(key).shown, int(own["debit_fen"].sum())
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                key,
                count=len(found),
                told=Text(
                    f"{year} 年 {len(hits)} 张没有列支出的凭证出现敏感用语（{label.zh}），合计 {shown_yuan(total)} 元",
                    f"{len(hits)} vouchers of {year} without spending: {label.en}, {shown_yuan(total)} yuan",
                ),
                expected=Text("往来和资产只记真实的债权、债务和物品", "receivables and stock hold real ones only"),
                evidence=rows_of(own, [told(matches) for _, matches in hits]),
                related=("EXP26", "ACC06"),
            )
        )
    return examined(len(found), findings, note=_METHOD.said(len(found)))
