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

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import day
from rules.invoices.booked import booked_invoices, certainty_on, registered
from rules.invoices.grouped import Note, grouped, yearly
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
    known = registered(case)
    assert known is not None
    booked = booked_invoices(case)
    booked = booked.assign(once=~booked["invoice"].duplicated(keep=False))
    booked = booked[booked["inside"] & (booked["amount_fen"] > 0)]
    if booked.empty:
        return not_applicable("本期没有入账的发票", "no invoices booked in the period")
    face = known.rename(columns={"amount_fen": "face_fen"})[["buyer", "seller", "face_fen", "item"]]
    told = booked.merge(face, left_on="invoice", right_index=True, how="inner")
    union = case.facts.union.name
    foreign = told["buyer"].map({b: bool(b) and not made_out_to(str(b), union) for b in told["buyer"].unique()})
    vague = told["item"].map({item: is_vague(str(item)) for item in told["item"].unique()})
    pairs = set(zip(told["invoice_seller"], told["seller"], strict=True))
    apart = {(a, b) for a, b in pairs if a and b and sameness(str(a), str(b)) is Sameness.OTHER}
    other = pd.Series(
        [p in apart for p in zip(told["invoice_seller"], told["seller"], strict=True)], index=told.index, dtype=bool
    )
    findings = [_bought_by(case, *group) for group in yearly(told[foreign.astype(bool)], "buyer")]
    over = told[told["once"] & (told["amount_fen"] > told["face_fen"])]
    findings += [_over_face(case, over.iloc[[place]]) for place in range(len(over))]
    findings += [_sold_by(case, *group) for group in yearly(told[other], "invoice_seller", "seller")]
    findings += [_vague(case, *group) for group in yearly(told[vague.astype(bool)])]
    return examined(len(told), findings, not_told(len(booked) - len(told), told))


def _bought_by(case: Case, year: int, names: tuple[str, ...], rows: pd.DataFrame) -> Finding:
    (buyer,) = names
    said = Text(f"抬头是“{buyer}”，不是本工会", f"made out to “{buyer}”")
    sure = Certainty.LEAD if is_union(buyer) else certainty_on(case, day(rows["date"].min()))
    return _told(case, (str(year), "buyer", buyer), rows, said, said, certainty=sure)


def _over_face(case: Case, rows: pd.DataFrame) -> Finding:
    (row,) = records(rows)
    face, money = int(row["face_fen"]), int(row["amount_fen"])
    zh = f"凭证 {row['voucher']} 发票 {row['invoice']} 票面 {shown_yuan(face)} 元，多记 {shown_yuan(money - face)} 元"
    said = Text(zh, f"invoice {row['invoice']} of {shown_yuan(face)} yuan booked as {shown_yuan(money)}")
    key = (str(row["voucher"]), "face", str(row["invoice"]))
    sure = certainty_on(case, day(row["date"]))
    return _told(case, key, rows, said, said, amount_fen=money - face, certainty=sure)


def _sold_by(case: Case, year: int, names: tuple[str, ...], rows: pd.DataFrame) -> Finding:
    ours, theirs = names
    said = Text(
        f"凭证写销售方“{ours}”，发票登记簿是“{theirs}”",
        f"seller “{ours}” on the voucher, “{theirs}” in the register of invoices",
    )
    return _told(case, (str(year), "seller", ours, theirs), rows, said, said, amount_fen=0, related="EXP47")


def _vague(case: Case, year: int, _: tuple[str, ...], rows: pd.DataFrame) -> Finding:
    def note(row: Row) -> Text:
        return Text(f"品名“{row['item']}”", f"goods “{row['item']}”")

    said = Text("品名笼统", "vague goods")
    return _told(case, (str(year), "vague"), rows, said, note, severity=Severity.MEDIUM, related="BIL04")


def _told(
    case: Case,
    key: tuple[str, ...],
    rows: pd.DataFrame,
    said: Text,
    note: Note,
    *,
    amount_fen: int | None = None,
    certainty: Certainty = Certainty.LEAD,
    severity: Severity | None = None,
    related: str = "",
) -> Finding:
    year, money = day(rows["date"].min()).year, shown_yuan(int(rows["amount_fen"].sum()))
    return grouped(
        case,
        *key,
        rows=rows,
        message=Text(
            f"{year} 年入账发票 {len(rows)} 张共 {money} 元，{said.zh}",
            f"{len(rows)} invoices booked in {year}, {money} yuan: {said.en}",
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
