"""`union-audit rules`: the library of rules as a list, as pages, as a handbook, and against what is known."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from auditor.commands.papers import FORMS, in_forms, write_all
from auditor.messages import fail, language, say
from rules.finding import Text


@click.group("rules")
def rules_command() -> None:
    """审计规则：清单、说明、覆盖情况、手册。

    The rules: list, pages, coverage, handbook.
    """


@rules_command.command("list")
def list_command() -> None:
    """列出全部规则。

    List every rule.
    """
    from auditor.terminal import print_rules
    from rules.coverage import rule_list
    from rules.rule import all_rules

    print_rules(rule_list(all_rules()), language())


@rules_command.command("show")
@click.argument("code")
def show_command(code: str) -> None:
    """显示一条规则的说明、依据与参数。

    Show the page of one rule, with its law and values.
    """
    from rules.coverage import rule_page
    from rules.law_loader import load_law
    from rules.rule import all_rules

    known = {rule.code: rule for rule in all_rules()}
    if code.upper() not in known:
        fail([say(Text(f"没有规则 {code}；用 union-audit rules list 查看", f"no rule {code}; see rules list"))])
    click.echo(rule_page(known[code.upper()], load_law(), language()))


@rules_command.command("coverage")
def coverage_command() -> None:
    """对照已知问题清单，逐项说明由哪条规则检查。

    Show, for each known irregularity, which rule checks it.
    """
    from auditor.terminal import print_coverage
    from rules.coverage import coverage
    from rules.law_loader import load_law
    from rules.rule import all_rules

    print_coverage(coverage(all_rules()), load_law(), language())


@rules_command.command("handbook")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写入的文件夹 / folder")
@click.option("--format", "forms", type=click.Choice(FORMS), multiple=True, default=("html", "pdf"), show_default=True)
@click.option(
    "--date",
    "stamp",
    type=click.DateTime(["%Y-%m-%d"]),
    help="手册所署日期，缺省为今天 / the day printed on it, today if left out",
)
def handbook_command(output: Path, forms: Sequence[str], stamp: datetime.datetime | None) -> None:
    """编印审计规则手册：全部规则、法规数值、覆盖情况和人工程序清单。

    Write the handbook of all rules, their law and values, what is covered, and the steps by hand.
    """
    from reports.handbook import handbook
    from reports.visible import file_stem
    from rules.coverage import coverage
    from rules.law_loader import load_law
    from rules.rule import all_rules

    day = stamp.date() if stamp else datetime.date.today()
    rules = all_rules()
    document = handbook(rules, load_law(), coverage(rules), stamp=day, language=language())
    name = file_stem(document.title)
    write_all(output, in_forms([(name, document)], dict.fromkeys(forms)))
