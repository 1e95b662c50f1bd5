"""没有附件或附件张数不符：凭证附件为零，或注明的张数与所附文件数不符。

检查内容
除期初、衔接、结转和冲销更正凭证外，每张凭证应当注明附件张数且大于零；凭证列出所附文件的，文件数与张数应当相同，
所列文件应当确实在账套里。按月列出。
依据
《中华人民共和国会计法》第十四条：办理经济业务事项必须填制或者取得原始凭证；
记账凭证应当根据经过审核的原始凭证及有关资料编制。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
没有原始凭证的支出无从证明真实发生，最容易藏虚列和套取。
反例
支付会议费 3,000.00 元的凭证，附件 0 张。
正例
附件 4 张：发票、合同、签到表、会议通知，四份文件都在。
参数
无。
局限
没有注明张数的凭证无法判断，只报告张数。一份扫描文件可能含多张附件，所以文件数不符只列为疑点。附件内容须由人看。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut, debits_by_entry, shown_month
from rules.indexes import originals
from rules.remittance.months import month_of_day
from rules.rule import Case, rule
from rules.vouchers import numbers_of

NONE, DIFFERS, ABSENT = "none", "differs", "absent"


@rule(
    code="ACC05",
    name="attachments-missing",
    title=Text("没有附件或附件张数不符", "Source documents missing or miscounted"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第十四条"), Citation("accounting-system-2021", "第十七条")),
)
def check(case: Case) -> Checked:
    """Report vouchers without source documents, and those whose count is not that of the files attached."""
    vouchers = originals(case)
    if not vouchers:
        return not_applicable("本期没有应附原始凭证的凭证", "no voucher of the period needs source documents")
    groups: dict[tuple[str, str], list[VoucherRow]] = defaultdict(list)
    for voucher in [voucher for voucher in vouchers if voucher.attachments == 0 or voucher.documents]:
        for what in _faults(case, voucher):
            groups[month_of_day(voucher.date), what].append(voucher)
    unsaid = len([voucher for voucher in vouchers if voucher.attachments is None])
    untested = []
    if unsaid:
        zh = f"{unsaid} 张凭证没有注明附件张数，无法判断"
        untested.append(Text(zh, f"{unsaid} vouchers do not say how many documents they have"))
    findings = [_finding(case, key, own) for key, own in sorted(groups.items(), key=lambda group: group[0])]
    return examined(len(vouchers) - unsaid, findings, untested)


def _faults(case: Case, voucher: VoucherRow) -> Iterator[str]:
    """Yield what is wrong with the documents of a voucher."""
    files, count = _files(voucher), voucher.attachments
    if count == 0:
        yield NONE
    elif count and files and count != len(files):
        yield DIFFERS
    if not case.facts.documents.issuperset(files):
        yield ABSENT


def _files(voucher: VoucherRow) -> list[str]:
    return [path for path in voucher.documents.splitlines() if path]


def _finding(case: Case, key: tuple[str, str], vouchers: Sequence[VoucherRow]) -> Finding:
    month, what = key
    debits = debits_by_entry(case)
    total = sum(debits.get(voucher.entry, 0) for voucher in vouchers)
    names = numbers_of(vouchers)
    told = {
        NONE: Text(
            f"{shown_month(month)} {len(vouchers)} 张凭证没有附件，合计 {shown_yuan(total)} 元：{names}",
            f"{len(vouchers)} vouchers of {month} have no source documents: {shown_yuan(total)} yuan",
        ),
        DIFFERS: Text(
            f"{shown_month(month)} {len(vouchers)} 张凭证的附件张数与所附文件数不符：{names}",
            f"{len(vouchers)} vouchers of {month} have another number of files than they say",
        ),
        ABSENT: Text(
            f"{shown_month(month)} {len(vouchers)} 张凭证所列的附件文件不在账套里：{names}",
            f"{len(vouchers)} vouchers of {month} name files that the book does not hold",
        ),
    }[what]
    return case.finding(
        what,
        month,
        message=told,
        expected=Text("附有原始凭证，张数与注明的相同", "source documents, as many as the voucher says"),
        found=told,
        remedy=Text(
            "补齐原始凭证；补不齐的说明经济业务的真实情况，由批准人负责", "supply the documents or account for them"
        ),
        evidence=cut([_evidence(v, debits.get(v.entry)) for v in vouchers[:MOST_EVIDENCE]], len(vouchers), total),
        amount_fen=total if what == NONE else 0,
        certainty=Certainty.ESTABLISHED if what == NONE else Certainty.LEAD,
        severity=None if what == NONE else Severity.LOW,
    )


def _evidence(voucher: VoucherRow, debit_fen: int | None) -> Evidence:
    files, count = len(_files(voucher)), voucher.attachments
    said = "没有注明" if count is None else f"{count} 张"
    note = Text(f"注明附件 {said}，列出文件 {files} 份", f"{files} files listed")
    return voucher_evidence(voucher, note, debit_fen)
