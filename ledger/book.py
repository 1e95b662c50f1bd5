"""A union's book as a folder: made new (`init_book`), and files brought into it (`import_file`)."""

from __future__ import annotations

import datetime
from pathlib import Path

from ledger.accounts import account_name, chart_on
from ledger.importers.importing import ImportRefused, ImportResult, import_file
from ledger.importers.tables import ImportProblem
from ledger.names import component_name
from ledger.union import UnionProfile, parse_profile
from ledger.writer import profile_text, write_book

__all__ = ["BookError", "ImportProblem", "ImportRefused", "ImportResult", "import_file", "init_book"]

_FIRST_YEAR = 2010
_LAST_YEAR = 2100


class BookError(ValueError):
    """A book that cannot be made where or as asked; the message says why and the way out, in Chinese."""


def init_book(
    folder: Path,
    name: str,
    region: str,
    year: int,
    *,
    code: str = "",
    level: str = "grassroots",
    system: str = "",
    established: datetime.date | None = None,
    parent: str = "",
    collection: str = "direct",
    bank: str = "基本户",
) -> Path:
    """Make a new book in a folder: union.toml, main.beancount, and the chart of the union's level opened.

    `year` is the first year kept; its chart in force is opened on 1 January, with one bank account named `bank`.
    No register is made: one that is absent counts as not provided, which is not the same as an empty one.
    Returns the folder. Raises BookError when there is a book already or a value cannot be, ProfileError (every
    fault) when union.toml would not be readable.
    """
    if not name.strip():
        raise BookError("工会名称是空的；请用 --name 写明工会全称")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BookError(f"年度 {year} 不可用；应在 {_FIRST_YEAR} 至 {_LAST_YEAR} 之间")
    if folder.exists() and (not folder.is_dir() or (folder / "main.beancount").exists()):
        raise BookError(f"“{folder}”里已有账套或不是文件夹；请另选一个新的文件夹")
    if not component_name(bank):
        raise BookError(f"银行账户名称“{bank}”不可用；请写文字，例如 基本户")
    opened = datetime.date(year, 1, 1)
    chart = chart_on(opened)
    mine = "grassroots" if level == "grassroots" else "county"
    accounts = [account_name(a) for a in chart.accounts if a.levels in (mine, "both")]
    bank_account = account_name(chart.by_meaning["bank_deposit"], f"01-{component_name(bank)}")
    profile = UnionProfile(
        name=name.strip(),
        code=code,
        level=level,
        region=region,
        system=system,
        established=established,
        parent=parent,
        collection=collection,
        bank_accounts=(bank_account,),
    )
    text = profile_text(profile)
    parse_profile(text)
    write_book(folder, text, opened, accounts=[*accounts, bank_account])
    return folder
