"""Importers: vouchers, opening balances, budgets and registers from spreadsheets, read exactly or not at all."""
