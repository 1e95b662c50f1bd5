"""A bank account in the books beside its statement: which lines are one event, and what only one side has.

`match_bank` makes the reconciliation of an account at the end of a day; a `Matcher` makes those of many days at once.
"""

from ledger.matching.model import (
    BankItem,
    BookItem,
    Kind,
    Match,
    OpenItem,
    Reason,
    Reconciliation,
    Unreconcilable,
)
from ledger.matching.reconcile import Matcher, match_bank

__all__ = [
    "BankItem",
    "BookItem",
    "Kind",
    "Match",
    "Matcher",
    "OpenItem",
    "Reason",
    "Reconciliation",
    "Unreconcilable",
    "match_bank",
]
