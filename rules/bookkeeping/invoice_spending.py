"""What each voucher spent on each invoice, net of what later vouchers took back."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from rules.rule import Case


def spent_by_invoice(case: Case) -> pd.DataFrame:
    """Return what each voucher spent on each invoice up to the period's end, less what was reversed: `spent`."""
    rows = case.facts.journal
    rows = rows[(rows["element"] == "expense") & ~(rows["carry_forward"] | rows["opening"] | rows["change_over"])]
    rows = rows[rows["date"] <= pd.Timestamp(case.until)]
    rows = rows.assign(invoice=rows["invoice"].astype(str).str.strip(), account=rows["account"].astype(str))
    ordered = rows.sort_values(["date", "voucher", "account", "amount_fen", "line"])
    sums = ordered.groupby(["entry", "invoice"])["amount_fen"].sum().rename("spent")
    first = ordered.drop_duplicates(["entry", "invoice"]).merge(sums.reset_index(), on=["entry", "invoice"])
    back = _taken_back(ordered)
    first["spent"] += [back.get(str(number), 0) for number in first["voucher"]]
    kept: pd.DataFrame = first[(first["spent"] > 0) & (first["reverses"].astype(str) == "")]
    return kept


def _taken_back(rows: pd.DataFrame) -> Mapping[str, int]:
    """Return what later vouchers took back from the spending of a voucher that they name, in fen below zero."""
    named = rows[rows["reverses"].astype(str) != ""]
    sums = named.groupby(named["reverses"].astype(str))["amount_fen"].sum()
    return {str(voucher): min(0, int(fen)) for voucher, fen in sums.items()}
