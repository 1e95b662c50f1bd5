"""资产处置未报批或变价收入未入账：固定资产减少没有批准，处置了不销账，卖掉了没有收入。

检查内容
一、净贷记固定资产、无形资产的凭证（红字冲销、转入在建工程改扩建的除外）没有写决议编号，或所写编号不在 resolutions.csv、
没有通过、日期在后的。二、登记簿写明本期已处置的自有卡片，账上没有减少相应原值的。三、摘要写明出售、变卖、变价而
同一年度没有处置收入入账（其他收入、待处理财产损溢、其他应付款）的，列为疑点。
依据
《工会会计制度》第三十六条、第三十七条：报经批准认定后及时处理；处置净收入计入当期收入；附录1第162号科目四(四)、第182号科目三。
危害
资产被低价、无偿处置，变价款流入小金库。
反例
报废电脑 3 台，凭证没有批准文号；卖废品的 300.00 元没有入账。
正例
委员会决议（写明编号）后转入待处理财产损溢，变价款记处理净收入。
参数
无。
局限
决议内容与资产是否对应、价格是否公允须看原件。银行流水里没有入账的变价款由 INC16 检查。
"""

from __future__ import annotations

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.assets.cards import Card, cards
from rules.assets.disposals import DISPOSABLE, Leaving, leaving, proceeds, unbooked
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.resolutions import undecided
from rules.rule import Case, rule
from rules.text.match import Match, match, told
from rules.vouchers import named, touching

SYSTEM = "accounting-system-2021"


@rule(
    code="AST09",
    name="asset-disposal-unapproved",
    title=Text("资产处置未报批或变价收入未入账", "Disposal unapproved or proceeds not booked"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "第三十六条"),
        Citation(SYSTEM, "第三十七条"),
        Citation(SYSTEM, "附录1 第162号科目 四(四)"),
    ),
)
def check(case: Case) -> Checked:
    """Report assets that left without approval, left without leaving the books, or were sold for nothing."""
    gone = leaving(touching(case.booked, *DISPOSABLE))
    disposed = [c for c in cards(case) if c.own and c.disposed and case.since <= c.disposed <= case.until]
    if not gone and not disposed:
        return not_applicable("本期没有减少固定资产、无形资产", "no assets left in the period")
    findings: list[Finding] = []
    unread = 0
    for one in gone:
        fault = undecided(case, one.line.head)
        if fault is not None:
            findings.append(_unapproved(case, one, fault))
        unread += fault is None and "resolutions" not in case.facts.registers
        findings += _sold_for_nothing(case, one)
    findings += [_still_there(case, card) for card in unbooked(case, disposed)]
    untested = []
    if unread:
        zh = f"缺少 registers/resolutions.csv，{unread} 张处置凭证所写的决议无从核对"
        untested.append(Text(zh, f"no registers/resolutions.csv: {unread} resolutions not checked"))
    if "assets" not in case.facts.registers:
        zh = "缺少 registers/assets.csv，已处置而未销账的资产无法检查"
        untested.append(Text(zh, "no registers/assets.csv: disposals that were not booked cannot be seen"))
    return examined(len(gone) + len(disposed), findings, untested)


def _unapproved(case: Case, one: Leaving, fault: Text) -> Finding:
    voucher, money = named(one.line.head), shown_yuan(one.left_fen)
    note = Text(f"减少资产原值 {money} 元", f"assets of {money} yuan taken out")
    return case.finding(
        voucher,
        "approval",
        message=Text(
            f"凭证 {voucher}（{one.line.head.narration}）减少资产原值 {money} 元，{fault.zh}",
            f"voucher {voucher}: assets of {money} yuan left the books; {fault.en}",
        ),
        expected=Text("处置前报经批准，凭证写明决议或批复", "approved before, and the voucher says by what"),
        found=fault,
        remedy=Text("补报审批并附批复；不应处置的恢复入账并追回", "obtain the approval, or restore and recover"),
        evidence=(posting_evidence(one.line, note, one.left_fen),),
        amount_fen=one.left_fen,
        related=("AST11", "INC16"),
    )


def _hits(one: Leaving) -> tuple[Match, ...]:
    return tuple(hit for hit in match(one.line.head.narration, "disposal", one.line.date) if hit.means == "sale")


def _sold_for_nothing(case: Case, one: Leaving) -> list[Finding]:
    """Return a lead where a sale has no proceeds: none in its voucher, none of another in its year."""
    hits = _hits(one)
    came = proceeds(case.facts, one.line.date.year) if hits else []
    if not hits or any(line.entry == one.line.entry or _names_a_sale(case, line) for line in came):
        return []
    voucher, money, why = named(one.line.head), shown_yuan(one.left_fen), told(hits)
    return [
        case.finding(
            voucher,
            "proceeds",
            message=Text(
                f"凭证 {voucher} 出售资产（原值 {money} 元），当年没有变价收入入账：{why.zh}",
                f"voucher {voucher}: assets of {money} yuan sold, no proceeds in the year: {why.en}",
            ),
            expected=Text("变价收入记其他收入或处理净收入", "proceeds taken to income"),
            found=Text("没有变价收入", "no proceeds"),
            remedy=Text("查明价款去向，如数入账", "find where the money went, and book it"),
            evidence=(posting_evidence(one.line, why, one.left_fen),),
            certainty=Certainty.LEAD,
            related=("INC16",),
        )
    ]


def _names_a_sale(case: Case, line: PostingRow) -> bool:
    return any(match(line.head.narration, words, case.until) for words in ("disposal", "bank_income"))


def _still_there(case: Case, card: Card) -> Finding:
    money = shown_yuan(card.cost_fen)
    note = Text(f"登记簿写明 {card.disposed} 处置", f"disposed of on {card.disposed} by the register")
    return case.finding(
        card.asset_id,
        "books",
        message=Text(
            f"“{card.shown}”{card.disposed} 已处置，账上没有减少原值 {money} 元",
            f"{card.shown} was disposed of on {card.disposed}, {money} yuan are still in the books",
        ),
        expected=Text("处置时冲减账面价值和资产基金", "taken off the books with the asset fund"),
        found=Text("没有销账", "not taken off"),
        remedy=Text("查明批准文件和变价收入，补记处置", "find the approval and the proceeds; book the disposal"),
        evidence=(card.evidence(note, date=card.disposed),),
        amount_fen=card.cost_fen,
        related=("AST16",),
    )
