"""Invoices, receipts and distribution lists: whether what supports a payment is what it claims to be."""
