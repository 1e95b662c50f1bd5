"""Bookkeeping: vouchers, their numbers, persons and documents, and the years' closings."""
