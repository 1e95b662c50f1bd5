"""`union-audit depreciate` and `change-over`: vouchers that the regulation makes out of cards and balances."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.messages import fail, say
from ledger.money import shown_yuan
from rules.finding import Text

if TYPE_CHECKING:
    from ledger.change_over import Decision
    from ledger.facts import Facts
    from ledger.vouchers import Voucher, VoucherNumber

_WORD = "记"


@click.command("depreciate")
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("month")
@click.option("--word", default=_WORD, show_default=True, help="凭证字 / word of the voucher number")
@click.option("--dry-run", is_flag=True, help="只计算，不写入 / work it out, write nothing")
def depreciate_command(book: Path, month: str, word: str, dry_run: bool) -> None:
    """按资产卡片计提一个月的折旧和摊销，编制凭证。

    Write a month's depreciation out of the cards.
    """
    from auditor.books import facts_of
    from auditor.charges import month_charges
    from ledger.depreciation import last_day
    from ledger.months.chain import is_month
    from rules.law_loader import load_law

    if not is_month(month) or month < f"{datetime.date(2022, 1, 1):%Y-%m}":
        fail([say(Text(f"“{month}”不是 2022-01 以后的月份；写作 2025-03", f"{month!r} is no month since 2022-01"))])
    facts = facts_of(book)
    if "assets" not in facts.registers:
        fail([say(Text("没有 registers/assets.csv（资产卡片），无从计提", "there is no registers/assets.csv"))])
    made = month_charges(facts, load_law(), month)
    if made.done:
        listed = "、".join(f"{number} {shown_yuan(fen)} 元" for number, fen in made.done.items())
        fail([say(Text(f"{month} 已计提：{listed}；不再重复计提", f"{month} is charged already: {listed}"))])
    for charge in made.charges:
        click.echo(f"{charge.asset.asset_id}  {charge.asset.name}  {shown_yuan(charge.amount_fen)}")
    for name in made.lacking:
        told = Text(f"{name}：没有取得日期或使用年限，没有计提；请补全卡片", f"{name}: no day or life, not charged")
        click.echo(say(told), err=True)
    voucher = made.voucher(facts, _following(facts, word, last_day(month)))
    if voucher is None:
        click.echo(say(Text(f"{month} 没有应计提的资产", f"nothing to charge in {month}")))
    else:
        _finish(book, voucher, dry_run=dry_run)


@click.command("change-over")
@click.argument("book", type=click.Path(path_type=Path))
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="填好金额的 old,new,amount,reason 表 / the table of decisions, filled in",
)
@click.option("--word", default="转", show_default=True, help="凭证字 / word of the voucher number")
@click.option("--dry-run", is_flag=True, help="只计算，不写入 / work it out, write nothing")
def change_over_command(book: Path, decisions: Path | None, word: str, dry_run: bool) -> None:
    """按财会〔2021〕16号把 2021 年末余额转入新账；须人决定的先列出一张小表。

    Carry the balances of 2021 to the accounts of 2022.
    """
    from auditor.books import facts_of
    from ledger.balances import account_balances
    from ledger.change_over import DAY, change_over
    from ledger.change_over_table import questions_table, read_decisions
    from ledger.encoding import UnknownEncoding, decode

    facts = facts_of(book)
    if any(voucher.change_over for voucher in facts.listed):
        fail([say(Text("账套里已有新旧制度衔接凭证（#change-over）", "the book has a change-over already"))])
    asked: tuple[Decision, ...] = ()
    if decisions is not None:
        try:
            asked, faults = read_decisions(decode(decisions.read_bytes()).text)
        except (UnknownEncoding, OSError) as error:
            fail([f"{decisions.name}：{error}"])
        if faults:
            fail(f"{decisions.name} {fault}" for fault in faults)
    balances = {b.account: b.amount_fen for b in account_balances(facts, DAY - datetime.timedelta(days=1))}
    made = change_over(balances, facts.union.level, asked, number=_following(facts, word, DAY))
    if made.problems:
        fail(made.problems)
    if made.questions:
        click.echo(questions_table(made.questions), nl=False)
        fail(
            [
                *(question.told for question in made.questions),
                say(
                    Text(
                        "把上面的表存成文件，填好 amount 一列，再用 --decisions 文件 重新运行；没有写入任何内容",
                        "save the table, fill in its amounts and call again with --decisions; nothing was written",
                    )
                ),
            ]
        )
    if made.voucher is not None and made.voucher.lines:
        _finish(book, made.voucher, dry_run=dry_run)
    else:
        click.echo(say(Text("2021 年末没有需要转账的余额", "no balance of 2021 needs to be carried over")))


def _following(facts: Facts, word: str, day: datetime.date) -> VoucherNumber:
    """Return the number after the last one that a book has of a word in the month of a day."""
    from ledger.posting import next_number
    from ledger.vouchers import parse_voucher_number

    numbers = (parse_voucher_number(voucher.voucher) for voucher in facts.listed)
    return next_number([n for n in numbers if n is not None], word, day)


def _finish(book: Path, voucher: Voucher, *, dry_run: bool) -> None:
    from ledger.atomic import BookBusy
    from ledger.posting import PostingRefused, post_vouchers

    total = shown_yuan(sum(max(line.amount_fen, 0) for line in voucher.lines))
    if not dry_run:
        try:
            post_vouchers(book, [voucher])
        except PostingRefused as error:
            fail(map(str, error.problems))
        except (BookBusy, OSError) as error:
            fail([str(error)])
    click.echo(f"{voucher.number}  {voucher.narration}  {total}")
    if dry_run:
        click.echo(say(Text("没有写入任何内容", "nothing was written")))
