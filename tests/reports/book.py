"""A small book with one of everything that the reports print: read in this process, for these tests wrote it."""

from __future__ import annotations

from pathlib import Path

from ledger.facts import Facts
from tests.rules.casefile import book_files

BODY = """
2024-01-01 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户   10000.00 CNY
  Assets:135-其他应收款:0101-张某某备用金   500.00 CNY
  Equity:322-工会资金结余:32205-累计结余   -10500.00 CNY
2025-01-18 custom "union-budget" "2025" Expenses:501-职工活动支出:50105-会员活动支出 3000.00 CNY
  version: 0
  committee: 2025-01-08
  audit-review: 2025-01-12
  approved: 2025-01-18
2025-01-18 custom "union-budget" "2025" Income:402-拨缴经费收入 24000.00 CNY
  version: 0
  committee: 2025-01-08
  audit-review: 2025-01-12
  approved: 2025-01-18
2025-03-10 * "某市第一医院" "拨缴2月工会经费"
  voucher: "记-2025-03-0001"
  attachments: "1"
  prepared-by: "李某某"
  reviewed-by: "王某某"
  month-of: "2025-02"
  Assets:102-银行存款:01-基本户   1900.00 CNY
  Income:402-拨缴经费收入        -1140.00 CNY
  Liabilities:211-应付上级经费    -760.00 CNY
2025-05-20 * "某某商贸有限公司<script>alert(1)</script>" "五一慰问品 =1+1 #panic()"
  voucher: "记-2025-05-0001"
  attachments: "2"
  prepared-by: "李某某"
  reviewed-by: "李某某"
  occasion: "劳动节"
  Expenses:501-职工活动支出:50105-会员活动支出   3600.00 CNY
  Assets:102-银行存款:01-基本户   -3600.00 CNY
"""
REGISTERS = {
    "payroll": (
        "month,category,headcount,total_wages,dues_base\n2025-02,在编,10,100000.00,\n2025-03,在编,10,100000.01,\n"
    ),
    "officers": (
        "post,name,from,to\nchair,张某某,2024-07-01,2025-06-30\nchair,李某某,2025-07-01,\naudit_chair,王某某,2022-07-01,\n"
    ),
    "members": (
        "member_id,name,department,status,joined,left,birth_month,dues_base\n"
        "M0001,张某某,工会,active,2020-01-01,,1,5000.00\n"
        "M0002,赵某某,护理部,active,2021-01-01,,2,5000.00\n"
        "M0003,孙某某,护理部,left,2021-01-01,2024-12-31,2,5000.00\n"
    ),
}


def facts_in(folder: Path, without: tuple[str, ...] = ()) -> Facts:
    """Write the book into a folder, less some registers, and return its facts."""
    from ledger.reader.build import facts_from
    from ledger.reader.core import read_tables

    registers = {name: text for name, text in REGISTERS.items() if name not in without}
    for path, text in book_files(BODY, registers).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return facts_from(read_tables(folder))
