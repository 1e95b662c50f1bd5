"""The work of an audit, and every place where all parts meet: command line, Fava, many ledgers."""
