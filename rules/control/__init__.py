"""Internal control: decisions, approvals, and the union's own standards."""
