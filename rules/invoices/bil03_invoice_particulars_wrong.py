"""发票要素不符或品名笼统：发票抬头不是本工会、入账金额大于票面，或品名只写“办公用品”“食品”而没有名称。

检查内容
本期入账并在发票登记簿的发票：一、抬头写明而不是本工会的，按抬头每年并作一项；二、一张凭证入账的金额大于票面金额的；三、登记簿
的销售方与凭证所写的销售方是两个名称的；四、品名去掉笼统用语后没有内容的，每年并作一项。
依据
《中华人民共和国发票管理办法》第二十一条：开具发票应当按照规定的栏目如实开具；第二十条：不符合规定的发票不得作为财务
报销凭证。
危害
用单位行政或别人的发票报销，等于替别人付账；笼统的品名掩盖购物卡、礼品和个人消费。
反例
工会报销抬头为“某市第一医院”的发票 3,200.00 元；品名只写“日用品”。
正例
抬头为工会全称，品名“办公用品（打印纸）”并附销货清单。
参数
无；笼统用语在 rules/words/vague_items.toml。
局限
抬头含“工会”而名称不同的可能是简称，销售方不同的可能是更名，与笼统品名一样只作疑点。2023年7月20日以前只作疑点。分开在几张凭证
入账而合计大于票面的见 BIL06。税号须看票面。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.booked import (
    booked_in_period,
    certainty_on,
    invoice_register,
    on_several_lines,
    registered_in_period,
)
from rules.invoices.grouped import Note, by_year, one_finding
from rules.invoices.particulars import is_vague, made_out_to, not_told
from rules.invoices.parties import Sameness, is_union, sameness
from rules.rule import Case, rule

REMEDY = Text(
    "换开合规的发票，或附销货清单；不属于工会的支出退回", "have a proper invoice issued; settle what is not the union's"
)


@rule(
    code="BIL03",
    name="invoice-particulars-wrong",
    title=Text("发票要素不符或品名笼统", "Invoice with wrong particulars or vague goods"),
    severity=Severity.HIGH,
    citations=(Citation("invoice-measures-2023", "第二十一条"), Citation("invoice-measures-2023", "第二十条")),
    needs=("invoices",),
)
def check(case: Case) -> Checked:
    """Report booked invoices made out to another buyer, smaller than booked, of another seller, or with vague goods."""
    booked = booked_in_period(case)
    if not booked:
        return not_applicable("本期没有入账的发票", "no invoices booked in the period")
    known = invoice_register(case) or {}
    told, union = registered_in_period(case), case.facts.union.name
    buyers, items = [row.buyer for _, row in told], [row.item for _, row in told]
    findings: list[Finding] = []
    foreign = {buyer for buyer in set(buyers) if buyer and not made_out_to(buyer, union)}
    if foreign:
        strange = [line for line, row in told if row.buyer in foreign]
        findings += [_bought_by(case, *group) for group in by_year(strange, lambda line: known[line.invoice].buyer)]
    several, pairs = on_several_lines(case), set()
    for line, row in told:
        if line.amount_fen > row.amount_fen and line.invoice not in several:
            findings.append(_over_face(case, line, row.amount_fen))
        if line.invoice_seller != row.seller:
            pairs.add((line.invoice_seller, row.seller))
    apart = {(ours, theirs) for ours, theirs in pairs if ours and theirs and sameness(ours, theirs) is Sameness.OTHER}
    if apart:
        other = [line for line, row in told if (line.invoice_seller, row.seller) in apart]
        groups = by_year(other, lambda line: line.invoice_seller, lambda line: known[line.invoice].seller)
        findings += [_sold_by(case, *group) for group in groups]
    vague = {item for item in set(items) if is_vague(item)}
    if vague:
        bare = by_year(line for line, row in told if row.item in vague)
        findings += [_vague(case, year, lines, known) for year, _, lines in bare]
    return examined(len(told), findings, not_told(len(booked) - len(told), buyers.count("") + items.count("")))


def _bought_by(case: Case, year: int, names: tuple[str, ...], lines: Sequence[PostingRow]) -> Finding:
    (buyer,) = names
    said = Text(f"抬头是“{buyer}”，不是本工会", f"made out to “{buyer}”")
    sure = Certainty.LEAD if is_union(buyer) else certainty_on(case, min(line.date for line in lines))
    return _told(case, (str(year), "buyer", buyer), lines, said, said, certainty=sure)


def _over_face(case: Case, line: PostingRow, face: int) -> Finding:
    money = line.amount_fen
    zh = f"凭证 {line.voucher} 发票 {line.invoice} 票面 {shown_yuan(face)} 元，多记 {shown_yuan(money - face)} 元"
    said = Text(zh, f"invoice {line.invoice} of {shown_yuan(face)} yuan booked as {shown_yuan(money)}")
    key = (line.voucher, "face", line.invoice)
    sure = certainty_on(case, line.date)
    return _told(case, key, [line], said, said, amount_fen=money - face, certainty=sure)


def _sold_by(case: Case, year: int, names: tuple[str, ...], lines: Sequence[PostingRow]) -> Finding:
    ours, theirs = names
    said = Text(
        f"凭证写销售方“{ours}”，发票登记簿是“{theirs}”",
        f"seller “{ours}” on the voucher, “{theirs}” in the register of invoices",
    )
    return _told(case, (str(year), "seller", ours, theirs), lines, said, said, amount_fen=0, related="EXP47")


def _vague(case: Case, year: int, lines: Sequence[PostingRow], known: Mapping[str, InvoiceRow]) -> Finding:
    def note(line: PostingRow) -> Text:
        item = known[line.invoice].item
        return Text(f"品名“{item}”", f"goods “{item}”")

    said = Text("品名笼统", "vague goods")
    return _told(case, (str(year), "vague"), lines, said, note, severity=Severity.MEDIUM, related="BIL04")


def _told(
    case: Case,
    key: tuple[str, ...],
    lines: Sequence[PostingRow],
    said: Text,
    note: Note,
    *,
    amount_fen: int | None = None,
    certainty: Certainty = Certainty.LEAD,
    severity: Severity | None = None,
    related: str = "",
) -> Finding:
    year, money = min(line.date for line in lines).year, shown_yuan(net_fen(lines))
    return one_finding(
        case,
        *key,
        lines=lines,
        message=Text(
            f"{year} 年入账发票 {len(lines)} 张共 {money} 元，{said.zh}",
            f"{len(lines)} invoices booked in {year}, {money} yuan: {said.en}",
        ),
        expected=Text(
            f"抬头为“{case.facts.union.name}”，销售方、金额与凭证一致，品名具体",
            "made out to the union, seller and amount as booked, goods named",
        ),
        found=said,
        remedy=REMEDY,
        note=note,
        amount_fen=amount_fen,
        certainty=certainty,
        severity=severity,
        related=(related,) if related else (),
    )
