"""A worked book of a grassroots union over two closed years; every figure below was computed by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from tests.rules.casefile import book_files

BANK = "Assets:102-银行存款:01-基本户"

OPENING = """
2024-01-01 * "期初" "期初余额" #opening
  Assets:101-库存现金                              500.00 CNY
  Assets:102-银行存款:01-基本户                 100000.00 CNY
  Assets:135-其他应收款:0101-会员一               1000.00 CNY
  Assets:141-库存物品:01-奖品                      800.00 CNY
  Assets:162-固定资产:01-办公设备                20000.00 CNY
  Assets:163-累计折旧                            -4000.00 CNY
  Equity:301-资产基金:30101-库存物品              -800.00 CNY
  Equity:301-资产基金:30104-固定资产            -16000.00 CNY
  Liabilities:215-其他应付款:01-押金              -300.00 CNY
  Liabilities:211-应付上级经费                   -2000.00 CNY
  Equity:321-工会资金结转:32104-累计结转         -9000.00 CNY
  Equity:322-工会资金结余:32205-累计结余        -90200.00 CNY
"""

YEAR_2024 = """
2024-03-15 * "某市第一医院" "拨缴工会经费"
  voucher: "记-2024-03-0001"
  Assets:102-银行存款:01-基本户                  10000.00 CNY
  Income:402-拨缴经费收入                        -6000.00 CNY
  Liabilities:211-应付上级经费                   -4000.00 CNY

2024-04-10 * "会员" "收会费"
  voucher: "记-2024-04-0001"
  Assets:102-银行存款:01-基本户                   1200.00 CNY
  Income:401-会费收入                            -1200.00 CNY

2024-05-20 * "体育馆" "运动会场地"
  voucher: "记-2024-05-0001"
  Expenses:501-职工活动支出:50102-文体活动支出    2500.00 CNY
  Assets:102-银行存款:01-基本户                  -2500.00 CNY
"""

CLOSE_2024 = """
2024-12-31 * "本单位" "年末结转收支" #carry-forward
  voucher: "转-2024-12-0001"
  Income:402-拨缴经费收入                         6000.00 CNY
  Income:401-会费收入                             1200.00 CNY
  Expenses:501-职工活动支出:50102-文体活动支出   -2500.00 CNY
  Equity:322-工会资金结余:32203-本年收支结转     -4700.00 CNY

2024-12-31 * "本单位" "年末冲销明细" #carry-forward
  voucher: "转-2024-12-0002"
  Equity:322-工会资金结余:32203-本年收支结转      4700.00 CNY
  Equity:322-工会资金结余:32205-累计结余         -4700.00 CNY
"""

YEAR_2025 = """
2025-02-10 * "某市第一医院" "拨缴工会经费"
  voucher: "记-2025-02-0001"
  Assets:102-银行存款:01-基本户                  20000.55 CNY
  Income:402-拨缴经费收入                       -12000.33 CNY
  Liabilities:211-应付上级经费                   -8000.22 CNY

2025-03-08 * "某市总工会" "困难帮扶专项补助"
  voucher: "记-2025-03-0001"
  fund: "earmarked"
  project: "困难帮扶"
  Assets:102-银行存款:01-基本户                   5000.00 CNY
  Income:403-上级补助收入:40302-专项转移支付补助  -5000.00 CNY

2025-03-20 * "超市" "节日慰问"
  voucher: "记-2025-03-0002"
  Expenses:501-职工活动支出:50105-会员活动支出    3200.10 CNY
  Assets:102-银行存款:01-基本户                  -3200.10 CNY

2025-03-25 * "体育用品店" "购入奖品入库"
  voucher: "记-2025-03-0003"
  Assets:141-库存物品:01-奖品                      900.00 CNY
  Equity:301-资产基金:30101-库存物品              -900.00 CNY
  Expenses:501-职工活动支出:50102-文体活动支出     900.00 CNY
  Assets:102-银行存款:01-基本户                   -900.00 CNY

2025-04-02 * "本单位" "领用奖品"
  voucher: "转-2025-04-0001"
  Equity:301-资产基金:30101-库存物品               400.00 CNY
  Assets:141-库存物品:01-奖品                     -400.00 CNY

2025-04-30 * "电脑公司" "购置办公设备"
  voucher: "记-2025-04-0001"
  Assets:162-固定资产:01-办公设备                 6000.00 CNY
  Equity:301-资产基金:30104-固定资产             -6000.00 CNY
  Expenses:507-资本性支出:50702-办公设备购置      6000.00 CNY
  Assets:102-银行存款:01-基本户                  -6000.00 CNY

2025-05-31 * "本单位" "计提折旧"
  voucher: "转-2025-05-0001"
  Equity:301-资产基金:30104-固定资产                83.33 CNY
  Assets:163-累计折旧                              -83.33 CNY

