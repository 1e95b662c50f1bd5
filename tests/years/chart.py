"""Accounts by meaning in the chart of a year, and where the generated years keep their money."""

from __future__ import annotations

from ledger.example.term.chart import account

__all__ = ["account", "bank", "cash", "custody_bank"]


def bank(year: int) -> str:
    """Return the union's own account at the bank."""
    return account(year, "bank_deposit", "01-基本户")


def custody_bank(year: int) -> str:
    """Return the account at the bank that holds other people's money."""
    return account(year, "bank_deposit", "02-代管经费户")


def cash(year: int) -> str:
    """Return the till."""
    return account(year, "cash_on_hand")
