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

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ledger.journal_rows import VoucherRow
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.signatures import by_signatures
from rules.vouchers import in_order, names_of, years

_Persons = dict[str, list[VoucherRow]]
_Years = dict[int, _Persons]

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
    if not case.vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    prepared, approved = _by_preparer(case)
    count = sum(len(rows) for own in prepared.values() for rows in own.values())
    untested = []
    if bare := len(case.vouchers) - count:
        zh = f"{bare} 张凭证没有写制单人，无法判断"
        untested.append(Text(zh, f"{bare} vouchers do not name their preparer"))
    if count < _LEAST:
        zh = f"写明制单人的凭证 {count} 张，少于 {_LEAST} 张，不测谁很少制单"
        untested.append(Text(zh, f"{count} vouchers name their preparer: too few to tell who is rare"))
    findings: list[Finding] = []
    for year in sorted(prepared):
        findings += _rare(case, year, prepared[year], count)
        findings += _own(case, year, approved[year], count)
    return examined(count, findings, untested, note=_METHOD.said(count))


def _by_preparer(case: Case) -> tuple[_Years, _Years]:
    """Return the vouchers that name their preparer, and those that he approved as well, by year and by person."""
    prepared: _Years = defaultdict(lambda: defaultdict(list))
    approved: _Years = defaultdict(lambda: defaultdict(list))
    for signed, vouchers in by_signatures(case).items():
        for year, own in years(vouchers) if signed.prepared else ():
            prepared[year][signed.prepared] += own
            if signed.prepared == signed.approved:
                approved[year][signed.prepared] += own
    return prepared, approved


def _rare(case: Case, year: int, prepared: _Persons, count: int) -> Iterator[Finding]:
    whole = sum(map(len, prepared.values()))
    for who, rows in sorted(prepared.items()) if whole >= _LEAST else ():
        if len(rows) <= _FEW and len(rows) * _SHARE <= whole:
            said = Text(f"由很少制单的 {who} 制单", f"prepared by {who}, who rarely does")
            yield _finding(case, (str(year), "rare", who), in_order(rows), said, count)


def _own(case: Case, year: int, approved: _Persons, count: int) -> Iterator[Finding]:
    for who, rows in sorted(approved.items()):
        said = Text(f"制单和审批都是 {who}", f"prepared and approved by {who}")
        yield _finding(case, (str(year), "own", who), in_order(rows), said, count)


def _finding(case: Case, key: tuple[str, ...], rows: Sequence[VoucherRow], said: Text, count: int) -> Finding:
    return _METHOD.lead(
        case,
        *key,
        count=count,
        told=Text(
            f"{key[0]} 年 {len(rows)} 张凭证{said.zh}：{names_of(rows)}",
            f"{len(rows)} vouchers of {key[0]} {said.en}",
        ),
        expected=Text("由会计人员制单，另一人审批", "prepared by the accountant, approved by another"),
        evidence=rows_of(rows, said, population(case).debit_fen),
        related=("ACC03", "CTL02"),
    )
