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

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow, OfficerRow
from rules.evidence import register_evidence
from rules.expenditure.purchases import bought_from_firms, party_of
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.invoices.grouped import one_finding
from rules.invoices.parties import Sameness, sameness, sounds_like_person
from rules.rule import Case, rule
from rules.text.near import bare_name
from rules.text.normalise import normalise

SHARE = "control.supplier_share"


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
    bought = bought_from_firms(case)
    if not bought:
        return not_applicable("本期没有采购", "no purchases in the period")
    shares = Values(case, SHARE)
    sums: dict[str, int] = defaultdict(int)
    for line in bought:
        sums[line.invoice_seller or line.head.payee] += line.amount_fen
    findings = [*_concentrated(case, bought, sums, shares), *_named_after(case, bought, sums), *_same_code(case)]
    return examined(len(bought), findings, shares.untested)


def _concentrated(case: Case, bought: Sequence[PostingRow], sums: Mapping[str, int], shares: Values) -> list[Finding]:
    cap = shares.on(case.until)
    if cap is None:
        return []
    total = sum(sums.values())
    suppliers: dict[str, list[str]] = {}
    for party in sorted(sums):
        suppliers.setdefault(bare_name(party), []).append(party)
    findings = []
    for bare, names in sorted(suppliers.items()):
        own = sum(sums[name] for name in names)
        if own <= total * cap.number:
            continue
        lines = [line for line in bought if party_of(line) in names]
        if len(lines) < 2:  # noqa: PLR2004 (one purchase is no habit)
            continue
        name, part = names[0], f"{own * 100 // total}%"
        findings.append(
            one_finding(
                case,
                "share",
                bare,
                str(case.since.year),
                lines=lines,
                message=Text(
                    f"向{name}采购 {len(lines)} 笔共 {shown_yuan(own)} 元，占本期采购 {shown_yuan(total)} 元的 {part}，"
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


def _named_after(case: Case, bought: Sequence[PostingRow], parties: Collection[str]) -> list[Finding]:
    names = {*map(attrgetter("handled_by"), case.facts.listed), *map(attrgetter("approved_by"), case.facts.listed)}
    if "officers" in case.facts.registers:
        names |= {officer.name for officer in case.rows(OfficerRow)}
    people = sorted(name for name in names if sounds_like_person(name))
    findings = []
    for party in sorted(parties):
        plain = normalise(party)
        for person in people:
            if normalise(person) not in plain:
                continue
            lines = [line for line in bought if party_of(line) == party]
            said = Text(f"供应商名称含有工会人员“{person}”的姓名", "the supplier bears the name of a union officer")
            findings.append(
                one_finding(
                    case,
                    "officer",
                    party,
                    person,
                    lines=lines,
                    message=Text(f"向{party}采购 {len(lines)} 笔，{said.zh}", f"{party}: {said.en}"),
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
    codes: dict[str, dict[str, InvoiceRow]] = {}
    for row in sorted((row for row in case.rows(InvoiceRow) if row.seller_code), key=attrgetter("line")):
        if row.seller and row.date and case.since <= row.date <= case.until:
            codes.setdefault(row.seller_code, {}).setdefault(row.seller, row)
    findings = []
    for code, sellers in sorted(codes.items()):
        names = sorted(sellers)
        if all(sameness(names[0], name) is Sameness.SAME for name in names):
            continue
        said = Text(f"税号 {code} 用了名称 {joined(names)}", f"code {code} stands with {len(names)} names")
        findings.append(
            case.finding(
                "code",
                code,
                message=Text(f"发票登记簿里{said.zh}", f"in the register of invoices {said.en}"),
                expected=Text("一个税号一个名称", "one name for one code"),
                found=said,
                remedy=Text("查验发票和工商登记", "verify the invoices and the register of firms"),
                evidence=limited([register_evidence(row, said) for row in sellers.values()]),
                related=("BIL03",),
            )
        )
    return findings
