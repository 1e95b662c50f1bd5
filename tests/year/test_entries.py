"""The year's facts, keyed into the forms, make just the entries that were written by hand beside them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ledger.accounts import account_name, chart_on
from ledger.events import Event, EventContext, Kind, account_choices, compose, event_of
from ledger.importers.headers import METADATA_COLUMNS
from ledger.vouchers import Voucher, parse_voucher_number
from ledger.workbook.labels import account_labels
from ledger.workbook.shown import metadata_cells
from tests.year.made import OVERRIDE, Kept
from tests.year.year import VOUCHERS

HEADS = {column.key: column.header for column in METADATA_COLUMNS}
OWN_FORMS = ("free", "depreciation")  # by lines, and out of the cards
BANKS = ("Assets:102-银行存款:01-基本户", "Assets:102-银行存款:02-代管经费")
CHART = tuple(
    account_name(a) for a in chart_on(datetime.date(2025, 1, 1)).accounts if a.levels in ("both", "grassroots")
)


def chosen(event: Event, key: str, text: str, context: EventContext, day: datetime.date) -> str:
    """The value of what a person picks by its words in a list."""
    field = event.asked(key)
    if field.kind is Kind.CHOICE:
        return next(choice.value for choice in field.choices if text in (choice.value, choice.label.zh))
    if field.kind is Kind.ACCOUNT:
        name = text.split(" ", 1)[-1]
        return next(c.value for c in account_choices(field, context, day) if c.label.zh.endswith(name))
    return text


def composed(kept: Kept, accounts: tuple[str, ...], earlier: dict[str, Voucher]) -> Voucher:
    event, day = event_of(kept.event), datetime.date.fromisoformat(kept.day)
    context = EventContext(
        number=parse_voucher_number(kept.number),
        values={"contribution.retained_share": Decimal("0.60")},
        accounts=accounts,
        bank=BANKS[0],
        vouchers=earlier,
    )
    answers = {key: chosen(event, key, text, context, day) for key, text in kept.answers.items() if key != OVERRIDE}
    made = compose(event, {**answers, "date": kept.day}, context)
    assert made.voucher is not None, (kept.number, made.problems)
    return made.voucher


def test_every_form_makes_the_entry_stated_by_hand() -> None:
    accounts: tuple[str, ...] = (*CHART, *BANKS)
    earlier: dict[str, Voucher] = {}
    for kept in VOUCHERS:
        if kept.event in OWN_FORMS:
            continue
        voucher = composed(kept, accounts, earlier)
        labels = account_labels([line.account for line in voucher.lines])
        lines = sorted((labels[line.account], Decimal(line.amount_fen) / 100) for line in voucher.lines)
        stated = sorted((x.account, Decimal(x.debit or 0) - Decimal(x.credit or 0)) for x in kept.lines)
        assert lines == stated, kept.number
        assert (voucher.payee, voucher.narration) == (kept.payee, kept.narration)
        told = metadata_cells(voucher.metadata, METADATA_COLUMNS, own=False)
        stated_cells = {head: cell for head, cell in kept.columns.items() if head != "超预算理由"}
        assert {HEADS[key]: str(cell) for key, cell in told.items()} == stated_cells, kept.number
        accounts = tuple(dict.fromkeys((*accounts, *(line.account for line in voucher.lines))))
        earlier[kept.number] = voucher
