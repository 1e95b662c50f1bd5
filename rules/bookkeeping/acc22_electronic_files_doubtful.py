"""电子档案与原件不一致：同一份电子文件附在几张凭证后面，或电子发票没有保存电子文件。

检查内容
凭证列有附件文件的账套：一、同一份文件列在两张以上凭证（互相冲销的除外）；二、发票类型为数电发票的支出凭证没有列出任何附件文件，
按年列出。没有一张凭证列出附件文件的，报告为未能检查。
依据
《中华人民共和国会计法》第二十三条：会计凭证等会计资料应当建立档案，妥善保管；第十三条：使用电子计算机进行会计核算的，生成的
会计资料也必须符合国家统一的会计制度的规定。
危害
一份扫描件凑几张凭证是虚列支出的常见手法；只存打印件的电子发票可以重复使用。
反例
同一张签到表扫描件附在 3 月和 5 月两次活动的凭证后。
正例
每张凭证附自己的发票、签到表和清单，电子发票保存原文件。
参数
无。
局限
文件内容与原件是否一致、OFD 签名是否有效，须由人或专门软件查验。几张凭证共用一份合同、决议是正常的，所以只列疑点。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import VoucherRow
from rules.evidence import voucher_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.gather import debits_by_entry, limited, spending_by_entry
from rules.rule import Case, rule
from rules.vouchers import numbers_of, years

_ELECTRONIC = "数电"


@rule(
    code="ACC22",
    name="electronic-files-doubtful",
    title=Text("电子档案与原件不一致", "Electronic files differ from their originals"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第二十三条"), Citation("accounting-law-2024", "第十三条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report files that several vouchers share, and electronic invoices without a file."""
    vouchers = case.vouchers
    if not vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    if not any(map(attrgetter("documents"), vouchers)):
        return not_performed(
            "没有凭证列出附件文件，电子档案与原件无从核对", "no voucher names a file: nothing to compare with originals"
        )
    findings = [*_shared(case, vouchers), *_without(case, vouchers)]
    return examined(len(vouchers), findings)


def _shared(case: Case, vouchers: Sequence[VoucherRow]) -> list[Finding]:
    holders: dict[str, list[VoucherRow]] = defaultdict(list)
    for voucher in vouchers:
        for path in dict.fromkeys(p for p in voucher.documents.splitlines() if p):
            holders[path].append(voucher)
    debits, found = debits_by_entry(case), []
    for path, own in sorted(holders.items(), key=lambda holder: holder[0]):
        reversed_ = {voucher.reverses for voucher in own}
        apart = [voucher for voucher in own if not voucher.reverses and voucher.voucher not in reversed_]
        if len(apart) <= 1:
            continue
        note = Text(f"所附文件 {path}", f"the file {path}")
        evidence = [voucher_evidence(voucher, note, debits.get(voucher.entry)) for voucher in apart]
        names = numbers_of(apart)
        told = Text(f"文件 {path} 附在 {len(apart)} 张凭证：{names}", f"{path} is attached to {len(apart)} vouchers")
        found.append(_finding(case, ("shared", path), told, evidence))
    return found


def _without(case: Case, vouchers: Sequence[VoucherRow]) -> list[Finding]:
    spent = spending_by_entry(case)
    filed = [v for v in vouchers if not v.documents and v.invoice_type.startswith(_ELECTRONIC)]
    bare = [voucher for voucher in filed if spent.get(voucher.entry, 0) > 0]
    note, found = Text("电子发票没有附文件", "an electronic invoice without a file"), []
    for year, own in years(bare):
        evidence = [voucher_evidence(voucher, note, spent.get(voucher.entry)) for voucher in own]
        told = Text(
            f"{year} 年 {len(own)} 张数电发票的凭证没有附电子文件",
            f"{len(own)} electronic invoices of {year}: no file",
        )
        found.append(_finding(case, ("without", str(year)), told, evidence))
    return found


def _finding(case: Case, key: tuple[str, ...], told: Text, evidence: list[Evidence]) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("每张凭证保存自己的电子原件", "every voucher keeps its own electronic originals"),
        found=told,
        remedy=Text("调阅原件逐张核对，补存电子发票原文件", "compare with the originals and keep the electronic ones"),
        evidence=limited(evidence),
        related=("ACC05", "ACC19"),
    )
