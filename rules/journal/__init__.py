"""Journal tests: what the whole population of vouchers shows, as leads for a person to look at, never as a verdict."""
