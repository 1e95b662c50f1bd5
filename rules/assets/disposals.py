"""Things leaving the books: the vouchers that take them out, and cards whose disposal no voucher shows."""

from __future__ import annotations

import datetime

import pandas as pd

from rules.assets.cards import Card
from rules.nets import Nets, business, headers, touching
from rules.rule import Case

DISPOSABLE = ("fixed_assets", "intangible_assets")


def leaving(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a voucher that takes things out of the books, with `left_fen`."""
    if rows.empty:
        return rows.assign(left_fen=0)
    nets = Nets(rows)
    left = -nets.of(*DISPOSABLE)
    rebuilt = nets.of("construction_in_progress") > 0
    heads = headers(rows)
    kept = heads[(left > 0) & ~rebuilt & (heads["reverses"] == "")]
    return kept.assign(left_fen=left.loc[kept.index])


def unbooked(case: Case, disposed: list[Card]) -> list[Card]:
    """Return the disposed cards whose cost no voucher since the month of disposal took out of the books."""
    if not disposed:
        return []
    first = min(c.disposed for c in disposed if c.disposed).replace(day=1)
    rows = business(case)
    left = leaving(touching(rows[rows["date"] >= pd.Timestamp(first)], *DISPOSABLE))
    amounts = [int(fen) for fen in left["left_fen"]]
    open_cards: list[Card] = []
    for card in disposed:
        if card.cost_fen in amounts:
            amounts.remove(card.cost_fen)
        else:
            open_cards.append(card)
    pool, missing = sum(amounts) + _changed_over(case, first), []
    for card in sorted(open_cards, key=lambda c: (c.cost_fen, c.asset_id)):
        if pool >= card.cost_fen:
            pool -= card.cost_fen
        else:
            missing.append(card)
    return sorted(missing, key=lambda c: c.asset_id)


def _changed_over(case: Case, first: datetime.date) -> int:
    """Return the cost that the change-over of 2022-01-01, if it is not before a day, took off the asset accounts.

    Things below the limits of 财会〔2021〕7号 stop being fixed assets by it (财会〔2021〕16号二（一）9（1）).
    """
    rows = case.facts.journal
    moved = rows[rows["change_over"] & (rows["date"] >= pd.Timestamp(first)) & rows["group"].isin(DISPOSABLE)]
    return max(0, -int(moved["amount_fen"].sum()))
