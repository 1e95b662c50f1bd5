"""What an import costs beside what nobody can do without: reading the file, and loading the book that comes of it.

`python -m tests.bench_import [ROWS]` writes a voucher register of so many rows (100,000) as .xlsx, imports it into a
new book, and prints, all measured in this one run and each in a process of its own: calamine's reading of the file,
stock beancount's load of the result, our whole import, and their ratio. It ends with status 1 above the target.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from tests.bench import STOCK, Cost, run

ROWS = 100_000
RUNS = 3
TARGET = 3.0

CALAMINE = (
    "import sys; from python_calamine import CalamineWorkbook as W; b = W.from_path(sys.argv[1]); "
    "print(sum(len(b.get_sheet_by_name(n).to_python()) for n in b.sheet_names))"
)
_HEAD = (
    "日期", "凭证字号", "摘要", "科目", "借方金额", "贷方金额", "对方单位", "附件张数", "制单人", "审核人", "记账人",
    "经办人", "审批人", "资金来源", "支付方式", "发票号",
)  # fmt: skip
_SPENT = ("50102 文体活动支出", "50105 会员活动支出", "50405 送温暖支出", "50501 培训支出", "50502 会议支出")


def write_register(path: Path, rows: int) -> int:
    """Write a register of so many rows, two a voucher, spread over the months of 2025; return the vouchers."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("凭证")
        sheet.write_row(0, 0, _HEAD)
        vouchers = rows // 2
        per_month = -(-vouchers // 12)
        for n in range(vouchers):
            month, number = divmod(n, per_month)
            day, word = (
                f"2025-{month + 1:02d}-{1 + number * 28 // per_month:02d}",
                f"记-2025-{month + 1:02d}-{number + 1:04d}",
            )
            yuan = (1000 + n * 37 % 90_000) / 100
            told = ("某某商贸有限公司", 2, "甲", "乙", "丙", "丁", "戊", "留成", "转账", f"2534{n:016d}")
            sheet.write_row(2 * n + 1, 0, (day, word, f"购活动用品 {n}", _SPENT[n % len(_SPENT)], yuan, None, *told))
            sheet.write_row(2 * n + 2, 0, (day, word, f"购活动用品 {n}", "10201 银行存款-基本户", None, yuan))
    return vouchers


def main() -> int:
    """Print the figures; return 1 when the import costs more than the target allows."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="union-audit-bench-") as scratch:
        folder = Path(scratch)
        vouchers = write_register(folder / "凭证.xlsx", rows)
        print(f"import of {rows:,} rows, {vouchers:,} vouchers; medians of {RUNS}")
        ratios = [_once(folder, number) for number in range(RUNS)]
    ratio = statistics.median(ratios)
    print(f"  import ÷ (calamine + stock load), cpu {ratio:.2f} (target {TARGET:g})")
    return 1 if ratio > TARGET else 0


def _once(folder: Path, number: int) -> float:
    program = str(Path(sys.executable).with_name("union-audit"))
    book = folder / f"book-{number}"
    cache = {"XDG_CACHE_HOME": str(folder / f"cache-{number}")}
    run([program, "init", str(book), "--name", "某工会", "--region", "340500", "--year", "2025"], cache)
    ours = run([program, "import", str(folder / "凭证.xlsx"), "--into", str(book)], cache)
    read = run([sys.executable, "-c", CALAMINE, str(folder / "凭证.xlsx")], {})
    stock = run([sys.executable, "-c", STOCK, str(book / "main.beancount")], {"BEANCOUNT_DISABLE_LOAD_CACHE": "1"})
    for name, cost in (("calamine reads", read), ("stock load", stock), ("our import", ours)):
        _print(name, cost)
    return ours.cpu / (read.cpu + stock.cpu)


def _print(name: str, cost: Cost) -> None:
    print(f"  {name:15} cpu {cost.cpu:6.2f} s   wall {cost.wall:6.2f} s   peak {cost.memory:5.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
