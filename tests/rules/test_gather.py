"""What many checks share, at its limits: days of the period, kinds of vouchers, lists that are cut."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from ledger.register_rows import GrantRow, MemberRow
from rules.evidence import register_evidence, vouchers_evidence
from rules.finding import Evidence, Text
from rules.gather import (
    MOST_EVIDENCE,
    Values,
    debits_by_entry,
    joined,
    limited,
    shown_month,
    spending_by_entry,
    taken_back,
)
from rules.law import Law, NoParameter
from rules.rule import Case, all_rules
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, voucher

SINCE, UNTIL = datetime.date(2025, 2, 1), datetime.date(2025, 11, 30)
SPENT = "Expenses:505-业务支出:50502-会议支出"
NOTE = Text("注", "note")


def case(vouchers: Sequence[Mapping[str, object]] = (), law: Law | None = None) -> Case:
    return Case(all_rules()[0], handmade.facts(list(vouchers)), law or handmade.law(), SINCE, UNTIL)


def paid(on: str, fen: int = 100, **more: object) -> Mapping[str, object]:
    return voucher(on, [(SPENT, fen), (BANK, -fen)], **more)


def test_the_period_takes_its_first_and_its_last_day() -> None:
    days = ("2025-01-31", "2025-02-01", "2025-06-30", "2025-11-30", "2025-12-01")
    found = case([paid(on) for on in days]).vouchers
    assert [str(voucher.date) for voucher in found] == ["2025-02-01", "2025-06-30", "2025-11-30"]


@pytest.mark.parametrize("kind", ["opening", "change_over", "carry_forward"])
def test_vouchers_that_carry_balances_are_no_work(kind: str) -> None:
    made = case([paid("2025-03-01", voucher="记-2025-03-0001"), paid("2025-03-02", **{kind: True})])
    assert [voucher.voucher for voucher in made.vouchers] == ["记-2025-03-0001"]


def test_vouchers_come_in_order_of_day_word_and_number_wherever_they_stand() -> None:
    order = [("2025-03-01", "记", 9), ("2025-03-01", "转", 2), ("2025-03-02", "记", 3), ("2025-03-02", "记", 10)]
    made = [paid(on, word=word, number=number, voucher=f"{word}{number}") for on, word, number in order]
    for vouchers in (made, made[::-1]):
        assert [voucher.voucher for voucher in case(vouchers).vouchers] == ["记9", "转2", "记3", "记10"]


def test_what_a_voucher_spends_is_net_and_what_it_debits_is_not() -> None:
    other = "Expenses:505-业务支出:50501-培训支出"
    made = case([voucher("2025-03-01", [(SPENT, 300), (other, -100), (BANK, -201), (OWN, 1)])])
    assert list(spending_by_entry(made).values()) == [200]
    assert list(debits_by_entry(made).values()) == [301]


def test_evidence_is_cut_after_the_most_and_the_rest_is_counted() -> None:
    rows = [Evidence(NOTE, amount_fen=n) for n in range(MOST_EVIDENCE + 2)]
    assert limited(rows[:MOST_EVIDENCE], 7) == tuple(rows[:MOST_EVIDENCE])
    cut = limited(rows, 7)
    assert (len(cut), cut[:-1], cut[-1].amount_fen) == (MOST_EVIDENCE + 1, tuple(rows[:MOST_EVIDENCE]), 7)
    assert cut[-1].note.zh == f"另有 2 项同类情形未逐一列出，合计 {MOST_EVIDENCE + 2} 项"


def test_vouchers_are_cut_alike() -> None:
    found = case([paid("2025-03-01", voucher=f"记{n}") for n in range(MOST_EVIDENCE + 1)]).vouchers
    assert len(vouchers_evidence(found[:MOST_EVIDENCE], NOTE)) == MOST_EVIDENCE
    cut = vouchers_evidence(found, NOTE)
    assert len(cut) == MOST_EVIDENCE + 1
    assert cut[-1].note.zh == f"另有 1 项同类情形未逐一列出，合计 {MOST_EVIDENCE + 1} 项"


def test_names_are_cut_after_the_tenth() -> None:
    names = [f"名{n}" for n in range(11)]
    assert joined(names[:10]) == "、".join(names[:10])
    assert joined(names) == "、".join(names[:10]) + " 等 11 项"
    assert joined(["甲", "乙"], 1) == "甲 等 2 项"


def test_what_was_taken_back_up_to_the_periods_end_counts_and_nothing_later() -> None:
    first, later = UNTIL.isoformat(), (UNTIL + datetime.timedelta(days=1)).isoformat()
    made = case(
        [
            paid("2024-12-01", 900, voucher="记1"),
            paid("2025-01-31", -100, voucher="记2", reverses="记1"),
            paid(first, -200, voucher="记3", reverses="记1"),
            paid(later, -400, voucher="记4", reverses="记1"),
            paid(first, 50, voucher="记5", reverses="记6"),
            paid(first, -70, voucher="记7", reverses="记8", carry_forward=True),
        ]
    )
    assert taken_back(made) == {"记1": -300, "记6": 0}
    assert taken_back(case([paid("2025-03-01", 900, voucher="记1")])) == {}


def test_days_without_a_value_are_told_by_the_first_and_the_last() -> None:
    law = handmade.law(gift__cap="5")
    begun = datetime.date(2025, 6, 1)
    known = law.parameters["gift.cap"]
    values = (replace(known.values[0], in_force_from=begun),)
    made = case(law=Law({"gift.cap": replace(known, values=values)}, {}, "1"))
    cap = Values(made, "gift.cap")
    assert cap.on(begun) == values[0]
    assert cap.untested == ()
    late, early = begun - datetime.timedelta(days=1), begun - datetime.timedelta(days=30)
    assert cap.on(late) is None
    with pytest.raises(NoParameter) as absent:
        made.value("gift.cap", late)
    assert [text.zh for text in cap.untested] == [absent.value.zh]
    assert cap.on(early) is None
    (told,) = cap.untested
    assert early.isoformat() in told.zh
    assert told.zh.endswith(f"（首次缺值 {early}，末次 {late}）")
    assert told.en.endswith(f" (missing first on {early}, last on {late})")
    assert cap.on(late - datetime.timedelta(days=1)) is None
    assert cap.untested == (told,)  # however many days in between were asked for


def test_a_row_of_a_register_is_evidence_with_its_day_where_it_has_one() -> None:
    given = GrantRow("单-1", datetime.date(2025, 3, 1), "M001", "春节", 100, "goods", "yes", "", line=3)
    dated = register_evidence(given, NOTE, 7)
    assert (dated.date, dated.amount_fen, dated.file, dated.line) == (
        datetime.date(2025, 3, 1),
        7,
        "registers/grants.csv",
        3,
    )
    assert register_evidence(given._replace(date=None), NOTE).date is None
    member = MemberRow("M001", "甲某", "内科", "active", None, None, None, None, line=3)
    assert register_evidence(member, NOTE).date is None


def test_months_as_they_are_shown() -> None:
    assert shown_month("2025-03") == "2025年3月"
    assert shown_month("2025-12") == "2025年12月"
