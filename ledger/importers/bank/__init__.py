"""Bank statements and e-wallet bills as banks export them, read into lines of registers/bank.csv.

`find_head` says whether a sheet is a statement, `read_statement` reads it and proves it by its running balance and
printed totals, `account_of` finds the ledger account it belongs to, `unseen_lines` leaves out what is there already.
"""

from ledger.importers.bank.accounts import BankAccounts, account_of
from ledger.importers.bank.columns import EXPECTED, Head, find_head, heads_seen, is_own_register
from ledger.importers.bank.overlap import unseen_lines
from ledger.importers.bank.reading import Statement, StatementLine, read_statement

__all__ = [
    "EXPECTED",
    "BankAccounts",
    "Head",
    "Statement",
    "StatementLine",
    "account_of",
    "find_head",
    "heads_seen",
    "is_own_register",
    "read_statement",
    "unseen_lines",
]
