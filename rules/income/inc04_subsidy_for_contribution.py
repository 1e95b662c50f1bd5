"""行政补助与拨缴经费混用：行政补助收入的摘要像拨缴，或拨缴经费收入的摘要像补助。

检查内容
逐笔查看行政补助收入（405）的贷方，摘要或对方含拨缴用语的列出；逐笔查看拨缴经费收入（402）的贷方，摘要只含补助
用语、不含拨缴用语的列出。用语见词表，每项发现写明命中的词和词表日期。
依据
《工会会计制度》附录1第405号科目：行政补助收入不包括行政方面按规定向工会拨缴的工会经费；第402号科目。
危害
用补助冲抵拨缴，少计应上缴上级的部分；把补助记成拨缴，虚增拨缴数，掩盖少拨。
反例
行政补助收入一笔，摘要“拨缴一季度工会经费 2%”。
正例
按工资总额 2% 拨来的记 402 和 211，另给的活动补助记 405，摘要写明。
参数
无；词表在 rules/words/contribution.toml、rules/words/subsidy.toml。
局限
只看用语，一律为疑点，须看拨款通知和银行回单。摘要不含词表中的词的不会被发现。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined
from rules.remittance.words import words
from rules.rule import Case, evidence_of, rule

SYSTEM = "accounting-system-2021"
SUBSIDY, CONTRIBUTION = "employer_subsidy_income", "contribution_income"


@rule(
    code="INC04",
    name="subsidy-for-contribution",
    title=Text("行政补助与拨缴经费混用", "Employer's subsidy and contribution confused"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "附录1 第405号科目 一"), Citation(SYSTEM, "附录1 第402号科目 一")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report income of one kind that its own words call the other."""
    rows = case.activity
    rows = rows[rows["group"].isin([SUBSIDY, CONTRIBUTION])]
    group = rows["group"].astype("str")
    tested = int((rows.groupby(["entry", group])["amount_fen"].sum() < 0).sum())
    findings = []
    suspect = rows[_suspect(rows)]
    for _, voucher in sorted(suspect.groupby(["voucher", "entry"], sort=True), key=lambda pair: str(pair[0])):
        for name, own in voucher.groupby(voucher["group"].astype("str")):
            credit = -int(own["amount_fen"].sum())
            found = _finding(case, own, str(name), credit) if credit > 0 else None
            if found is not None:
                findings.append(found)
    return examined(tested, findings)


def _suspect(rows: pd.DataFrame) -> pd.Series:
    """Tell of each row whether its voucher's words name the other kind; all rows of a voucher have the same words."""
    said = rows["payee"].astype("str") + " " + rows["narration"]
    contribution, subsidy = words("contribution"), words("subsidy")
    texts = [str(text) for text in said.unique()]
    of_contribution = said.isin([text for text in texts if contribution.matched(text)])
    of_subsidy = said.isin([text for text in texts if subsidy.matched(text)])
    booked = rows["group"].astype("str")
    return ((booked == SUBSIDY) & of_contribution) | ((booked == CONTRIBUTION) & of_subsidy & ~of_contribution)


def _finding(case: Case, rows: pd.DataFrame, group: str, credit: int) -> Finding | None:
    first = rows.sort_values(["account", "line"]).iloc[0]
    said = f"{first['payee']} {first['narration']}"
    contribution, subsidy = words("contribution"), words("subsidy")
    if group == SUBSIDY:
        listed, booked, looks = contribution, "行政补助收入（405）", "拨缴经费"
    elif contribution.matched(said):
        return None
    else:
        listed, booked, looks = subsidy, "拨缴经费收入（402）", "行政补助"
    if not listed.matched(said):
        return None
    amount, voucher = shown_yuan(credit), str(first["voucher"])
    return case.finding(
        voucher,
        group,
        message=Text(
            f"{voucher} 记入{booked} {amount} 元，摘要“{first['narration']}”像是{looks}：{listed.shown(said).zh}",
            f"{voucher}: {amount} yuan, its words speak of the other kind: {listed.shown(said).en}",
        ),
        expected=Text(
            "行政按工资总额拨缴的记 402 和 211，另给的补助记 405", "contributions on 402 and 211, subsidies on 405"
        ),
        found=Text(f"记入{booked} {amount} 元", f"{amount} yuan on the account of the other kind"),
        remedy=Text(
            "查看拨款通知和银行回单，确属另一种性质的作更正分录，并补计应付上级经费",
            "look at the notice and the bank slip; correct the entry and book the higher union's part",
        ),
        evidence=[evidence_of(first, listed.shown(said), amount_fen=credit)],
        amount_fen=credit,
        related=("INC01", "INC12"),
    )
