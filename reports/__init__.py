"""What people read: statements, findings and reports, rendered from results that were decided elsewhere."""
