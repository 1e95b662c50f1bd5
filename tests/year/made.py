"""What a kept year is made of, and the builders of its vouchers: the facts a person keys beside the entry it must make.

Every voucher is stated twice: by the answers that the browser's form asks for, and by the lines and columns that a
treasurer writes into the workbook. Neither is worked out of the other by the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

BASIC, CUSTODY = "10201 银行存款-基本户", "10202 银行存款-代管经费"
CASH, OWED = "101 库存现金", "211 应付上级经费"
OVERRIDE = "m.budget-override"  # the field for why a warning of the budget is passed
RETAINED = Decimal("0.60")
WAY = {BASIC: "转账", CUSTODY: "转账", CASH: "现金"}


@dataclass(frozen=True)
class Posted:
    """One line of a voucher: the account as the workbook names it, and yuan on one of the two sides."""

    account: str
    debit: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Kept:
    """One voucher of the year.

    `event` and `answers` (field → text) are what is keyed in the browser; `columns` (head → cell) and `lines` what
    stands in the workbook.
    """

    number: str
    day: str
    event: str
    payee: str
    narration: str
    lines: tuple[Posted, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def scans(self) -> int:
        """How many scans are attached in the browser: of what has an electronic invoice, one for each paper."""
        electronic = self.columns.get("发票类型") == "数电普票" and self.event != "reversal"
        return int(self.columns["附件张数"]) if electronic else 0


def fen(yuan: str | Decimal) -> Decimal:
    """Yuan to the fen, halves upwards."""
    return Decimal(yuan).quantize(Decimal("0.01"), ROUND_HALF_UP)


def debit(account: str, yuan: str | Decimal) -> Posted:
    """A line of 借."""
    return Posted(account, debit=str(fen(yuan)))


def credit(account: str, yuan: str | Decimal) -> Posted:
    """A line of 贷."""
    return Posted(account, credit=str(fen(yuan)))


def contribution(number: str, day: str, month: str, wages: str) -> Kept:
    """The employer's 2 % of a month's wages; 60 % stay, the rest is owed upward."""
    whole = fen(Decimal(wages) * 2 / 100)
    own = fen(whole * RETAINED)
    paper = f"皖财00{month[5:]}"
    receipt = {"invoice": paper, "invoice_type": "财政票据"}
    return Kept(
        number,
        day,
        "contribution_received_direct",
        "某县实验小学",
        f"收到某县实验小学拨缴2025年{int(month[5:])}月工会经费",
        (debit(BASIC, whole), credit("402 拨缴经费收入", own), credit(OWED, whole - own)),
        {"amount": str(whole), "payee": "某县实验小学", "month_of": month, "attachments": "1", **receipt},
        {
            "资金来源": "留成",
            "支付方式": "转账",
            "所属月": month,
            "附件张数": "1",
            "发票号": paper,
            "发票类型": "财政票据",
        },
    )


def received(
    number: str, day: str, event: str, payee: str, narration: str, account: str, yuan: str, *,
    into: str = BASIC, fund: str = "留成", answers: Mapping[str, str] = {}, columns: Mapping[str, str] = {},
) -> Kept:  # fmt: skip
    """Money that came in, for one account."""
    return Kept(
        number,
        day,
        event,
        payee,
        narration,
        (debit(into, yuan), credit(account, yuan)),
        {"amount": yuan, "payee": payee, "attachments": "1", **answers},
        {"资金来源": fund, "支付方式": WAY[into], "附件张数": "1", **columns},
    )


def spent(
    number: str, day: str, event: str, payee: str, item: str, narration: str, account: str, yuan: str, kind: str, *,
    fund: str = "留成", invoice: str = "", people: str = "", answers: Mapping[str, str] = {},
    columns: Mapping[str, str] = {},
) -> Kept:  # fmt: skip
    """Money paid out by transfer for one account; `kind` is the kind of activity."""
    given = {"amount": yuan, "payee": payee, "item": item, "attachments": "2", "handled_by": "吴某某"}
    cells = {"资金来源": fund, "支付方式": "转账", "活动类型": kind, "附件张数": "2", "经办人": "吴某某"}
    if fund != "留成":
        given["fund"] = {"专项": "上级专项补助", "补助": "行政补助"}[fund]
    if invoice:
        given |= {"invoice": invoice, "invoice_date": day, "invoice_type": "数电普票", "invoice_seller": payee}
        cells |= {"发票号": invoice, "开票日期": day, "发票类型": "数电普票", "销售方": payee}
    if people:
        given["participants"] = cells["参与人数"] = people
    return Kept(
        number,
        day,
        event,
        payee,
        narration,
        (debit(account, yuan), credit(BASIC, yuan)),
        given | answers,
        cells | columns,
    )


def worn(number: str, day: str, yuan: str) -> Kept:
    """A month's depreciation, which the browser makes out of the cards at one press."""
    return Kept(
        number,
        day,
        "depreciation",
        "",
        f"计提{int(day[5:7])}月固定资产折旧",
        (debit("30104 固定资产", yuan), credit("163 累计折旧", yuan)),
    )


def remitted(number: str, day: str, months: str, shown: str, yuan: str) -> Kept:
    """What is owed upward, paid to the union above."""
    return Kept(
        number,
        day,
        "remitted_upward",
        "某县总工会",
        f"上缴某县总工会{shown}工会经费",
        (debit(OWED, yuan), credit(BASIC, yuan)),
        {"amount": yuan, "payee": "某县总工会", "month_of": months, "attachments": "1"},
        {"支付方式": "转账", "所属月": months, "附件张数": "1"},
    )
