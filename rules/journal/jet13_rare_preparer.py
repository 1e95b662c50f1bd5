"""很少制单的人，以及制单人审批自己的凭证。

检查内容
一、一年内制单不超过 5 张、且不超过全部凭证百分之二的人所制的凭证；二、制单人就是审批人的凭证。同一人一年并作一项。
制单、审核、记账同一人由 ACC03 检查，审批人自批自支、不在任由 CTL02 检查，主席审批自己经办的由 DEP10 检查，不在此重复。
依据
《中华人民共和国会计法》第二十五条（一）：记账人员与审批人员、经办人员的职责权限应当明确，并相互分离、相互制约。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
平时不做账的人（领导、临时人员）亲自制单，往往是绕开会计的非常规凭证。
反例
全年 740 张凭证中，主席自己制单 1 张。
正例
会计休假一个月，由接替人员连续制单 40 张。
参数
无。方法常数：写明制单人的凭证不少于 50 张才测；不超过 5 张且不超过 2% 为很少。
局限
只看凭证上的姓名；新到任、替班的人也会列出，一律为疑点。没有制单人姓名的凭证报告为未能检查。
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger.journal_rows import VoucherRow
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.journal.method import Method
from rules.journal.population import population, rows_of, years
from rules.rule import Case, rule
from rules.vouchers import named

_LEAST, _FEW, _SHARE = 50, 5, 50
_METHOD = Method(
    1,
    Text("写明制单人的凭证", "vouchers that name their preparer"),
    (Text("n≥50", "n from 50"), Text("≤5 张且≤2%", "5 at most and 2 percent at most")),
)


@rule(
    code="JET13",
    name="rare-preparer",
    title=Text("很少制单的人和自制自批", "Rare preparers, and vouchers approved by their preparer"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第二十五条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers of people who hardly ever prepare one, and those that their preparer approved."""
    found = case.vouchers
    if not found:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    prepared = [voucher for voucher in found if voucher.prepared_by]
    untested = []
    if bare := len(found) - len(prepared):
        zh = f"{bare} 张凭证没有写制单人，无法判断"
        untested.append(Text(zh, f"{bare} vouchers do not name their preparer"))
    if len(prepared) < _LEAST:
        zh = f"写明制单人的凭证 {len(prepared)} 张，少于 {_LEAST} 张，不测谁很少制单"
        untested.append(Text(zh, f"{len(prepared)} vouchers name their preparer: too few to tell who is rare"))
    findings = [found for year, own in years(prepared) for found in _year(case, year, own, len(prepared))]
    return examined(len(prepared), findings, untested, note=_METHOD.said(len(prepared)))


def _year(case: Case, year: int, own: Sequence[VoucherRow], count: int) -> Iterator[Finding]:
    if len(own) >= _LEAST:
        often = Counter(map(attrgetter("prepared_by"), own))
        for who in sorted(who for who, times in often.items() if times <= _FEW and times * _SHARE <= len(own)):
            said = Text(f"由很少制单的 {who} 制单", f"prepared by {who}, who rarely does")
            rows = [voucher for voucher in own if voucher.prepared_by == who]
            yield _finding(case, (str(year), "rare", who), rows, said, count)
    clash: dict[str, list[VoucherRow]] = defaultdict(list)
    for voucher in [voucher for voucher in own if voucher.prepared_by == voucher.approved_by]:
        clash[voucher.prepared_by].append(voucher)
    for name, rows in sorted(clash.items()):
        said = Text(f"制单和审批都是 {name}", f"prepared and approved by {name}")
        yield _finding(case, (str(year), "own", name), rows, said, count)


def _finding(case: Case, key: tuple[str, ...], rows: Sequence[VoucherRow], said: Text, count: int) -> Finding:
    return _METHOD.lead(
        case,
        *key,
        count=count,
        told=Text(
            f"{key[0]} 年 {len(rows)} 张凭证{said.zh}：{joined([named(voucher) for voucher in rows])}",
            f"{len(rows)} vouchers of {key[0]} {said.en}",
        ),
        expected=Text("由会计人员制单，另一人审批", "prepared by the accountant, approved by another"),
        evidence=rows_of(rows, said, population(case).debit_fen),
        related=("ACC03", "CTL02"),
    )
