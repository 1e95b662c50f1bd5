"""`union-audit budget BOOK …`: prepare next year's budget, revise this year's, what is left of it, its papers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from auditor.messages import fail, language, say
from rules.finding import Text

if TYPE_CHECKING:
    from ledger.budgeting import BudgetProblem, LineKey, Proposal
    from ledger.facts import Facts
    from ledger.vouchers import BudgetEntry

_YEAR = click.option("--year", required=True, type=click.IntRange(2010, 2099), help="预算年度 / the budget's year")
_DAY = click.DateTime(["%Y-%m-%d"])
_FORMS = ("docx", "pdf", "xlsx", "html")


@click.group("budget")
@click.argument("book", type=click.Path(path_type=Path))
@click.pass_context
def budget_command(context: click.Context, book: Path) -> None:
    """预算：编制下年预算、调整和调剂、查看余额、打印预算表。

    Budgets: prepare, revise, transfer, what is left, and the papers.
    """
    context.meta["book"] = book


def _book() -> Path:
    found: Path = click.get_current_context().meta["book"]
    return found


@budget_command.command("prepare")
@_YEAR
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写入的 .xlsx / the .xlsx file")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="科目[/项目]=金额[；依据]",
    help="直接定下一行，例如上级补助通知的金额 / set a line, such as a subsidy that was told",
)
@click.option("--surplus", help="动用结余的金额，不写则按缺口 / how much surplus to use; as needed when left out")
@click.option("--new-project", "projects", multiple=True, help="允许的新项目名称 / a new project's name")
def prepare_command(
    year: int, output: Path | None, given: tuple[str, ...], surplus: str | None, projects: tuple[str, ...]
) -> None:
    """按本年数编制下年预算建议稿（工作簿，可改后导入）。

    Propose a year's budget from the figures of the year before, as a workbook to be imported.
    """
    from auditor.books import facts_of
    from ledger.budgeting import prepare
    from ledger.budgeting.naming import Unnamed, given_line, named_amount
    from ledger.budgeting.workbook import proposal_workbook
    from ledger.files import write_atomically

    if output is not None and output.suffix.lower() != ".xlsx":
        fail([say(Text(f"“{output.name}”应以 .xlsx 结尾", f"{output.name} should end in .xlsx"))])
    facts = facts_of(_book())
    opened = {str(a): d.date() for a, d in zip(facts.accounts["account"], facts.accounts["opened"], strict=True)}
    faults, lines = [], {}
    for text in given:
        try:
            key, one = given_line(text, tuple(opened), datetime.date(year, 1, 1))
        except Unnamed as error:
            faults.append(str(error))
            continue
        if key in lines:
            faults.append(f"“{text}”：{key.shown}已用 --set 定过一次")
        lines[key] = one
    try:
        used = named_amount(surplus) if surplus is not None else None
    except Unnamed as error:
        faults.append(f"--surplus：{error}")
    if faults:
        fail(faults)
    values, rests_on = _values(facts, year)
    made = prepare(facts, year, values, lines, surplus_fen=used, projects=projects)
    if made.problems:
        fail(map(str, made.problems))
    if output is None:
        _print_proposal(made, facts.union.name)
    else:
        try:
            write_atomically(output, proposal_workbook(made, opened, facts.union.name, rests_on))
        except OSError as error:
            fail([say(Text(f"不能写入“{output}”：{error.strerror}", f"cannot write {output}: {error.strerror}"))])
    for note in made.notes:
        click.echo(say(Text(f"注意：{note}", f"Note: {note}")), err=output is None)
    if output is not None:
        click.echo(_told(made, output))


def _told(made: Proposal, output: Path) -> str:
    from ledger.money import shown_yuan

    income, funds, spending = (shown_yuan(made.total_fen(e)) for e in ("income", "net_assets", "expense"))
    count = sum(1 for line in made.lines if line.amount_fen)
    return say(
        Text(
            f"已写入 {output}：{count} 行，收入 {income} 元，动用以前年度资金 {funds} 元，支出 {spending} 元",
            f"wrote {output}: {count} lines, income {income}, earlier funds {funds}, expenditure {spending}",
        )
    )


def _print_proposal(made: Proposal, union: str) -> None:
    from auditor.terminal import print_document
    from reports.budget_proposal import proposal_document

    print_document(proposal_document(made, union, language()))


def _values(facts: Facts, year: int) -> tuple[Mapping[str, Decimal], tuple[str, ...]]:
    """Return what the law sets for the union on 1 January of a year, and each value in a sentence with its source."""
    from rules.law import NoParameter
    from rules.law_loader import load_law

    law = load_law()
    values, told = {}, []
    for key in ("dues.rate", "dues.tail", "contribution.rate", "contribution.retained_share"):
        try:
            found = law.value(key, datetime.date(year, 1, 1), facts.union)
        except NoParameter:
            continue
        if found.value is None:
            continue
        values[key] = found.value
        instrument = law.instruments.get(found.instrument)
        name = instrument.full_title if instrument else found.instrument
        label = law.parameters[key].label if key in law.parameters else key
        checked = "" if found.status.value != "unverified" else "（原文未核）"
        told.append(f"{label} {found.text}：{name}{found.article}{checked}")
    return values, tuple(told)


def _most_revisions(facts: Facts, day: datetime.date) -> int | None:
    from rules.law import NoParameter
    from rules.law_loader import load_law

    try:
        return int(load_law().value("budget.max_revisions", day, facts.union).number)
    except (NoParameter, ValueError):
        return None


@budget_command.command("revise")
@_YEAR
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--new-project", "projects", multiple=True, help="允许的新项目名称 / a new project's name")
@click.option("--dry-run", is_flag=True, help="只检查，不写入 / check only")
def revise_command(year: int, file: Path, projects: tuple[str, ...], dry_run: bool) -> None:
    """把走完程序的预算调整录入账套（预算表，填调整后的总额）。

    Enter a revision that went through its procedure.
    """
    from ledger.budgeting import book_state, check_revision
    from ledger.budgeting.writing import BudgetRefused, read_budget_file, write_budget
    from ledger.importers.existing import budgets_of

    def make(facts: Facts) -> tuple[tuple[BudgetEntry, ...], tuple[BudgetProblem, ...]]:
        new = read_budget_file(file, facts)
        day = max(entry.date for entry in new)
        state = book_state(facts, year, day, most_revisions=_most_revisions(facts, day), projects=projects)
        return new, check_revision(tuple(budgets_of(facts)), new, state)

    from auditor.books import facts_of

    facts = facts_of(_book())
    try:
        if dry_run:
            entries, problems = make(facts)
            if problems:
                raise BudgetRefused(problems)
        else:
            entries = write_budget(_book(), make)
    except BudgetRefused as error:
        fail(error.problems)
    _tell_written(entries, dry_run)


@budget_command.command("transfer")
@_YEAR
@click.option("--from", "source", required=True, metavar="科目[/项目]", help="调出的预算行 / the line to take from")
@click.option("--to", "target", required=True, metavar="科目[/项目]", help="调入的预算行 / the line to give to")
@click.option("--amount", required=True, help="金额（元） / amount in yuan")
@click.option("--committee", required=True, type=_DAY, help="委员会通过 / adopted on")
@click.option("--audit-review", required=True, type=_DAY, help="经审会审查 / reviewed on")
@click.option("--approved", required=True, type=_DAY, help="上级批准 / approved on")
@click.option("--date", type=_DAY, help="生效日期，不写则为批准日 / in force from; the day of approval when left out")
@click.option("--reason", default="", help="原因 / why")
@click.option("--new-project", "projects", multiple=True, help="允许的新项目名称 / a new project's name")
def transfer_command(
    year: int,
    source: str,
    target: str,
    amount: str,
    committee: datetime.datetime,
    audit_review: datetime.datetime,
    approved: datetime.datetime,
    date: datetime.datetime | None,
    reason: str,
    projects: tuple[str, ...],
) -> None:
    """在两行支出预算之间调剂：一行调减、一行调增，合计不变。

    Move budget from one line of expenditure to another.
    """
    from auditor.books import facts_of
    from ledger.budgeting import Approval, book_state, check_revision, transfer_entries
    from ledger.budgeting.lines import SPENDING, in_force
    from ledger.budgeting.naming import Unnamed, named_amount, named_line
    from ledger.budgeting.revisions import BudgetProblem
    from ledger.budgeting.writing import BudgetRefused, write_budget
    from ledger.importers.existing import budgets_of

    day = (date or approved).date()
    approval = Approval(day, committee.date(), audit_review.date(), approved.date(), reason)

    def make(facts: Facts) -> tuple[tuple[BudgetEntry, ...], tuple[BudgetProblem, ...]]:
        known = tuple(map(str, facts.accounts["account"]))
        lines: list[LineKey] = []
        for text in (source, target):
            lines.append(named_line(text, known, datetime.date(year, 1, 1)))
        fen = named_amount(amount)
        existing = tuple(e for e in budgets_of(facts) if e.year == year)
        now = {key: e.amount_fen for key, e in in_force(existing, day).items()}
        wrong = [BudgetProblem(k, "不是支出预算；只在支出行之间调剂") for k in lines if k.element != SPENDING]
        if lines[0] == lines[1]:
            wrong.append(BudgetProblem(lines[0], "调出和调入是同一行"))
        if not fen:
            wrong.append(BudgetProblem(None, "调剂金额为零"))
        if now.get(lines[0], 0) < fen:
            wrong.append(BudgetProblem(lines[0], "预算不足调出的金额，或当日没有这一行预算"))
        if wrong:
            return (), tuple(wrong)
        version = max((e.version for e in existing), default=-1) + 1
        amounts = (now[lines[0]], now.get(lines[1], 0))
        new = transfer_entries(year, version, amounts, (lines[0], lines[1]), fen, approval)
        state = book_state(facts, year, day, most_revisions=_most_revisions(facts, day), projects=projects)
        return new, check_revision(existing, new, state)

    facts_of(_book())
    try:
        entries = write_budget(_book(), make)
    except BudgetRefused as error:
        fail(error.problems)
    except Unnamed as error:
        fail([str(error)])
    _tell_written(entries, False)


def _tell_written(entries: tuple[BudgetEntry, ...], dry_run: bool) -> None:
    first = entries[0]
    done = Text("检查通过，未写入", "checked, nothing written") if dry_run else Text("已录入", "entered")
    click.echo(
        say(
            Text(
                f"{done.zh}：{first.year} 年第 {first.version} 版预算，{len(entries)} 行，{first.date} 起生效",
                f"{done.en}: version {first.version} of {first.year}, {len(entries)} lines, from {first.date}",
            )
        )
    )


@budget_command.command("status")
@_YEAR
@click.option("--until", type=_DAY, help="截至日期，不写则为年末 / up to; the year's end when left out")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def status_command(year: int, until: datetime.datetime | None, form: str) -> None:
    """查看每行预算的已执行、已签未付和余额，以及调剂和各项目。

    What is spent, committed and left of every line.
    """
    from auditor.books import facts_of
    from ledger.budgeting import standing

    day = until.date() if until else datetime.date(year, 12, 31)
    if day.year != year:
        _wrong_year(day, year)
    facts = facts_of(_book())
    found = standing(facts, year, day)
    if form == "json":
        from reports.budget_status_json import status_json

        click.echo(json.dumps(status_json(found), ensure_ascii=False, indent=1))
        return
    from auditor.terminal import print_document
    from reports.budget_status import status_blocks
    from reports.model import Document

    title = say(Text("预算余额", "What is left of the budget"))
    heads = ((say(Text("单位", "Union")), facts.union.name), (say(Text("截至", "Up to")), day.isoformat()))
    print_document(Document(title, heads, status_blocks(found, language()), day, language()))


def _wrong_year(day: datetime.date, year: int) -> NoReturn:
    fail([say(Text(f"{day} 不在 {year} 年内；请核对 --until 或 --year", f"{day} is not in {year}"))])


@budget_command.command("forms")
@_YEAR
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写入的文件夹 / folder")
@click.option("--format", "forms", type=click.Choice(_FORMS), multiple=True, default=_FORMS, show_default=True)
def forms_command(year: int, output: Path, forms: tuple[str, ...]) -> None:
    """打印工会经费收支预算表，和每次调整的预算表。

    Make the statutory budget table and that of each revision.
    """
    from auditor.books import facts_of
    from auditor.commands.papers import in_forms, write_all
    from reports.budget_forms import budget_forms
    from reports.statements import StatementError
    from reports.visible import file_stem

    try:
        documents = budget_forms(facts_of(_book()), year, datetime.date(year, 12, 31), language())
    except StatementError as error:
        fail([say(Text(error.zh, error.en))])
    write_all(output, in_forms([(f"{file_stem(document.title)}-{year}", document) for document in documents], forms))
