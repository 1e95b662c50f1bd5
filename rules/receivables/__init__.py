"""Rules on receivables and payables."""
