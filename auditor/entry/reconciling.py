"""The page that holds the bank accounts beside their statements: the table of a month, and what is not booked yet."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from auditor.entry.page import View
from auditor.entry.picking import label_of
from auditor.period import parse_period
from auditor.reconciled import bank_accounts, reconciliations
from ledger.matching import BankItem, Kind, OpenItem, Reconciliation
from ledger.months.chain import is_month
from reports.html import render_blocks, style_sheet
from reports.reconciliation import reconciliation_blocks
from rules.finding import Text


def reconcile_page(view: View, month: str) -> dict[str, Any]:
    """Return every bank account at the end of a month, with ways to book what only its statement has."""
    if not is_month(month):
        month = f"{view.desk.today:%Y-%m}"
    facts = view.desk.facts()
    period = parse_period(month)
    gaps: list[Text] = []
    found = [one for account in bank_accounts(facts) for one in reconciliations(facts, account, period, gaps)]
    return {
        "one": None,
        "bank": month,
        "style": Markup(style_sheet()),  # our own
        "accounts": [_account(view, one) for one in found],
        "gaps": [view.say(gap.zh, gap.en) for gap in gaps],
    }


def _account(view: View, one: Reconciliation) -> dict[str, Any]:
    blocks = reconciliation_blocks(one, view.desk.law, view.desk.language)
    return {
        "account": one.account,
        "label": label_of(one.account),
        "clean": one.clean,
        "html": Markup(render_blocks(blocks, view.desk.language)),  # escapes what it is given
        "unbooked": [_unbooked(view, open_item) for open_item in one.bank_only],
    }


def _unbooked(view: View, found: OpenItem) -> dict[str, Any]:
    item = found.item
    told = (item.text if isinstance(item, BankItem) else "", item.party)
    carried = {"date": item.date, "amount": f"{found.amount_fen // 100}.{found.amount_fen % 100:02d}"}
    return {
        "date": item.date,
        "received": found.kind is Kind.BANK_RECEIVED,
        "amount": found.amount_fen,
        "told": "　".join(filter(None, told)),
        "href": view.href("EntryDesk", **carried, payee=item.party),
    }
