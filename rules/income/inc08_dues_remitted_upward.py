"""会费被上缴或被截留：会员缴的会费转进了应付上级经费，交给了上级，或者没有进会费收入。

检查内容
一、同一凭证贷记会费收入（401）、又贷记应付上级经费（211），而没有拨缴经费的；二、摘要写会费、付给上级的凭证（借记 211，
或列支出、借记会费收入而收款方是上级工会）；三、收到会费（摘要写会费）却贷记其他应付款、其他应收款等而没有贷记会费收入的。
都列为疑点。
依据
《工会会计制度》附录1第401号科目二(一)：取得会费时，按照实际收到的金额，贷记会费收入；第211号科目一：应付上级经费核算按规定应
上缴的工会拨缴经费。会费全部留在基层工会使用。
危害
会员缴的钱没有用在会员身上，活动经费减少。
反例
收到会费 5,000.00 元，贷记会费收入 3,000.00 元、应付上级经费 2,000.00 元。
正例
收到会费 5,000.00 元全部贷记会费收入。
参数
无；词表在 rules/words/dues.toml。
局限
会费归基层工会的规定未读到原文，一律作疑点；会费暂存后当月转收入的也会列出。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import day
from rules.nets import MONEY, Nets, header_evidence, headers, named
from rules.rule import Case, rule
from rules.text.match import match, told

DUES, OWN, UPWARD = "dues_income", "contribution_income", "due_to_higher_union"
PARKED = ("other_payables", "other_receivables", "custody_funds")
SYSTEM = "accounting-system-2021"


@rule(
    code="INC08",
    name="dues-remitted-upward",
    title=Text("会费被上缴或被截留", "Dues remitted upward or withheld"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "附录1 第401号科目 二(一)"), Citation(SYSTEM, "附录1 第211号科目 一")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report dues that went to the higher union, or were received without being taken to income."""
    rows = case.activity
    texts = [text for text in rows["narration"].unique() if match(str(text), "dues", case.until)]
    entries = rows.loc[(rows["group"] == DUES) | rows["narration"].isin(texts), "entry"].unique()
    rows = rows[rows["entry"].isin(entries)]
    if rows.empty:
        return not_applicable("本期没有会费业务", "no dues in the period")
    nets, heads = Nets(rows), headers(rows)
    expense = Nets(rows, "element").of("expense")
    table = pd.DataFrame(
        {
            "dues": -nets.of(DUES),
            "upward": -nets.of(UPWARD),
            "own": -nets.of(OWN),
            "money": nets.of(*MONEY),
            "parked": -nets.of(*PARKED),
            "expense": expense,
        }
    ).to_dict("index")
    parent = case.facts.union.parent.strip()
    findings: list[Finding] = []
    for entry, row in heads[heads["reverses"] == ""].iterrows():
        moved = table[entry]
        spoken = match(str(row["narration"]), "dues", day(row["date"]))
        to_parent = bool(parent) and row["payee"] == parent
        # Paid to the union above straight out of the income is remitted just as an expense to it is.
        out_of_funds = moved["expense"] + max(0, -moved["dues"])
        went_up = -moved["upward"] if moved["upward"] < 0 else out_of_funds * to_parent
        if moved["dues"] > 0 and moved["upward"] > 0 and moved["own"] <= 0:
            why = Text("会费收入和应付上级经费在同一凭证，没有拨缴经费", "dues and a due upward, but no contribution")
            findings.append(_finding(case, row, moved["upward"], why, "split"))
        elif spoken and moved["money"] < 0 and went_up > 0:
            findings.append(_finding(case, row, went_up, told(spoken), "paid"))
        elif spoken and moved["money"] > 0 and moved["dues"] <= 0 and moved["parked"] > 0:
            findings.append(_finding(case, row, moved["parked"], told(spoken), "withheld"))
    return examined(len(heads), findings)


def _finding(case: Case, row: Row, fen: int, why: Text, kind: str) -> Finding:
    voucher, money = named(row), shown_yuan(fen)
    found = {
        "split": Text("会费分出一部分作应付上级经费", "part of the dues set aside for the higher union"),
        "paid": Text("会费付给了上级", "dues paid to the higher union"),
        "withheld": Text("收到会费没有记会费收入", "dues received and not taken to income"),
    }[kind]
    return case.finding(
        voucher,
        kind,
        message=Text(f"凭证 {voucher} {found.zh} {money} 元：{why.zh}", f"voucher {voucher}: {found.en}, {money} yuan"),
        expected=Text("会费全部记会费收入，由基层工会使用", "all dues are the grassroots union's income"),
        found=found,
        remedy=Text("核对款项性质；属于会费的转回会费收入", "find what it is; if dues, take them to income"),
        evidence=(header_evidence(row, why, fen),),
        amount_fen=fen,
        related=("INC05", "INC11"),
    )
