"""附件共用或少于发票：同一份附件文件挂在几张凭证上，或注明的附件张数少于凭证所列的发票张数。

检查内容
一、凭证所列附件文件（document）中，同一份文件被两张以上凭证引用的；二、凭证及其分录所列的不同发票号多于注明的附件张数的。
一年各并作一项。没有附件、张数与文件数不符、文件不在账套里由 ACC05 检查，不在此重复。
依据
《中华人民共和国会计法》第十四条：办理经济业务事项必须填制或者取得原始凭证，记账凭证应当根据经过审核的原始凭证编制。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
一份发票或签领单用于几张凭证，就是重复报销；附件比发票少，说明有的发票没有附。
反例
记-3 和记-19 都附“documents/发票88.pdf”。
正例
每张凭证附自己的发票；分次付款的后一张注明“附件见记-3”，不再计入。
参数
无。
局限
按文件路径判断，改名重存的同一影像看不出来。一份合同附在几张付款凭证后面属正常，一律为疑点。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import names_of, years

_METHOD = Method(1, Text("列出附件文件或发票号的凭证", "vouchers that list documents or invoices"))

_KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "shared": Text("与别的凭证共用附件文件", "share documents with others"),
        "few": Text("注明的附件张数少于发票张数", "have fewer documents than invoices"),
    }
)


@rule(
    code="JET21",
    name="documents-shared-or-few",
    title=Text("附件共用或少于发票", "Documents shared by vouchers, or fewer than invoices"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第十四条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report documents that several vouchers share, and vouchers with more invoices than documents."""
    moved, several = population(case), _several(case)
    listed = {v.entry: dict.fromkeys(filter(None, v.documents.splitlines())) for v in moved.vouchers if v.documents}
    files = {entry: paths for entry, paths in listed.items() if paths}
    naming = {*files, *several}
    found = [v for v in moved.vouchers if (v.invoice and v.entry in moved.lines) or v.entry in naming]
    if not found:
        return not_applicable("本期凭证没有列附件文件，也没有发票号", "no voucher lists documents or invoices")
    used = Counter(path for paths in files.values() for path in paths)
    shared = {entry: [path for path in paths if used[path] > 1] for entry, paths in files.items()}
    attached = [(v.entry, v.attachments or 0, several[v.entry]) for v in found if v.entry in several] if several else []
    notes = {
        "shared": {e: Text(f"共用 {joined(own)}", f"shares {joined(own)}") for e, own in shared.items() if own},
        "few": {e: _few(have, invoices) for e, have, invoices in attached if 0 < have < invoices},
    }
    findings = []
    for kind, said in _KINDS.items():
        for year, own in years([voucher for voucher in found if voucher.entry in notes[kind]]):
            findings.append(
                _METHOD.lead(
                    case,
                    str(year),
                    kind,
                    count=len(found),
                    told=Text(
                        f"{year} 年 {len(own)} 张凭证{said.zh}：{names_of(own)}",
                        f"{len(own)} vouchers of {year} {said.en}",
                    ),
                    expected=Text("一份原始凭证只作一张凭证的依据，张数不少于发票", "a document supports one voucher"),
                    evidence=rows_of(own, [notes[kind][voucher.entry] for voucher in own], moved.debit_fen),
                    related=("ACC05", "ACC19"),
                )
            )
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _several(case: Case) -> Mapping[int, int]:
    """Return how many different invoices a voucher names, by entry, where its postings name others than itself."""
    apart = dict.fromkeys([line.entry for line in case.booked.postings if line.invoice != line.head.invoice])
    lines = population(case).lines
    counts = {entry: len({line.invoice for line in lines[entry]} - {""}) for entry in apart}
    return {entry: count for entry, count in counts.items() if count}


def _few(attachments: int, invoices: int) -> Text:
    return Text(f"附件 {attachments} 张，发票 {invoices} 张", f"{attachments} documents, {invoices} invoices")
