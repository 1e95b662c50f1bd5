"""Rules on income: dues, contributions, subsidies and what else a union receives."""
