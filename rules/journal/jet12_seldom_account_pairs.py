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

from collections.abc import Iterator

import pandas as pd

from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.journal.method import Method
from rules.journal.population import MONEY, rows_of, sides, vouchers, years
from rules.rule import Case, rule

_LEAST, _SELDOM = 50, 2
_ASLEEP = pd.Timedelta(days=730)
_METHOD = Method(
    1,
    Text("截至期末的全部凭证", "all vouchers up to the end of the period"),
    (Text("n≥50", "n from 50"), Text("出现 1—2 次", "once or twice"), Text("休眠 730 天", "asleep for 730 days")),
)
_FUNDED = (
    "inventory",
    "investment",
    "fixed_assets",
    "construction_in_progress",
    "intangible_assets",
    "long_term_deferred_expense",
)
_ACCRUED = ("due_from_higher_union", "due_from_lower_union")


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
    rows = case.facts.journal
    kept = rows[
        (rows["date"] <= pd.Timestamp(case.until)) & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])
    ]
    found = vouchers(case)
    if found.empty:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    count = int(kept["entry"].nunique())
    if count < _LEAST:
        return not_performed(
            f"截至期末只有 {count} 张凭证，少于 {_LEAST} 张：总体太小，什么对应都罕见",
            f"only {count} vouchers up to the end of the period: too few to tell what is seldom",
        )
    findings = [*_pairs(case, found, sides(kept), count), *_awake(case, found, kept, count)]
    return examined(len(found), findings, note=_METHOD.said(count))


def _pairs(case: Case, found: pd.DataFrame, pairs: pd.DataFrame, count: int) -> Iterator[Finding]:
    names = (pairs["debit"] + "|" + pairs["credit"]).rename("pair")
    often = names.map(names.value_counts())
    odd = names[often <= _SELDOM]
    odd = odd[[not _ordinary(name) for name in odd.tolist()]]
    own_names = odd.reindex(found["entry"].to_numpy())
    seldom = found[own_names.notna().to_numpy()]
    titles = _titles(case)
    for year, own in years(seldom):
        notes = [_shown(str(odd[int(entry)]), titles) for entry in own["entry"]]
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
            evidence=rows_of(own, notes),
            related=("EXP48",),
        )


def _ordinary(pair: str) -> bool:
    """Tell whether a pair is one that the accounting system itself lays down."""
    debit, credit = (set(side.split("+")) - {""} for side in pair.split("|"))
    if "asset_fund" in debit | credit:
        debit, credit = debit - {"asset_fund", *_FUNDED}, credit - {"asset_fund", *_FUNDED}
        debit, credit = ({n for n in side if "accumulated" not in n} for side in (debit, credit))
    if not debit or not credit or debit <= set(MONEY) or credit <= set(MONEY):
        return True
    accrual = debit <= set(_ACCRUED) and all(n.endswith("_income") or n.startswith("due_to") for n in credit)
    advance = all(n.endswith(("_expense", "_expenditure")) for n in debit) and credit <= {"other_receivables", *MONEY}
    return accrual or advance


def _titles(case: Case) -> dict[str, str]:
    """Return the name of each level-1 account by its meaning, as the book writes it."""
    rows = case.facts.accounts
    pairs = zip(rows["group"].astype("str"), rows["account"].astype("str"), strict=True)
    return {group: account.split(":")[1].split("-", 1)[-1] for group, account in pairs if ":" in account}


def _shown(pair: str, titles: dict[str, str]) -> Text:
    debit, credit = ("、".join(titles.get(n, n) for n in side.split("+")) for side in pair.split("|"))
    return Text(f"借：{debit}；贷：{credit}", f"debit {debit}; credit {credit}")


def _awake(case: Case, found: pd.DataFrame, kept: pd.DataFrame, count: int) -> Iterator[Finding]:
    used = (
        kept[["entry", "date"]].assign(account=kept["account"].astype("str")).sort_values(["account", "date", "entry"])
    )
    rested = used["date"] - used.groupby("account", sort=False)["date"].shift()
    woken = used[rested > _ASLEEP]
    accounts = woken.groupby("entry")["account"].agg(lambda names: "、".join(sorted(set(names))))
    for year, own in years(found[found["entry"].isin(accounts.index)]):
        notes = [Text(f"停用两年以上：{accounts[e]}", f"unused for two years: {accounts[e]}") for e in own["entry"]]
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
            evidence=rows_of(own, notes),
            related=("CUR01",),
        )
