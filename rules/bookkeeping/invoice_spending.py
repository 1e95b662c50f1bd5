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
    invoices = pd.Series([invoice.strip() for invoice in rows["invoice"].tolist()], rows.index, "object")
    rows = rows.assign(invoice=invoices, account=rows["account"].astype("object"))
    ordered = rows.sort_values(["date", "voucher", "account", "amount_fen", "line"])
    each = ordered.groupby(["entry", "invoice"], sort=False)["amount_fen"]
    first = ordered.assign(spent=each.transform("sum")).drop_duplicates(["entry", "invoice"]).reset_index(drop=True)
    back = _taken_back(ordered)
    first["spent"] += [back.get(number, 0) for number in first["voucher"].tolist()]
    kept: pd.DataFrame = first[(first["spent"] > 0) & (first["reverses"] == "")]
    return kept


def _taken_back(rows: pd.DataFrame) -> Mapping[str, int]:
    """Return what later vouchers took back from the spending of a voucher that they name, in fen below zero."""
    named = rows[rows["reverses"] != ""]
    sums = named.groupby(named["reverses"].astype(str))["amount_fen"].sum()
    return {str(voucher): min(0, int(fen)) for voucher, fen in sums.items()}
