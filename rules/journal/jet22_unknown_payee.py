"""来历不明或形似的收款方：合同、发票、名册和以往往来里都没有的收款方，或名称与已有单位差一两个字的收款方。

检查内容
本期支出凭证中：一、收款方不在会员、任职、合同、发票登记簿里，凭证也没有合同号和发票，本期以前没有付过款，本期也只付一次的；
二、收款方名称与合同对方或发票销售方几乎相同而写法不同的。按标准发放的（清单、事由、奖励）不在总体内。一年各并作一项。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算；第十四条：办理经济业务必须取得原始凭证。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
虚构的供应商通常没有合同、没有发票、只出现一次；冒名的供应商名称与真的只差一两个字。
反例
合同对方“某市健体体育用品店”，付款给“某市健休体育用品店”。
正例
付款给合同对方本身，凭证写明合同号和发票号。
参数
无。方法常数：名称相近 80 分（去掉地区和公司字样以后）。
局限
没有任何登记簿可比时报告为未能检查。零星采购的小店也会列出，一律为疑点。收款方与开票方不一致见 EXP47，集中和关联见
EXP46。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from ledger.journal_rows import VoucherRow, values_of
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.gather import joined
from rules.journal.alike import lookalikes
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import years

_KNOWN = (("members", "name"), ("officers", "name"), ("contracts", "party"), ("invoices", "seller"))
_PARTIES = (("contracts", "party"), ("invoices", "seller"))
_METHOD = Method(
    1,
    Text("写明收款方、不按标准发放的支出凭证", "vouchers of spending with a payee that no standard fixes"),
    (Text("名称相近 80 分", "names alike from 80"),),
)


@rule(
    code="JET22",
    name="unknown-payee",
    title=Text("来历不明或形似的收款方", "Payees unknown, or nearly the name of a known one"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第九条"), Citation("accounting-law-2024", "第十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report payees that no register or earlier payment knows, and lookalikes of known parties."""
    found = [voucher for voucher in population(case).free_spending if voucher.payee]
    if not found:
        return not_applicable("本期没有可测试的支出", "no spending to be tested in the period")
    if not any(name in case.facts.registers for name, _ in _KNOWN):
        files = "、".join(f"registers/{name}.csv" for name, _ in _KNOWN)
        return not_performed(f"{files} 都没有，无从知道哪些收款方是已知的", "no register says which payees are known")
    often = Counter(map(attrgetter("payee"), found))
    findings = [*_unknown(case, found, often), *_lookalikes(case, found, often)]
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _names(case: Case, columns: tuple[tuple[str, str], ...]) -> set[str]:
    registers = case.facts.registers
    return {n for name, column in columns if name in registers for n in values_of(registers[name][column])} - {""}


def _unknown(case: Case, found: Sequence[VoucherRow], often: Mapping[str, int]) -> Iterator[Finding]:
    once = {payee for payee, times in often.items() if times == 1}
    bare = [voucher for voucher in found if voucher.payee in once and _bare(case, voucher)] if once else []
    if not bare:
        return
    before = {voucher.payee for voucher in case.facts.listed if voucher.date < case.since}
    known = _names(case, _KNOWN) | before | {case.facts.union.parent, case.facts.union.name}
    spent_fen = population(case).spent_fen
    for year, own in years([voucher for voucher in bare if voucher.payee not in known]):
        total = sum(map(spent_fen, own))
        said = Text("没有合同、发票和往来记录的收款方", "no contract, invoice or earlier payment")
        yield _METHOD.lead(
            case,
            str(year),
            "unknown",
            count=len(found),
            told=Text(
                f"{year} 年 {len(own)} 个收款方没有合同、发票和往来记录，只付款一次，合计 {shown_yuan(total)} 元："
                f"{joined(sorted(voucher.payee for voucher in own))}",
                f"{len(own)} payees of {year} are known from nowhere and were paid once: {shown_yuan(total)} yuan",
            ),
            expected=Text("收款方有合同、发票或名册可查", "payees known from contract, invoice or register"),
            evidence=rows_of(own, said, spent_fen, total),
            related=("EXP47", "EXP46"),
        )


def _bare(case: Case, voucher: VoucherRow) -> bool:
    """Tell whether a voucher names neither a contract nor, on any of its postings, an invoice."""
    if voucher.contract or voucher.invoice:
        return False
    return not any(line.invoice for line in population(case).lines[voucher.entry])


def _lookalikes(case: Case, found: Sequence[VoucherRow], often: Mapping[str, int]) -> Iterator[Finding]:
    near = lookalikes(sorted(often), sorted(_names(case, _PARTIES)))
    spent_fen = population(case).spent_fen
    for year, own in years([voucher for voucher in found if voucher.payee in near] if near else ()):
        total = sum(map(spent_fen, own))
        names = [(voucher.payee, near[voucher.payee]) for voucher in own]
        notes = [Text(f"“{name}”形似“{known}”", f"“{name}” is nearly “{known}”") for name, known in names]
        pairs = sorted({f"{name}（{known}）" for name, known in names})
        yield _METHOD.lead(
            case,
            str(year),
            "lookalike",
            count=len(found),
            told=Text(
                f"{year} 年 {len(own)} 张支出凭证的收款方与已有单位名称几乎相同，"
                f"合计 {shown_yuan(total)} 元：{joined(pairs)}",
                f"{len(own)} vouchers of {year} pay a payee that is nearly a known party: {shown_yuan(total)} yuan",
            ),
            expected=Text("付款给合同对方或销售方本身", "paid to the very party"),
            evidence=rows_of(own, notes, spent_fen, total),
            related=("EXP47",),
        )
