"""Settings of every test: properties are drawn the same way each time, and no property is judged by the clock."""

from hypothesis import settings

settings.register_profile("union-audit", deadline=None, derandomize=True)
settings.load_profile("union-audit")
