"""代管经费与自有资金混用：代管经费没有对应的代管存款，或一张凭证里代管的钱与工会的钱互相挪动。

检查内容
一、本期各月末及期末，代管经费（221）余额与库存现金、银行存款下“代管”明细余额合计是否相等；不等的列出各月差额和造成差额的
凭证。二、月末都相等，但个别凭证的代管经费变动与代管存款变动不等的（先挪用后归还），按月列出。
依据
《工会会计制度》附录1第102号科目二：有受托代管资金业务的，应当在银行存款下设置“代管经费”明细科目；第221号科目三：收付代管
资金，代管经费与库存现金、银行存款同额增减。
危害
别人的钱被工会花掉，或工会的钱藏进代管户逃避预算。
反例
代收互助保险费 20,000.00 元存入基本户，没有设代管明细，年末基本户只剩 5,000.00 元。
正例
代管款单独存放，月末代管经费与代管存款相等。
参数
无。
局限
按明细科目名称识别代管存款。代管的钱是否真正用于委托人的项目，须看凭证。
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from ledger.journal_rows import PostingRow, sums_by
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited, shown_month
from rules.receivables.custody import Held, custody_postings, month_ends
from rules.remittance.months import month_of_day
from rules.rule import Case, rule
from rules.vouchers import first_lines

SYSTEM = "accounting-system-2021"


class _Crossed(NamedTuple):
    """A voucher on which the two moved apart: its first line on either, and by how much."""

    line: PostingRow
    apart_fen: int


@rule(
    code="CUR07",
    name="custody-funds-mixed",
    title=Text("代管经费与自有资金混用", "Custody funds mixed with own money"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "附录1 第102号科目 二"),
        Citation(SYSTEM, "附录1 第221号科目 三(一)"),
        Citation(SYSTEM, "附录1 第221号科目 三(二)"),
    ),
)
def check(case: Case) -> Checked:
    """Report custody funds without custody money at month ends, and vouchers that mix the two."""
    postings = custody_postings(case.facts, case.until)
    if not postings:
        return not_applicable("账上没有代管经费", "the books hold no custody funds")
    held = month_ends(postings, case.since, case.until)
    apart = [at for at in held if at.gap_fen]
    crossed = _crossed(case, postings)
    if apart:
        return examined(len(held), [_gap(case, apart, crossed)])
    months: dict[str, list[_Crossed]] = {}
    for one in crossed:
        months.setdefault(month_of_day(one.line.date), []).append(one)
    return examined(len(held), [_month(case, month, own) for month, own in sorted(months.items())])


def _crossed(case: Case, postings: Sequence[PostingRow]) -> list[_Crossed]:
    """Return the vouchers of the period on which the two moved apart, in order of day and number."""
    own = [p for p in postings if p.date >= case.since and not (p.head.opening or p.head.change_over)]
    apart = {entry: abs(fen) for entry, fen in sums_by(own, attrgetter("entry")).items() if fen}
    lines = first_lines(p for p in own if p.entry in apart)
    return [_Crossed(line, apart[line.entry]) for line in lines]


def _evidence(crossed: Sequence[_Crossed]) -> list[Evidence]:
    note = Text("代管经费与代管存款变动不等", "custody funds and custody money moved apart")
    return [posting_evidence(one.line, note, one.apart_fen) for one in crossed]


def _gap(case: Case, apart: list[Held], crossed: Sequence[_Crossed]) -> Finding:
    last = apart[-1]
    word = Text("少", "less") if last.gap_fen < 0 else Text("多", "more")
    owed, kept, gap = (shown_yuan(fen) for fen in (last.owed_fen, last.kept_fen, abs(last.gap_fen)))
    balances = [
        Evidence(
            Text(
                f"代管经费 {shown_yuan(at.owed_fen)} 元，代管存款 {shown_yuan(at.kept_fen)} 元",
                "custody funds and custody money",
            ),
            date=at.day,
            amount_fen=abs(at.gap_fen),
        )
        for at in apart
    ]
    return case.finding(
        "gap",
        last.day.isoformat(),
        message=Text(
            f"{last.day} 代管经费 {owed} 元，代管存款 {kept} 元，{word.zh} {gap} 元；本期 {len(apart)} 个月末不等",
            f"{last.day}: custody funds {owed} yuan, custody money {kept} yuan, {gap} yuan {word.en}",
        ),
        expected=Text("代管存款等于代管经费", "custody money equal to custody funds"),
        found=Text(f"{word.zh} {gap} 元", f"{gap} yuan {word.en}"),
        remedy=Text("查明差额，补足或转出，代管款单独设明细存放", "make good the difference, keep custody money apart"),
        evidence=limited([*balances, *_evidence(crossed)]),
        amount_fen=abs(last.gap_fen),
        related=("DEP05", "CUR08"),
    )


def _month(case: Case, month: str, crossed: Sequence[_Crossed]) -> Finding:
    # What left custody money came back within the month: half of all that moved is the amount used.
    amount = -(-sum(one.apart_fen for one in crossed) // 2)
    money = shown_yuan(amount)
    return case.finding(
        "crossed",
        month,
        message=Text(
            f"{shown_month(month)} {len(crossed)} 张凭证的代管经费与代管存款变动不等，月末前又补平，涉及 {money} 元",
            f"{len(crossed)} vouchers of {month} moved custody money and custody funds apart: {money} yuan",
        ),
        expected=Text("每笔收付代管经费与代管存款同额增减", "both move by the same amount in every voucher"),
        found=Text(f"串用 {money} 元", f"{money} yuan mixed"),
        remedy=Text("说明原因，代管的收付只经代管存款", "account for it; move custody money only"),
        evidence=limited(_evidence(crossed)),
        amount_fen=amount,
        related=("DEP05", "CUR08"),
    )
