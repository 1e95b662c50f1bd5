"""The employer's contribution month by month: what was due, received, late, and passed on to the higher union."""
