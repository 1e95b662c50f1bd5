"""近似重复的支出：10 天之内付给同一收款方，金额、科目和摘要都相同，而发票号不同或没有。

检查内容
支出凭证中，收款方（去掉地区和公司字样）、金额、支出科目和摘要都相同，日期相差 10 天以内但不在同一天的；
同一发票号、同日同金额的重复由 ACC19 检查，不在此重复。所属月份不同的、分别列了不同清单的、冲销与被冲销的不算。
一年并作一项。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算；第十四条：审核原始凭证的真实、合法。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
换一张发票或隔几天再报一次，是最常见的重复报销。
反例
6 月 3 日和 6 月 9 日，付同一商店 1,286.40 元，摘要都是“职工书屋图书架”。
正例
每月同额的场地租金，摘要写明月份；两批慰问品各有清单。
参数
无。方法常数：10 天，报销单退回重填、重复提交多在一两周内。
局限
定额、定价的连续采购也会列出，一律为疑点。影像相似的重复要看附件。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import netted, rows_of, spending, years
from rules.rule import Case, rule
from rules.text.near import bare_name
from rules.text.normalise import normalise

_DAYS = pd.Timedelta(days=10)
_METHOD = Method(
    1, Text("有摘要和收款方的支出凭证", "vouchers of spending with payee and narration"), (Text("10 天", "10 days"),)
)
_COLUMNS = ["entry", "voucher", "date", "month_of", "list", "invoice", "narration", "file", "line"]
_SAME = ["who", "what", "spent_fen", "where"]


@rule(
    code="JET10",
    name="near-duplicate",
    title=Text("近似重复的支出", "Spending that is nearly repeated"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第九条"), Citation("accounting-law-2024", "第十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers that repeat payee, amount, account and narration within days of each other."""
    spent = spending(case)
    reversed_ = set(case.facts.vouchers["reverses"].astype("str")) - {""}
    named = (spent["payee"] != "") & (spent["narration"] != "")
    whole = spent["reverses"].eq("") & ~spent["voucher"].isin(reversed_)
    found = spent[named & whole]
    if found.empty:
        return not_applicable("本期没有可测试的支出", "no spending to be tested in the period")
    alike = _repeated(case, found)
    findings = []
    for year, own in years(alike):
        # The first of each kind may be the right one: what is at risk is the rest.
        risk = int(own["spent_fen"].sum() - own.drop_duplicates(_SAME)["spent_fen"].sum())
        kinds = own.groupby(_SAME, sort=False).ngroups
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=len(found),
                told=Text(
                    f"{year} 年 {len(own)} 张支出凭证两两近似重复（{kinds} 组），可能多付 {shown_yuan(risk)} 元",
                    f"{len(own)} vouchers of {year} nearly repeat another: {shown_yuan(risk)} yuan perhaps paid twice",
                ),
                expected=Text("一项业务只报销一次", "one dealing paid once"),
                evidence=rows_of(
                    own, Text("收款方、金额、科目、摘要相同", "same payee, amount, account, narration"), "spent_fen"
                ),
                amount_fen=risk,
                related=("ACC19",),
            )
        )
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _repeated(case: Case, found: pd.DataFrame) -> pd.DataFrame:
    rows = case.activity
    accounts = netted(rows[rows["element"] == "expense"])
    where: dict[int, str] = {}
    for entry, account in zip(accounts["entry"].tolist(), accounts["account"].tolist(), strict=True):
        where[entry] = f"{where[entry]}+{account}" if entry in where else account
    keyed = found.assign(
        who=[bare_name(name) for name in found["payee"].tolist()],
        what=[normalise(text) for text in found["narration"].tolist()],
        where=[where.get(entry, "") for entry in found["entry"].tolist()],
    )
    keyed = keyed.assign(kind=keyed.groupby(_SAME, sort=False, dropna=False).ngroup())
    keyed = keyed[keyed["kind"].duplicated(keep=False)].sort_values(["kind", "date", "voucher"])
    keyed = keyed[[*_COLUMNS, *_SAME, "kind"]].astype({"month_of": "object", "list": "object", "invoice": "object"})
    groups = keyed.groupby("kind", sort=False)
    before = groups[["date", "month_of", "list", "invoice"]].shift()
    gap = keyed["date"] - before["date"]
    batches = (keyed["list"] != "") & (before["list"] != "") & (keyed["list"] != before["list"])
    apart = batches | (keyed["month_of"] != before["month_of"])
    same_invoice = (keyed["invoice"] != "") & (keyed["invoice"] == before["invoice"])
    later = (gap > pd.Timedelta(0)) & (gap <= _DAYS) & ~apart & ~same_invoice
    earlier = later.groupby(keyed["kind"], sort=False).shift(-1, fill_value=False)
    kept: pd.DataFrame = keyed[later | earlier].sort_values([*_SAME, "date", "voucher"])
    return kept
