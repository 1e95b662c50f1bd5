"""The books of a union: what beancount and the registers hold, as exact frames. Knows no law."""
