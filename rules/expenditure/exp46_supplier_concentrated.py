"""供应商过度集中或关联：采购集中在一家，供应商名称里有工会干部的名字，或一个税号对应几个名称。

检查内容
一、本期向同一供应商（名称去掉地区和组织形式后相同）的采购在两笔以上，合计占全部采购的比例超过规定；二、供应商名称含有工会干部
（officers.csv）、经办人或审批人的姓名；三、发票登记簿里同一销售方税号用了几个不同的名称。
依据
《工会会计制度》第十四条：工会应当建立健全内部控制制度，并确保内部控制有效施行。
危害
长期只向一家或关联方采购，价格失去比较，容易利益输送；空壳供应商只为开票。
反例
全年采购 900,000.00 元，其中 700,000.00 元付给一家商贸公司。
正例
定期重新比选供应商，干部及近亲属的商店回避。
参数
control.supplier_share 单一供应商占采购总额的比例，实务经验值。
局限
一律为疑点。法定代表人、近亲属关系须查工商登记。本来只有一家能供应的（如定点影院）须人工判断。只看向经营者的采购。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import records
from rules.expenditure.purchases import purchases
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited, register_evidence
from rules.invoices.grouped import grouped
from rules.invoices.parties import Sameness, sameness, sounds_like_person
from rules.rule import Case, rule
from rules.text.near import bare_name
from rules.text.normalise import normalise

SHARE = "control.supplier_share"
_SIGNERS = ("handled_by", "approved_by")


@rule(
    code="EXP46",
    name="supplier-concentrated",
    title=Text("供应商过度集中或关联", "Supplier concentrated or related"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第十四条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=(SHARE,),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report a supplier with too large a share, suppliers named after officers, and codes with several names."""
    bought = purchases(case)
    if bought.empty:
        return not_applicable("本期没有采购", "no purchases in the period")
    bought = bought.assign(bare=bought["party"].map({name: bare_name(str(name)) for name in bought["party"].unique()}))
    shares = Values(case, SHARE)
    findings = [*_concentrated(case, bought, shares), *_named_after(case, bought), *_same_code(case)]
    return examined(len(bought), findings, shares.untested)


def _concentrated(case: Case, bought: pd.DataFrame, shares: Values) -> list[Finding]:
    cap = shares.on(case.until)
    total = int(bought["amount_fen"].sum())
    findings = []
    for bare, rows in bought.groupby("bare", sort=True):
        own = int(rows["amount_fen"].sum())
        if cap is None or len(rows) < 2 or own <= total * cap.number:  # noqa: PLR2004 (one purchase is no habit)
            continue
        name, part = str(rows["party"].min()), f"{own * 100 // total}%"
        findings.append(
            grouped(
                case,
                "share",
                str(bare),
                str(case.since.year),
                rows=rows,
                message=Text(
                    f"向{name}采购 {len(rows)} 笔共 {shown_yuan(own)} 元，占本期采购 {shown_yuan(total)} 元的 {part}，"
                    f"超过 {cap.text}",
                    f"{shown_yuan(own)} of {shown_yuan(total)} yuan bought from {name} ({part}, over {cap.text})",
                ),
                expected=Text(f"一家不超过采购总额的 {cap.text}", f"at most {cap.text} from one supplier"),
                found=Text(part, part),
                remedy=Text("说明选定供应商的过程，重新比选", "account for the choice and compare suppliers again"),
                note=Text(f"向{name}采购", f"bought from {name}"),
                amount_fen=0,
                parameters=(cap,),
            )
        )
    return findings


def _named_after(case: Case, bought: pd.DataFrame) -> list[Finding]:
    names: set[str] = set()
    if "officers" in case.facts.registers:
        names |= {str(name) for name in case.register("officers")["name"].unique()}
    for column in _SIGNERS:
        names |= {str(name) for name in case.facts.vouchers[column].unique()}
    people = sorted(name for name in names if sounds_like_person(name))
    findings = []
    for party, rows in bought.groupby("party", sort=True):
        plain = normalise(str(party))
        for person in people:
            if normalise(person) not in plain:
                continue
            said = Text(f"供应商名称含有工会人员“{person}”的姓名", "the supplier bears the name of a union officer")
            findings.append(
                grouped(
                    case,
                    "officer",
                    str(party),
                    person,
                    rows=rows,
                    message=Text(f"向{party}采购 {len(rows)} 笔，{said.zh}", f"{party}: {said.en}"),
                    expected=Text("工会人员及其亲属的商家回避", "firms of officers and their kin stand aside"),
                    found=said,
                    remedy=Text(
                        "查工商登记，核实关系和价格", "look at the register of firms; check relation and price"
                    ),
                    note=said,
                )
            )
    return findings


def _same_code(case: Case) -> list[Finding]:
    if "invoices" not in case.facts.registers:
        return []
    rows = case.register("invoices")
    rows = rows[(rows["date"] >= pd.Timestamp(case.since)) & (rows["date"] <= pd.Timestamp(case.until))]
    rows = rows.assign(code=rows["seller_code"].astype("object"), sold=rows["seller"].astype("object"))
    rows = rows[(rows["code"] != "") & (rows["sold"] != "")]
    several = rows.groupby("code")["sold"].nunique()
    findings = []
    for code, own in rows[rows["code"].map(several) > 1].groupby("code", sort=True):
        names = sorted(own["sold"].unique())
        if all(sameness(names[0], name) is Sameness.SAME for name in names):
            continue
        said = Text(f"税号 {code} 用了名称 {joined(names)}", f"code {code} stands with {len(names)} names")
        first = own.sort_values("line").drop_duplicates("sold")
        findings.append(
            case.finding(
                "code",
                str(code),
                message=Text(f"发票登记簿里{said.zh}", f"in the register of invoices {said.en}"),
                expected=Text("一个税号一个名称", "one name for one code"),
                found=said,
                remedy=Text("查验发票和工商登记", "verify the invoices and the register of firms"),
                evidence=limited([register_evidence("invoices", row, said) for row in records(first)]),
                related=("BIL03",),
            )
        )
    return findings
