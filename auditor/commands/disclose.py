"""`union-audit disclose`: what the members are shown of the year, as a page and as a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.messages import fail, language, say
from rules.finding import Text

_FORMS = ("html", "pdf")


@click.command("disclose")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--period", required=True, help="年度或月份：2025、2025-03 / a year or a month")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写入的文件夹 / folder")
@click.option("--format", "forms", type=click.Choice(_FORMS), multiple=True, default=_FORMS, show_default=True)
def disclose_command(book: Path, period: str, output: Path, forms: tuple[str, ...]) -> None:
    """编制向会员公开的经费收支情况表：不含任何个人信息。

    Make the table that is published to the members.
    """
    from auditor.books import facts_of
    from auditor.commands.papers import in_forms, write_all
    from auditor.conduct import period_of
    from reports.disclosure import disclosure
    from reports.statements import StatementError
    from reports.visible import file_stem

    since, until = period_of(period)
    try:
        document = disclosure(facts_of(book), since, until, language())
    except StatementError as error:
        fail([say(Text(error.zh, error.en))])
    name = f"{file_stem(document.title)}-{period}"
    write_all(output, in_forms([(name, document)], forms))
