"""Expenditure: what the union's money may be spent on, and how much."""
