"""The execution of a budget: which line takes what, by component, by project and by day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.facts import Facts
from rules.budget.execution import BudgetLine, execution, replay
from rules.budget.lines import LineKey, covering, covers, outermost
from rules.evidence import posting_evidence
from rules.finding import Text

ROOT = "Expenses:505-业务支出"
MEETING = f"{ROOT}:50502-会议支出"
TRAINING = f"{ROOT}:50501-培训支出"
INCOME = "Income:402-拨缴经费收入"
BANK = "Assets:102-银行存款:01-基本户"
SURPLUS = "Equity:322-工会资金结余"
YEAR_END = datetime.date(2025, 12, 31)
Read = Callable[[Path], Facts]

UNION = """[union]
name = "某市第一医院工会委员会"
code = "81340500MC0000000X"
level = "grassroots"
region = "340500"
established = 2005-03-01
[bank]
accounts = ["Assets:102-银行存款:01-基本户"]
"""


def _pay(day: str, account: str, amount: str, project: str = "", number: int = 1, tag: str = "") -> str:
    other = SURPLUS if tag else BANK
    lines = [f'{day} * "某单位" "付款"{tag and " #" + tag}', f'  voucher: "记-{day[:7]}-{number:04d}"']
    lines += [f'  project: "{project}"'] if project else []
    sign = "" if amount.startswith("-") else "-"
    return "\n".join([*lines, f"  {account}  {amount} CNY", f"  {other}  {sign}{amount.removeprefix('-')} CNY"])


def _budget(day: str, account: str, amount: str, version: int = 0, project: str = "") -> str:
    lines = [f'{day} custom "union-budget" "2025" {account} {amount} CNY', f"  version: {version}"]
    return "\n".join([*lines, *([f'  project: "{project}"'] if project else [])])


def _facts(folder: Path, read: Read, *blocks: str) -> Facts:
    folder.mkdir(exist_ok=True)
    (folder / "union.toml").write_text(UNION, encoding="utf-8")
    accounts = (ROOT, MEETING, f"{MEETING}:01-会员大会", TRAINING, INCOME, BANK, SURPLUS)
    opened = [f"2009-12-31 open {account} CNY" for account in accounts]
    text = "\n".join(['option "operating_currency" "CNY"', 'option "tolerance_multiplier" "0"', *opened, *blocks])
    (folder / "main.beancount").write_text(text + "\n", encoding="utf-8")
    return read(folder)


def _lines(facts: Facts, until: datetime.date = YEAR_END) -> dict[tuple[str, str], BudgetLine]:
    return {(line.account, line.project): line for line in execution(facts, 2025, until)}


def test_a_line_covers_by_component_and_never_by_prefix() -> None:
    assert covers("Expenses:501-x", "Expenses:501-x")
    assert covers("Expenses:501-x", "Expenses:501-x:50105-y")
    assert not covers("Expenses:501-x", "Expenses:501-xy")
    assert not covers("Expenses:501-x:50105-y", "Expenses:501-x")


def test_the_deepest_line_takes_a_posting_and_its_parents_count_it_too() -> None:
    lines = [LineKey(ROOT, ""), LineKey(MEETING, ""), LineKey(TRAINING, "")]
    assert covering(lines, f"{MEETING}:01-会员大会", "") == (LineKey(MEETING, ""), LineKey(ROOT, ""))


@pytest.mark.parametrize("where", [ROOT, MEETING])
def test_what_a_project_line_covers_counts_on_no_other(where: str) -> None:
    lines = [LineKey(where, "代表大会"), LineKey(MEETING, ""), LineKey(ROOT, "")]
    assert covering(lines, MEETING, "代表大会") == (LineKey(where, "代表大会"),)
    assert covering(lines, MEETING, "另一项目") == (LineKey(MEETING, ""), LineKey(ROOT, ""))


def test_totals_leave_out_what_another_line_contains() -> None:
    assert outermost([LineKey(MEETING, ""), LineKey(ROOT, ""), LineKey(MEETING, "代表大会")]) == (
        LineKey(ROOT, ""),
        LineKey(MEETING, "代表大会"),
    )


def test_a_line_with_versions_actual_and_first_excess(tmp_path: Path, read_facts: Read) -> None:
    facts = _facts(
        tmp_path,
        read_facts,
        _budget("2025-01-18", MEETING, "8000.00"),
        _budget("2025-07-18", MEETING, "9000.00", 1),
        _pay("2025-03-01", MEETING, "5000.00"),
        _pay("2025-06-01", f"{MEETING}:01-会员大会", "3000.01"),
        _pay("2025-08-01", MEETING, "-1000.00"),
        _pay("2025-12-31", MEETING, "-7000.01", tag="carry-forward"),
    )
    line = _lines(facts)[MEETING, ""]
    assert (line.original_fen, line.in_force_fen, line.actual_fen, line.version) == (800000, 900000, 700001, 1)
    assert line.remaining_fen == 199999
    assert line.rate == Decimal(700001) / Decimal(900000)
    assert line.first_exceeded is not None
    assert (line.first_exceeded.voucher, line.first_exceeded.amount_fen) == ("记-2025-06-0001", 300001)
    before = _lines(facts, datetime.date(2025, 5, 31))[MEETING, ""]
    assert (before.in_force_fen, before.actual_fen, before.first_exceeded) == (800000, 500000, None)


def test_income_counts_credits_and_money_without_a_line_is_shown(tmp_path: Path, read_facts: Read) -> None:
    facts = _facts(
        tmp_path,
        read_facts,
        _budget("2025-01-01", INCOME, "100.00"),
        _budget("2025-01-01", SURPLUS, "50.00"),
        _pay("2025-03-01", INCOME, "-60.00"),
        _pay("2025-04-01", f"{MEETING}:01-会员大会", "7.00", "代表大会"),
    )
    lines = _lines(facts)
    assert lines[INCOME, ""].actual_fen == 6000
    assert lines[SURPLUS, ""].actual_fen == 0
    bare = lines[MEETING, "代表大会"]
    assert (bare.in_force_fen, bare.version, bare.original_fen, bare.actual_fen) == (None, None, None, 700)
    assert (bare.remaining_fen, bare.rate) == (-700, None)


def test_parent_and_child_lines_are_marked_contained(tmp_path: Path, read_facts: Read) -> None:
    facts = _facts(
        tmp_path,
        read_facts,
        _budget("2025-01-01", ROOT, "100.00"),
        _budget("2025-01-01", MEETING, "60.00"),
        _pay("2025-03-01", MEETING, "10.00"),
        _pay("2025-04-01", TRAINING, "20.00"),
    )
    lines = _lines(facts)
    assert (lines[ROOT, ""].actual_fen, lines[ROOT, ""].contained) == (3000, False)
    assert (lines[MEETING, ""].actual_fen, lines[MEETING, ""].contained) == (1000, True)


def test_the_replay_judges_by_the_day_and_not_by_the_place_in_the_file(tmp_path: Path, read_facts: Read) -> None:
    blocks = [
        _budget("2025-01-01", MEETING, "100.00"),
        _budget("2025-06-01", MEETING, "150.00", 1),
        _pay("2025-05-31", MEETING, "20.00", number=2),
        _pay("2025-05-31", MEETING, "90.00", number=1),
        _pay("2025-06-01", MEETING, "40.00"),
        _pay("2025-06-02", MEETING, "0.01", number=2),
    ]
    for turn, ordered in enumerate((blocks, blocks[::-1])):
        facts = _facts(tmp_path / str(turn), read_facts, *ordered)
        found = replay(facts, 2025, YEAR_END)[LineKey(MEETING, "")]
        assert [(e.movement.voucher, e.excess_fen) for e in found] == [
            ("记-2025-05-0002", 1000),
            ("记-2025-06-0002", 1),
        ]


def test_a_version_counts_from_its_own_day(tmp_path: Path, read_facts: Read) -> None:
    blocks = [
        _budget("2025-01-01", MEETING, "100.00"),
        _budget("2025-06-01", MEETING, "150.00", 1),
        _pay("2025-06-01", MEETING, "120.00"),
    ]
    facts = _facts(tmp_path, read_facts, *blocks)
    assert replay(facts, 2025, datetime.date(2025, 6, 1)) == {}
    assert _lines(facts, datetime.date(2025, 6, 1))[MEETING, ""].in_force_fen == 15000
    late = _facts(tmp_path / "late", read_facts, *blocks[:2], _pay("2025-05-31", MEETING, "120.00"))
    (found,) = replay(late, 2025, datetime.date(2025, 6, 1))[LineKey(MEETING, "")]
    assert (found.budget.amount_fen, found.excess_fen) == (10000, 2000)


def _moved(day: str, number: int, *lines: tuple[str, str]) -> str:
    head = [f'{day} * "某单位" "付款"', f'  voucher: "记-{day[:7]}-{number:04d}"']
    return "\n".join([*head, *(f"  {account}  {amount} CNY" for account, amount in lines)])


def test_the_first_and_the_last_day_are_judged(tmp_path: Path, read_facts: Read) -> None:
    facts = _facts(
        tmp_path,
        read_facts,
        _budget("2025-01-01", MEETING, "100.00"),
        _budget("2025-06-01", MEETING, "150.00", 1),
        _pay("2025-01-01", MEETING, "100.01"),
        _pay("2025-06-01", MEETING, "60.00"),
        _pay("2025-12-31", MEETING, "0.01"),
    )
    for until, expected in (("2025-01-01", [1]), ("2025-06-01", [1, 1001]), ("2025-12-31", [1, 1001, 1002])):
        found = replay(facts, 2025, datetime.date.fromisoformat(until))[LineKey(MEETING, "")]
        assert [e.excess_fen for e in found] == expected


def test_two_postings_of_a_voucher_to_one_account_are_one_movement(tmp_path: Path, read_facts: Read) -> None:
    split = _moved("2025-03-01", 1, (MEETING, "70.00"), (MEETING, "-20.00"), (MEETING, "0.01"), (BANK, "-50.01"))
    facts = _facts(tmp_path, read_facts, _budget("2025-01-01", MEETING, "50.00"), split)
    assert _lines(facts)[MEETING, ""].actual_fen == 5001
    (found,) = replay(facts, 2025, YEAR_END)[LineKey(MEETING, "")]
    assert (found.movement.amount_fen, found.spent_fen, found.excess_fen) == (5001, 5001, 1)


def test_a_voucher_that_moves_between_the_accounts_of_a_line_spends_nothing_on_it(
    tmp_path: Path, read_facts: Read
) -> None:
    own = f"{MEETING}:01-会员大会"
    facts = _facts(
        tmp_path,
        read_facts,
        _budget("2025-01-01", MEETING, "100.00"),
        _moved("2025-03-01", 1, (MEETING, "30.00"), (own, "80.00"), (BANK, "-110.00")),
        _moved("2025-03-02", 2, (MEETING, "-5.00"), (own, "5.00")),
        _moved("2025-03-03", 3, (MEETING, "-0.02"), (own, "0.03"), (BANK, "-0.01")),
    )
    found = replay(facts, 2025, YEAR_END)[LineKey(MEETING, "")]
    told = [(e.movement.voucher, e.movement.account, e.spent_fen, e.total_fen, e.excess_fen) for e in found]
    assert told == [
        ("记-2025-03-0001", own, 11000, 11000, 1000),
        ("记-2025-03-0003", own, 1, 11001, 1001),
    ]
    note = Text("注", "note")
    largest = found[0].movement
    assert (posting_evidence(largest, note).amount_fen, posting_evidence(largest, note, 7).amount_fen) == (8000, 7)
    assert posting_evidence(largest._replace(amount_fen=-8000), note).amount_fen == 8000


def test_money_without_a_line_is_added_up_on_its_statutory_account(tmp_path: Path, read_facts: Read) -> None:
    facts = _facts(
        tmp_path,
        read_facts,
        _pay("2025-03-01", MEETING, "7.00", number=1),
        _pay("2025-03-02", f"{MEETING}:01-会员大会", "0.50", number=2),
        _pay("2025-03-03", TRAINING, "9.00", number=3),
        _pay("2025-03-04", TRAINING, "-9.00", number=4),
    )
    (bare,) = execution(facts, 2025, YEAR_END)
    assert (bare.account, bare.name, bare.code, bare.actual_fen) == (MEETING, "会议支出", "50502", 750)
    assert (bare.file, bare.line, bare.first_exceeded, bare.disputed) == ("", 0, None, False)


def test_a_version_with_two_contents_is_disputed_and_another_line_is_not(tmp_path: Path, read_facts: Read) -> None:
    facts = _facts(
        tmp_path,
        read_facts,
        _budget("2025-01-01", MEETING, "100.00"),
        _budget("2025-01-01", MEETING, "200.00"),
        _budget("2025-01-01", TRAINING, "300.00"),
    )
    lines = _lines(facts)
    assert (lines[MEETING, ""].disputed, lines[TRAINING, ""].disputed) == (True, False)
