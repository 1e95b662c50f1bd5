"""`union-audit serve`: the findings in the browser, on a sanitised copy, for one person on this computer."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.messages import fail, language, say
from rules.finding import Text

if TYPE_CHECKING:
    from auditor.serve import Server


@click.command("serve")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--edit", is_flag=True, help="记账：可录入、审核、结账 / keep the book: entry, review, closing")
@click.option("--period", default="", help="审计期间，缺省为账套最后一个年度 / default: the book's last year")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="端口，0 为任选 / 0: any free port")
@click.option("--open/--no-open", "open_browser", default=True, help="是否打开浏览器 / open the browser")
def serve_command(book: Path, edit: bool, period: str, port: int, open_browser: bool) -> None:
    """在浏览器中查看审计结果，或用 --edit 记账（仅限本机）。

    Show the audit in the browser, or keep the book with --edit: on this computer only.
    """
    if edit:
        _keep(book, port, open_browser)
        return
    from auditor.books import facts_of
    from auditor.conduct import period_of
    from auditor.serve import run, server_for
    from auditor.served import serve_audits
    from rules.law_loader import load_law

    facts = facts_of(book)
    years = list(facts.years())
    if not period and not years:
        fail([say(Text(f"{book}：账套没有凭证，无法审计", f"{book}: the book has no vouchers"))])
    since, until = period_of(period or str(years[-1]))
    started = datetime.datetime.now().astimezone()
    served = serve_audits(facts, load_law(), since, until, language())
    with server_for(book, served, port=port) as server:
        _announce(server, started, open_browser)
        run(server)


def _keep(book: Path, port: int, open_browser: bool) -> None:
    from auditor.books import facts_of
    from auditor.entry.serving import editing_server
    from auditor.serve import run

    if book.exists() and not book.is_dir():
        fail([say(Text(f"{book}：不是文件夹", f"{book}: not a folder"))])
    if book.is_dir() and not (book / "main.beancount").exists() and any(book.iterdir()):
        fail(
            [
                say(
                    Text(
                        f"{book}：文件夹里有别的文件，又没有账套（main.beancount）；请用空文件夹建账",
                        f"{book}: neither a book nor an empty folder",
                    )
                )
            ]
        )
    started = datetime.datetime.now().astimezone()
    if (book / "main.beancount").exists():
        facts_of(book)
    with editing_server(book, port=port, language=language()) as server:
        _announce(server, started, open_browser)
        run(server)


def _announce(server: Server, started: datetime.datetime, open_browser: bool) -> None:
    took = (datetime.datetime.now().astimezone() - started).total_seconds()
    click.echo(
        say(
            Text(
                f"已就绪（{took:.1f} 秒）。打开下面的地址（只能用一次；按 Ctrl-C 结束）：",
                f"Ready ({took:.1f} s). Open this address (works once; Ctrl-C ends):",
            )
        )
    )
    click.echo(server.guard.address)
    if open_browser:
        click.launch(server.guard.address)
