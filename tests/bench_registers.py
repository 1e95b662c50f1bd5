"""Every register of the benchmark's book: a thousand members, and an invoice and a line of the bank a voucher."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from ledger.contracts import REGISTERS

YEAR = 2025
MEMBERS = 1_000
UNION = "某市基准工会委员会"


def write_bench_registers(book: Path, vouchers: Iterable[BenchVoucher]) -> None:
    """Write all registers that a book may have, those of invoices and of the bank to match its vouchers."""
    listed = list(vouchers)
    _write(book, "members", (_member(number) for number in range(1, MEMBERS + 1)))
    _write(book, "payroll", (f"{YEAR}-{month:02d},在编,1000,5000000.00,4500000.00" for month in range(1, 13)))
    _write(book, "dues", (_dues(month, n) for month in range(1, 13) for n in range(1, MEMBERS + 1)))
    _write(book, "grants", (_grant(gift, n) for gift in range(1, 5) for n in range(1, MEMBERS + 1)))
    _write(book, "officers", ("chair,甲,2023-01-01,", "audit_chair,乙,2023-01-01,", "accountant,丙,2023-01-01,"))
    _write(book, "resolutions", (f"决-{n:02d},{YEAR}-01-{n:02d},committee,节日慰问,,8,9,yes" for n in range(1, 21)))
    _write(book, "assets", (_asset(n) for n in range(1, 51)))
    _write(book, "hardship", (f"困-{n:03d},H{n:04d},相对困难,2024-01-01," for n in range(1, 41)))
    _write(book, "audits", (f"审-{YEAR},annual,{YEAR - 1}-01-01,{YEAR - 1}-12-31,{UNION},{YEAR}-03-01,,",))
    _write(book, "cash_counts", (f"{YEAR}-{m:02d}-28,Assets:101-库存现金,0.00,丁,戊" for m in range(1, 13)))
    _write(book, "contracts", (f"合-{n:02d},{YEAR}-01-02,某某商贸有限公司,慰问品,,," for n in range(1, 31)))
    _write(book, "activities", (f"活动{n},sports,{YEAR}-{n % 12 + 1:02d},,1000.00,30" for n in range(1, 201)))
    _write(book, "stock", (f"{YEAR}-02-{n:02d},毛巾,10,12.00,丁," for n in range(1, 21)))
    _write(book, "publications", (f"{YEAR}-03-01,funds,全体会员,公开栏", f"{YEAR}-03-02,budget,全体会员,公开栏"))
    _write(book, "employer", (f"{YEAR}-01-20,H{n:04d},春节,200.00" for n in range(1, 201)))
    _write(book, "invoices", (one.invoice_row for one in listed if one.invoice))
    _write(book, "bank", _bank(listed))


class BenchVoucher:
    """What a voucher of the benchmark says, as registers repeat it; `fen` is received, paid where negative."""

    def __init__(self, day: datetime.date, number: str, payee: str, narration: str, fen: int, invoice: str) -> None:
        self.day, self.number, self.payee, self.narration = day, number, payee, narration
        self.fen, self.invoice = fen, invoice

    @property
    def invoice_row(self) -> str:
        """The voucher's invoice as the register has it."""
        return f"{self.invoice},数电普票,{self.day},{self.payee},,{UNION},{_yuan(-self.fen)},{self.narration},正常"


def _bank(vouchers: list[BenchVoucher]) -> Iterable[str]:
    balance = 0
    for place, one in enumerate(sorted(vouchers, key=lambda v: (v.day, v.number))):
        balance += one.fen
        paid, received = (_yuan(-one.fen), "") if one.fen < 0 else ("", _yuan(one.fen))
        told = f"{one.payee},{one.narration},{paid},{received},{_yuan(balance)}"
        yield f"Assets:102-银行存款:01-基本户,{one.day},S{place:08d},{told}"


def _member(number: int) -> str:
    return f"H{number:04d},职工{number:04d},科室{number % 40},active,2020-01-01,,{number % 12 + 1},4500.00"


def _dues(month: int, number: int) -> str:
    return f"{YEAR}-{month:02d},H{number:04d},22.50,{YEAR}-{month:02d}-20"


def _grant(gift: int, number: int) -> str:
    occasion = ("春节", "端午节", "中秋节", "国庆节")[gift - 1]
    month = (1, 5, 9, 9)[gift - 1]
    return f"单-{gift},{YEAR}-{month:02d}-20,H{number:04d},{occasion},200.00,goods,yes,{occasion}:{YEAR}"


def _asset(number: int) -> str:
    return f"资-{number:03d},电脑,计算机设备,2023-05-01,5000.00,6,丁,bought,{YEAR}-12-20,"


def _yuan(fen: int) -> str:
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def _write(book: Path, name: str, rows: Iterable[str]) -> None:
    head = ",".join(REGISTERS[name])
    (book / "registers" / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
