"""`union-audit seal` and `verify`: closing a month for good, and finding what changed in it since."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from auditor.messages import DONE, FINDINGS, fail, language, say
from rules.finding import Text

_OUTCOMES = {
    "passed": Text("通过", "passed"),
    "failed": Text("未通过", "failed"),
    "not_tested": Text("未检查", "not tested"),
}
_KINDS = {
    "changed": Text("已改动", "changed"),
    "deleted": Text("已删除", "deleted"),
    "inserted": Text("封账后增加", "inserted"),
    "moved": Text("已移到别的月份", "moved to another month"),
    "document": Text("附件变动", "document changed"),
    "balance": Text("余额变动", "balance changed"),
    "seal": Text("封账文件", "seal"),
    "chain": Text("封账记录", "chain of seals"),
}


@click.command("seal")
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("month")
@click.option("--by", default="", help="封账人 / who seals the month")
@click.option(
    "--despite", default="", metavar="原因", help="带着未通过的检查封账的原因 / reason to seal although checks fail"
)
@click.option("--reopen", default="", metavar="原因", help="重开已封账月份的原因，永久留痕 / reason to open it again")
def seal_command(book: Path, month: str, by: str, despite: str, reopen: str) -> None:
    """封账：检查一个月并锁定，此后的改动都能查出。

    Check a month and seal it.
    """
    from ledger.atomic import BookBusy
    from ledger.months import MonthNotSealed, reopen_month, seal_month

    if despite and reopen:
        fail([say(Text("--despite 和 --reopen 不能同时使用", "--despite and --reopen exclude each other"))])
    try:
        if reopen:
            record = reopen_month(book, month, reason=reopen, by=by)
            click.echo(say(Text(f"{month} 已重开，回执 {record.receipt}", f"{month} is open again, {record.receipt}")))
            return
        sealed = seal_month(book, month, by=by, despite=despite)
    except MonthNotSealed as error:
        fail(error.problems)
    except (BookBusy, OSError) as error:
        fail([str(error)])
    zh = language() == "zh"
    for check in sealed.checks:
        click.echo(f"{say(_OUTCOMES[check.outcome.value])}  {check.title[0 if zh else 1]}")
        for detail in check.details:
            click.echo(f"    {detail}")
    told = Text(
        f"{month} 已封账：凭证 {sealed.vouchers} 张。回执 {sealed.record.receipt}，请抄送经费审查委员会留存",
        f"{month} is sealed: {sealed.vouchers} vouchers. Receipt for the audit committee: {sealed.record.receipt}",
    )
    click.echo(say(told))
    sys.exit(DONE)


@click.command("verify")
@click.argument("book", type=click.Path(path_type=Path))
def verify_command(book: Path) -> None:
    """验封：逐张核对已封账月份的凭证，列出每一处改动。

    Compare the sealed months with what is in the book now.
    """
    from ledger.months import verify_book

    if not book.is_dir():
        fail([say(Text(f"{book}：没有这个账套文件夹", f"{book}: no such book folder"))])
    found = verify_book(book)
    if found.unreadable:
        fail(found.unreadable)
    for change in found.changes:
        where = f"{change.file}:{change.line}" if change.line else change.file
        head = f"{change.month} {change.name} {say(_KINDS[change.kind])}".strip()
        click.echo(f"{head}（{where}）" if where and where != change.name else head)
        for detail in change.details:
            click.echo(f"    {detail}")
    for note in found.notes:
        click.echo(say(Text(f"说明：{note}", f"note: {note}")))
    if found.changes:
        count, months = len(found.changes), len(found.months)
        click.echo(say(Text(f"已封账 {months} 个月，查出改动 {count} 处", f"{months} sealed months, {count} changes")))
        sys.exit(FINDINGS)
    if not found.months:
        click.echo(say(Text("没有已封账的月份", "no month is sealed")))
    else:
        click.echo(
            say(
                Text(
                    f"已封账 {len(found.months)} 个月，与封账时一致。最后回执 {found.receipt}，请与经审会留存的核对",
                    f"{len(found.months)} sealed months are intact. Last receipt {found.receipt}: compare it with the "
                    "audit committee's",
                )
            )
        )
    sys.exit(DONE)
