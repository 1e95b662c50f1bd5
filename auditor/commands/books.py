"""`union-audit init`, `import`, `close`, `check`: making a book, bringing files into it, closing a year, its faults."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from auditor.messages import AT_FAULT, DONE, FINDINGS, fail, integrity_line, say
from ledger.importers.tables import ImportProblem
from ledger.money import shown_yuan
from rules.finding import Text

LEVELS = ("grassroots", "county", "city", "province", "national")
COLLECTIONS = ("direct", "tax", "treasury")


@click.command("init")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="工会全称 / full name of the union")
@click.option("--region", required=True, help="六位行政区划代码 / six-digit region code (GB/T 2260)")
@click.option("--year", required=True, type=int, help="首个记账年度 / first year kept")
@click.option("--code", default="", help="统一社会信用代码 / unified social credit code")
@click.option("--level", type=click.Choice(LEVELS), default="grassroots", show_default=True)
@click.option("--system", default="", help="所属系统，例如 medical / e.g. medical")
@click.option("--established", type=click.DateTime(["%Y-%m-%d"]), help="建会日期 / day of founding")
@click.option("--parent", default="", help="上级工会全称 / the union above")
@click.option("--collection", type=click.Choice(COLLECTIONS), default="direct", show_default=True)
def init_command(
    book: Path,
    name: str,
    region: str,
    year: int,
    code: str,
    level: str,
    system: str,
    established: datetime.datetime | None,
    parent: str,
    collection: str,
) -> None:
    """新建账套：union.toml、科目表和首年账簿。

    Make a new book.
    """
    from ledger.book import BookError, init_book
    from ledger.union import ProfileError

    founded = established.date() if established else None
    try:
        init_book(
            book,
            name,
            region,
            year,
            code=code,
            level=level,
            system=system,
            established=founded,
            parent=parent,
            collection=collection,
        )
    except BookError as error:
        fail([str(error)])
    except ProfileError as error:
        fail(f"{fault.key}：{fault.message}" for fault in error.faults)
    click.echo(say(Text(f"已新建账套 {book}", f"made {book}")))
    from auditor.commands.export import write_template

    template = write_template(book)
    click.echo(say(Text(f"记账模板 {template}：填好后用 union-audit import 导入", f"workbook to fill in: {template}")))


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", "book", required=True, type=click.Path(path_type=Path), help="账套文件夹 / the book")
@click.option(
    "--as",
    "kind",
    help="内容种类（vouchers、会员名册……）或软件、标准（u8、kingdee、gbt24589、saft、iso21378、ledger-table）；"
    "缺省由内容判断 / what the file holds, or whose it is",
)
@click.option("--account", default="", help="银行对账单属于哪个账户 / the ledger account of a bank statement")
@click.option("--dry-run", is_flag=True, help="只检查，不写入 / check only, write nothing")
@click.option("--allow-gaps", is_flag=True, help="允许凭证断号（审计仍会列出）/ accept gaps in voucher numbers")
def import_command(file: Path, book: Path, kind: str | None, account: str, dry_run: bool, allow_gaps: bool) -> None:
    """把工作簿、CSV、银行对账单、电子发票（或一文件夹电子发票）导入账套：全部无误才写入。

    Import a workbook, a CSV file, a bank statement, or e-invoices: all of it, or nothing.
    """
    from ledger.atomic import BookBusy
    from ledger.book import ImportRefused, import_file

    try:
        result = import_file(file, book, kind, dry_run=dry_run, allow_gaps=allow_gaps, account=account)
    except (ImportRefused, BookBusy) as error:
        fail([str(error)])
    if result.problems:
        fail([*_lines(file, result.problems), say(_refusal(len(result.problems)))])
    for line in _lines(file, result.notes):
        click.echo(line)
    counts = Text(
        f"凭证 {result.vouchers_added} 张（已有 {result.vouchers_skipped} 张），"
        f"借方合计 {shown_yuan(result.debit_total_fen)} 元，预算 {result.budgets_added} 行",
        f"{result.vouchers_added} vouchers (already there: {result.vouchers_skipped}), "
        f"debits {shown_yuan(result.debit_total_fen)} yuan, {result.budgets_added} budget lines",
    )
    click.echo(say(counts))
    for name, (new, replaced, kept) in result.registers.items():
        click.echo(
            say(
                Text(
                    f"登记簿 {name}：新增 {new} 行，替换 {replaced} 行，已有 {kept} 行",
                    f"register {name}: {new} new, {replaced} replaced, {kept} already there",
                )
            )
        )
    if result.written:
        click.echo(say(Text(f"已写入 {book}", f"written to {book}")))
    else:
        click.echo(say(Text("没有写入任何内容", "nothing was written")))


def _lines(file: Path, problems: Iterable[ImportProblem]) -> list[str]:
    return [f"{file.name}：{problem}" for problem in problems]


def _refusal(count: int) -> Text:
    return Text(f"共 {count} 处问题，没有写入任何内容；改正后重新导入", f"{count} problems, nothing written")


@click.command("close")
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("year", type=int)
def close_command(book: Path, year: int) -> None:
    """年终结转：生成结转凭证，收支科目归零。

    Close a year: write its carry-forward vouchers.
    """
    from ledger.atomic import BookBusy
    from ledger.closing import UnclosableYear, close_year

    try:
        vouchers = close_year(book, year)
    except (UnclosableYear, BookBusy) as error:
        fail([str(error)])
    for voucher in vouchers:
        total = shown_yuan(sum(max(line.amount_fen, 0) for line in voucher.lines))
        click.echo(f"{voucher.number}  {voucher.narration}  {total}")


@click.command("check")
@click.argument("book", type=click.Path(path_type=Path))
def check_command(book: Path) -> None:
    """检查账套本身：语法、科目、平衡、可疑内容。

    Check the book itself.
    """
    from auditor.books import reading_of

    reading = reading_of(book)
    if reading.fatal or reading.facts is None:
        for entry in reading.integrity:
            click.echo(integrity_line(entry), err=True)
        sys.exit(AT_FAULT)
    for entry in reading.integrity:
        click.echo(integrity_line(entry))
    vouchers = len(reading.facts.vouchers)
    click.echo(
        say(
            Text(
                f"账套可以审计：凭证 {vouchers} 张，提示 {len(reading.integrity)} 项",
                f"the book can be audited: {vouchers} vouchers, {len(reading.integrity)} notes",
            )
        )
    )
    sys.exit(FINDINGS if reading.integrity else DONE)
