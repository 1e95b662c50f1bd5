"""购入资产只列支不入账：资本性支出花掉了，固定资产、无形资产里却没有这件东西。

检查内容
逐张列资本性支出的凭证，看同一凭证有没有同额增加固定资产、无形资产、在建工程或长期待摊费用；没有的，再找账上其他凭证中
同额的入账，以及同月没有配对的入账。仍缺的部分列为问题。红字冲销与被冲销的凭证合并看待。
2022年以前只看房屋、设备、交通工具的购置（当时修缮不入账）。
依据
《工会会计制度》（财会〔2021〕7号）附录1第162号科目四(一)、第507号科目三：购置资产时借记固定资产等、贷记资产基金，
同时借记资本性支出。《中华人民共和国会计法》第十条、第二十四条：资产增减应当办理会计手续，不得不列、少列资产。
危害
东西买来就在账外，没有卡片和保管人，丢失、挪用无从追查。
反例
借记资本性支出——办公设备购置 5,000.00 元、贷记银行存款，没有借记固定资产。
正例
同一凭证再借记固定资产、贷记资产基金——固定资产 5,000.00 元。
参数
无。
局限
信息网络购建中购买、开发软件的由 AST13 检查。列在日常支出里的设备由 EXP49 检查。同月接受捐赠的入账可能掩盖缺口。
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from ledger.journal_rows import PostingRow, VoucherRow
from ledger.money import shown_yuan
from rules.assets.depreciation import START
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.remittance.months import month_of_day
from rules.rule import Case, rule
from rules.text.match import match
from rules.vouchers import THINGS, first_line, named

CAPITAL = "capital_expenditure"
NETWORK = "information_network_purchase"
_OLD = ("buildings_purchase", "office_equipment_purchase", "special_equipment_purchase", "vehicle_purchase")


@dataclass
class _Purchase:
    """What one voucher, with those that reverse it, spent as capital and took up as an asset."""

    head: VoucherRow
    spent: int = 0
    taken_up: int = 0


@rule(
    code="AST01",
    name="bought-assets-unrecorded",
    title=Text("购入资产只列支不入账", "Bought assets expensed and never recorded"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "附录1 第507号科目 三(一)"),
        Citation("accounting-system-2021", "附录1 第162号科目 四(一)"),
        Citation("accounting-law-2024", "第二十四条"),
    ),
)
def check(case: Case) -> Checked:
    """Report capital expenditure that no asset in the books answers for."""
    bought, others = _purchases(case)
    if not bought:
        return not_applicable("本期没有资本性支出", "no capital expenditure in the period")
    missing = {key: one.spent - one.taken_up for key, one in bought.items() if one.spent > one.taken_up}
    by_day = sorted(others, key=lambda one: (one.head.date, one.head.voucher))
    _match_exactly(missing, bought, by_day)
    _match_in_month(missing, bought, by_day)
    left = [(key, fen) for key, fen in missing.items() if fen > 0]
    return examined(len(bought), [_finding(case, bought[key], fen) for key, fen in sorted(left)])


def _purchases(case: Case) -> tuple[Mapping[str, _Purchase], list[_Purchase]]:
    """Return the capital expenditure of the period by voucher, and what other vouchers since then took up."""
    own = case.facts.booked.on(CAPITAL, *THINGS)
    lines = [line for line in own if line.date >= case.since and line.head.business]
    found: dict[str, _Purchase] = {}
    for line in sorted(lines, key=attrgetter("date", "voucher", "entry")):
        one = found.setdefault(_key(line.head), _Purchase(line.head))
        if not line.head.reverses:
            one.head = line.head
        if line.group != CAPITAL:
            one.taken_up += line.amount_fen
        elif _counts(line):
            one.spent += line.amount_fen
    bought = {key: one for key, one in found.items() if one.spent > 0 and one.head.date <= case.until}
    return bought, [one for key, one in found.items() if one.spent <= 0 and one.taken_up > 0]


def _key(voucher: VoucherRow) -> str:
    """Return what a voucher counts for: the number of the one it reverses, else its own, else its place."""
    return voucher.reverses or voucher.voucher or f"#{voucher.entry}"


def _counts(line: PostingRow) -> bool:
    """Tell whether a line of capital expenditure must become an asset: software is another rule's."""
    if line.date < START:
        return line.meaning in _OLD
    return line.meaning != NETWORK or not match(line.head.narration, "software", START)


def _match_exactly(missing: dict[str, int], bought: Mapping[str, _Purchase], others: list[_Purchase]) -> None:
    for key in sorted(missing, key=lambda k: (bought[k].head.date, k)):
        for one in others:
            if one.taken_up == missing[key]:
                missing[key] = one.taken_up = 0
                break


def _match_in_month(missing: dict[str, int], bought: Mapping[str, _Purchase], others: list[_Purchase]) -> None:
    for key in sorted(missing, key=lambda k: (bought[k].head.date, k)):
        month = month_of_day(bought[key].head.date)
        for one in others:
            if month_of_day(one.head.date) == month:
                taken = min(missing[key], one.taken_up)
                missing[key] -= taken
                one.taken_up -= taken


def _finding(case: Case, one: _Purchase, fen: int) -> Finding:
    voucher, money = named(one.head), shown_yuan(fen)
    note = Text(f"资本性支出 {shown_yuan(one.spent)} 元，资产入账不足", "capital expenditure without its asset")
    citations = None if one.head.date >= START else (Citation("accounting-system-2009", "第162号科目"),)
    return case.finding(
        voucher,
        message=Text(
            f"凭证 {voucher}（{one.head.narration}）列资本性支出 {shown_yuan(one.spent)} 元，"
            f"其中 {money} 元没有记入固定资产、无形资产、在建工程或长期待摊费用",
            f"voucher {voucher}: {shown_yuan(one.spent)} yuan of capital expenditure, {money} taken up as no asset",
        ),
        expected=Text(f"同时增加资产和资产基金 {money} 元", f"an asset and its fund grow by {money} yuan"),
        found=Text(f"{money} 元没有资产入账", f"no asset for {money} yuan"),
        remedy=Text(
            "查明实物所在，补登资产卡片，补记固定资产（或无形资产等）和资产基金",
            "find the thing, make its card, and book the asset with its fund",
        ),
        evidence=(posting_evidence(first_line(case.facts.booked.by_entry[one.head.entry]), note, fen),),
        amount_fen=fen,
        citations=citations,
        related=("AST13", "AST16", "EXP49"),
    )
