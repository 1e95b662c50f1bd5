"""`union-audit serve`: the findings in the browser, on a sanitised copy, for one person on this computer."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from auditor.messages import fail, language, say
from rules.finding import Text


@click.command("serve")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--period", default="", help="审计期间，缺省为账套最后一个年度 / default: the book's last year")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="端口，0 为任选 / 0: any free port")
@click.option("--open/--no-open", "open_browser", default=True, help="是否打开浏览器 / open the browser")
def serve_command(book: Path, period: str, port: int, open_browser: bool) -> None:
    """在浏览器中查看审计结果（只读，仅限本机）。

    Show the audit in the browser: read only, on this computer only.
    """
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
        run(server)
