"""The commands of `union-audit`, one module for each kind of work."""