2025-06-15 * "会员二" "困难帮扶"
  voucher: "记-2025-06-0001"
  fund: "earmarked"
  project: "困难帮扶"
  Expenses:504-维权支出:50404-困难职工帮扶支出    1500.00 CNY
  Assets:102-银行存款:01-基本户                  -1500.00 CNY

2025-06-20 * "体育馆" "退回上年多付场地费"
  voucher: "记-2025-06-0002"
  Assets:102-银行存款:01-基本户                    200.00 CNY
  Equity:322-工会资金结余:32201-年初余额调整      -200.00 CNY

2025-07-01 * "某市总工会" "上解经费"
  voucher: "记-2025-07-0001"
  Liabilities:211-应付上级经费                   10000.00 CNY
  Assets:102-银行存款:01-基本户                 -10000.00 CNY

2025-08-01 * "会员一" "活动备用金"
  voucher: "记-2025-08-0001"
  Assets:135-其他应收款:0101-会员一                700.00 CNY
  Assets:102-银行存款:01-基本户                   -700.00 CNY

2025-09-30 * "某银行" "利息"
  voucher: "记-2025-09-0001"
  Assets:102-银行存款:01-基本户                     12.34 CNY
  Income:408-其他收入                              -12.34 CNY

2025-10-01 * "某市第一医院" "行政补助"
  voucher: "记-2025-10-0001"
  Assets:102-银行存款:01-基本户                   3000.00 CNY
  Income:405-行政补助收入                        -3000.00 CNY

2025-11-11 * "本单位" "报废设备待处理"
  voucher: "转-2025-11-0001"
  Assets:182-待处理财产损溢:01-待处理财产价值     1000.00 CNY
  Assets:163-累计折旧                              200.00 CNY
  Assets:162-固定资产:01-办公设备                -1200.00 CNY
"""

CLOSE_2025 = """
2025-12-31 * "本单位" "年末结转专项" #carry-forward
  voucher: "转-2025-12-0001"
  Income:403-上级补助收入:40302-专项转移支付补助   5000.00 CNY
  Expenses:504-维权支出:50404-困难职工帮扶支出   -1500.00 CNY
  Equity:321-工会资金结转:32103-本年收支结转     -3500.00 CNY

2025-12-31 * "本单位" "年末结转非专项" #carry-forward
  voucher: "转-2025-12-0002"
  Income:402-拨缴经费收入                        12000.33 CNY
  Income:405-行政补助收入                         3000.00 CNY
  Income:408-其他收入                               12.34 CNY
  Expenses:501-职工活动支出:50105-会员活动支出   -3200.10 CNY
  Expenses:501-职工活动支出:50102-文体活动支出    -900.00 CNY
  Expenses:507-资本性支出:50702-办公设备购置     -6000.00 CNY
  Equity:322-工会资金结余:32203-本年收支结转     -4912.57 CNY

2025-12-31 * "本单位" "年末冲销明细" #carry-forward
  voucher: "转-2025-12-0003"
  Equity:321-工会资金结转:32103-本年收支结转      3500.00 CNY
  Equity:321-工会资金结转:32104-累计结转         -3500.00 CNY
  Equity:322-工会资金结余:32203-本年收支结转      4912.57 CNY
  Equity:322-工会资金结余:32201-年初余额调整       200.00 CNY
  Equity:322-工会资金结余:32205-累计结余         -5112.57 CNY
"""

CLOSED = OPENING + YEAR_2024 + CLOSE_2024 + YEAR_2025 + CLOSE_2025


def facts_of(folder: Path, text: str, level: str = "grassroots") -> Facts:
    """Write a book of this text and read it in this process."""
    for path, content in book_files(text, {}, union={"level": level}).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    facts = facts_from(read_tables(folder))
    assert not [e for e in facts.integrity if e.severity == "high"], facts.integrity
    return facts


def summed(
    text: str, accounts: str, keep: Callable[[str, str], bool] = lambda day, head: True, *, debits: bool = False
) -> int:
    """Return the sum in fen of the postings on accounts that match, added up from the text alone.

    `keep` gets the day and the first line of each transaction, `debits` leaves credits out. Nothing of the
    program is used.
    """
    total, kept = Decimal(0), False
    for line in text.splitlines():
        if head := re.match(r"(\d{4}-\d{2}-\d{2}) \*", line):
            kept = keep(head[1], line)
        elif kept and (posting := re.match(r"\s+([A-Z]\S+)\s+(-?[\d.]+) CNY", line)):
            name, number = posting.groups()
            counts = re.match(accounts, name) and not (debits and number.startswith("-"))
            total += Decimal(number) if counts else 0
    return int(total * 100)
