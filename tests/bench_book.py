"""A book of any size for the benchmark: one year of a union, full metadata and every register."""

from __future__ import annotations

import datetime
from pathlib import Path

from ledger.accounts import account_name, chart_on, statutory
from tests.bench_registers import BenchVoucher, write_bench_registers

YEAR = 2025
DAY = datetime.date(YEAR, 1, 1)
BANK = account_name(statutory("bank_deposit", DAY), "01-基本户")

UNION = """[union]
name = "某市基准工会委员会"
code = "81340500MC0000001X"
level = "grassroots"
region = "340500"
established = 2005-03-01

[bank]
accounts = ["Assets:102-银行存款:01-基本户"]
"""

SPENDING = (
    ("member_event_expense", "节日慰问品", "某某商贸有限公司"),
    ("culture_sports_expense", "职工运动会用品", "某某体育用品店"),
    ("hardship_aid_expense", "困难职工帮扶", "困难职工"),
    ("training_expense", "工会干部培训费", "某某培训中心"),
    ("meeting_expense", "会员代表大会会议费", "某某会议中心"),
)


def write_bench_book(book: Path, vouchers: int) -> None:
    """Write a book of that many vouchers, spread over the months of one year."""
    (book / "registers").mkdir(parents=True)
    (book / str(YEAR)).mkdir()
    (book / "union.toml").write_text(UNION, encoding="utf-8")
    told: list[BenchVoucher] = []
    per_month, rest = divmod(vouchers, 12)
    for month in range(1, 13):
        count = per_month + (rest if month == 12 else 0)
        text = "\n".join(_voucher(month, number, told) for number in range(1, count + 1))
        (book / str(YEAR) / f"{month:02d}.beancount").write_text(text, encoding="utf-8")
    opens = [BANK, account_name(statutory("contribution_income", DAY)), account_name(statutory("union_surplus", DAY))]
    opens += [account_name(statutory("due_to_higher_union", DAY))]
    opens += [account_name(statutory(meaning, DAY)) for meaning, _, _ in SPENDING]
    (book / "accounts.beancount").write_text("".join(f"2024-12-31 open {a} CNY\n" for a in opens), encoding="utf-8")
    budget = "".join(
        f'{YEAR}-01-01 custom "union-budget" "{YEAR}" {account_name(a)} 999999999.00 CNY\n'
        f"  version: 0\n  committee: {YEAR}-01-01\n  audit-review: {YEAR}-01-01\n  approved: {YEAR}-01-01\n"
        for a in chart_on(DAY).accounts
        if a.code in {"402", "501", "504", "505"}
    )
    (book / str(YEAR) / "budget.beancount").write_text(budget, encoding="utf-8")
    includes = ["accounts", f"{YEAR}/budget", *(f"{YEAR}/{month:02d}" for month in range(1, 13))]
    main = 'option "title" "某市基准工会委员会"\noption "operating_currency" "CNY"\noption "tolerance_multiplier" "0"\n'
    main += "".join(f'include "{name}.beancount"\n' for name in includes)
    (book / "main.beancount").write_text(main, encoding="utf-8")
    write_bench_registers(book, told)


def _voucher(month: int, number: int, told: list[BenchVoucher]) -> str:
    day = datetime.date(YEAR, month, 1 + number % 28)
    name = f"记-{YEAR}-{month:02d}-{number:05d}"
    head = f'  voucher: "{name}"\n  attachments: 2\n  prepared-by: "丙"\n'
    head += '  reviewed-by: "丁"\n  posted-by: "戊"\n  handled-by: "己"\n  approved-by: "甲"\n  payment: "transfer"\n'
    if number % 50 == 0:
        contribution = account_name(statutory("contribution_income", DAY))
        due = account_name(statutory("due_to_higher_union", DAY))
        told.append(BenchVoucher(day, name, "某市基准单位", "收到拨缴工会经费", 100_00, ""))
        return (
            f'{day} * "某市基准单位" "收到拨缴工会经费"\n{head}  month-of: "{YEAR}-{month:02d}"\n'
            f"  {BANK}  100.00 CNY\n  {contribution}  -60.00 CNY\n  {due}  -40.00 CNY\n"
        )
    meaning, narration, payee = SPENDING[number % len(SPENDING)]
    fen = 1_000 + number * 37 % 90_000
    amount = f"{fen // 100}.{fen % 100:02d}"
    spent = account_name(statutory(meaning, DAY))
    told.append(BenchVoucher(day, name, payee, narration, -fen, f"F{month:02d}{number:08d}"))
    invoice = f'  invoice: "F{month:02d}{number:08d}"\n  invoice-seller: "{payee}"\n  invoice-date: {day}\n'
    return f'{day} * "{payee}" "{narration}"\n{head}{invoice}  {spent}  {amount} CNY\n  {BANK}  -{amount} CNY\n'
