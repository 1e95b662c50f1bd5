"""Writes the book of seven years into a folder: `python -m ledger.example.term FOLDER [--clean]`."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger.example.term.book import term_book

USAGE = "用法：python -m ledger.example.term 文件夹 [--clean]"


def main(arguments: list[str]) -> int:
    """Write the book that the arguments name; return the exit status: 0 done, 2 a wrong call or a book there already.

    With `--clean` the book holds none of the planted irregularities.
    """
    clean = "--clean" in arguments
    names = [argument for argument in arguments if argument != "--clean"]
    if len(names) != 1 or names[0].startswith("-") or len(arguments) - len(names) > 1:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    folder = Path(names[0])
    book = term_book(clean=clean)
    try:
        book.write(folder)
    except (FileExistsError, NotADirectoryError):
        sys.stderr.write(f"“{folder}”里已有账套或不是文件夹；请另选一个新的文件夹\n")
        return 2
    sys.stdout.write(
        f"已写出 {folder}：凭证 {len(book.vouchers) + len(book.closing)} 张，问题 {len(book.planted)} 处\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
