"""Rules of the departure audit: what a chair leaves behind at the end of a term."""
