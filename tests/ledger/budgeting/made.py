"""A small union's year with a budget, contracts and an earmarked project, read in this process."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from ledger.vouchers import BudgetEntry
from tests.rules.casefile import book_files

MEETING = "Expenses:505-业务支出:50502-会议支出"
TRAINING = "Expenses:505-业务支出:50501-培训支出"
SKILLS = "Expenses:503-职工服务支出:50301-劳动和技能竞赛活动支出"
EMPLOYER = "Income:405-行政补助收入"
OWN = "Income:402-拨缴经费收入"
SURPLUS = "Equity:322-工会资金结余"
PROJECT = "技术比武"
YEAR_END = datetime.date(2025, 12, 31)

_DAYS = "  committee: 2025-01-05\n  audit-review: 2025-01-06\n  approved: 2025-01-07\n"


def _line(account: str, amount: str, project: str = "") -> str:
    named = f'  project: "{project}"\n' if project else ""
    return f'2025-01-08 custom "union-budget" "2025" {account} {amount} CNY\n  version: 0\n{named}{_DAYS}'


BODY = f"""
2025-01-01 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户   10500.00 CNY
  Equity:322-工会资金结余:32205-累计结余   -10000.00 CNY
  Equity:321-工会资金结转:32104-累计结转   -500.00 CNY
    project: "{PROJECT}"
{_line(OWN, "14400.00")}{_line(EMPLOYER, "2000.00", PROJECT)}{_line(MEETING, "9000.00")}{_line(TRAINING, "8000.00")}
{_line(SKILLS, "2000.00", PROJECT)}{_line(SURPLUS, "2600.00")}
2025-02-10 * "某市第一医院" "拨缴全年工会经费"
  voucher: "记-2025-02-0001"
  Assets:102-银行存款:01-基本户   24000.00 CNY
  Income:402-拨缴经费收入       -14400.00 CNY
  Liabilities:211-应付上级经费    -9600.00 CNY
2025-03-10 * "某市第一医院" "技术比武补助"
  voucher: "记-2025-03-0001"
  project: "{PROJECT}"
  fund: "subsidy"
  Assets:102-银行存款:01-基本户   2000.00 CNY
  Income:405-行政补助收入        -2000.00 CNY
2025-04-10 * "某会议中心" "会议首款"
  voucher: "记-2025-04-0001"
  contract: "合同-1"
  Expenses:505-业务支出:50502-会议支出   3000.00 CNY
  Assets:102-银行存款:01-基本户   -3000.00 CNY
2025-05-10 * "某技校" "比武场地"
  voucher: "记-2025-05-0001"
  project: "{PROJECT}"
  fund: "subsidy"
  Expenses:503-职工服务支出:50301-劳动和技能竞赛活动支出   1700.00 CNY
  Assets:102-银行存款:01-基本户   -1700.00 CNY
2025-12-10 * "某书店" "奖品"
  voucher: "记-2025-12-0001"
  Expenses:510-其他支出   40.00 CNY
  Assets:102-银行存款:01-基本户   -40.00 CNY
"""
REGISTERS: Mapping[str, str] = {
    "payroll": "month,category,headcount,total_wages,dues_base\n"
    + "".join(f"2025-{month:02d},在编,2,100000.00,\n" for month in range(1, 13)),
    "members": "member_id,name,department,status,joined,left,birth_month,dues_base\n"
    "M1,会员一,内科,active,2010-01-01,,3,6008.00\nM2,会员二,外科,retired,2001-01-01,,7,5000.00\n",
    "contracts": "contract,signed,party,topic,amount,from,to\n"
    "合同-1,2025-04-01,某会议中心,会议,5000.00,2025-04-01,2025-12-31\n"
    "合同-2,2025-04-02,某印刷厂,印刷,700.00,2025-04-02,2025-12-31\n"
    "合同-3,2023-04-02,某旧店,旧合同,900.00,2023-04-02,2023-12-31\n",
}


def write_book(folder: Path, body: str = BODY, registers: Mapping[str, str] = REGISTERS) -> Path:
    """Write the book into a folder and return the folder."""
    for path, text in book_files(body, dict(registers)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def facts_in(folder: Path, body: str = BODY, registers: Mapping[str, str] = REGISTERS) -> Facts:
    """Write the book into a folder and return its facts."""
    return facts_from(read_tables(write_book(folder, body, registers)))


def entry(account: str, fen: int, version: int = 1, day: str = "2025-07-01", project: str = "") -> BudgetEntry:
    """One line of a revision that went through its procedure before the day."""
    date = datetime.date.fromisoformat(day)
    days = [date - datetime.timedelta(days=n) for n in (3, 2, 1)]
    return BudgetEntry(date, date.year, account, fen, version, project, *days, "调整")
