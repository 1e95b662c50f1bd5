"""Entering an expense against the budget: the warning is shown, passing it takes a reason, and the reason is kept."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from auditor.entry.budgeting import FIELD
from ledger.reader import read_book
from tests.auditor.entry.conftest import Client

LINES = {
    "f.date": "2025-03-20",
    "f.narration": "会议费",
    "line.0.account": "50502 会议支出",
    "line.1.account": "102 银行存款",
}
BUDGET = """2025-01-08 custom "union-budget" "2025" Expenses:505-业务支出:50502-会议支出 1000.00 CNY
  version: 0
  committee: 2025-01-05
  audit-review: 2025-01-06
  approved: 2025-01-07
"""


@pytest.fixture(autouse=True)
def budget(book: Path) -> None:
    """A budget of 1,000.00 yuan for meetings."""
    with (book / "accounts.beancount").open("a", encoding="utf-8") as file:
        file.write(
            "2025-01-01 open Expenses:505-业务支出:50502-会议支出 CNY\n2025-01-01 open Assets:102-银行存款 CNY\n"
        )
    with (book / "main.beancount").open("a", encoding="utf-8") as file:
        file.write('include "budget.beancount"\n')
    (book / "budget.beancount").write_text(BUDGET, encoding="utf-8")


def saved(client: Client, amount: str, **more: str) -> str:
    """The page after saving an expense of an amount."""
    fields = {**client.filled("free", "会计乙"), **LINES, "line.0.debit": amount, "line.1.credit": amount, **more}
    answer = client.send("draft", fields, "会计乙")
    return client.get(answer.headers["Location"], "会计乙").get_data(as_text=True)


def previewed(client: Client, amount: str) -> str:
    """The panel beside the form."""
    fields = {**client.filled("free", "会计乙"), **LINES, "line.0.debit": amount, "line.1.credit": amount}
    return client.send("preview", fields, "会计乙").get_data(as_text=True)


def test_warning_is_shown_beside_the_form_from_four_fifths_on(client: Client) -> None:
    assert "已用预算的" not in previewed(client, "799.99")
    assert "已用预算的 80.00%" in previewed(client, "800.00")
    assert "超出 0.01 元" in previewed(client, "1000.01")


def test_expense_beyond_the_budget_is_saved_only_with_a_reason_which_the_voucher_keeps(
    client: Client, book: Path
) -> None:
    page = saved(client, "1000.01")
    assert "确须支出的请写明理由" in page
    assert not list((book / "drafts").glob("*.json"))
    page = saved(client, "1000.01", **{FIELD: "上级临时布置的会议"})
    assert "草稿已保存" in page
    assert "上级临时布置的会议" in page
    (draft,) = (book / "drafts").glob("*.json")
    for act, person in (("reviewed", "出纳丙"), ("approved", "主席甲"), ("posted", "主席甲")):
        token = client.token(client.page("EntryDrafts", person, id=draft.stem), "step")
        answer = client.send("step", {"token": token, "id": draft.stem, "act": act}, person)
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["said"] == ["posted"]
    facts = read_book(book).facts
    assert facts is not None
    assert list(facts.vouchers["budget_override"]) == ["上级临时布置的会议"]


def test_within_the_budget_no_reason_is_asked(client: Client) -> None:
    assert "草稿已保存" in saved(client, "799.99")


def test_draft_that_others_overtook_is_not_posted_without_a_reason(client: Client, book: Path) -> None:
    saved(client, "700.00")
    saved(client, "600.00")
    first, second = sorted((book / "drafts").glob("*.json"))
    for draft in (first, second):
        for act, person in (("reviewed", "出纳丙"), ("approved", "主席甲"), ("posted", "主席甲")):
            token = client.token(client.page("EntryDrafts", person, id=draft.stem), "step")
            answer = client.send("step", {"token": token, "id": draft.stem, "act": act}, person)
    assert "超预算理由" in client.get(answer.headers["Location"], "主席甲").get_data(as_text=True)
    facts = read_book(book).facts
    assert facts is not None
    assert len(facts.vouchers) == 1
