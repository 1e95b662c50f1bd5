"""Writes the example's workbook and union.toml: `python -m ledger.example TARGET.xlsx [SEED]`."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger.example.draft import SEED
from ledger.example.hospital import hospital
from ledger.example.workbook import write_example

USAGE = "用法：python -m ledger.example 目标.xlsx [种子]"


def main(arguments: list[str]) -> int:
    """Write the files that the arguments name; return the exit status: 0 done, 2 a wrong call."""
    if len(arguments) not in (1, 2) or not arguments[0].endswith(".xlsx"):
        sys.stderr.write(f"{USAGE}\n")
        return 2
    if len(arguments) == 2 and not arguments[1].isdecimal():
        sys.stderr.write(f"种子“{arguments[1]}”应为自然数。{USAGE}\n")
        return 2
    target = Path(arguments[0])
    book = hospital(int(arguments[1]) if len(arguments) == 2 else SEED)
    write_example(target, book)
    sys.stdout.write(f"已写出 {target} 和 {target.with_name('union.toml')}：凭证 {len(book.vouchers)} 张\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
