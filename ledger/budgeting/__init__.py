"""Budgets in the making: next year's proposal, revisions and transfers, warnings at entry, and what is committed."""

from ledger.budgeting.commitments import Commitment, commitments
from ledger.budgeting.lines import LineKey
from ledger.budgeting.proposal import Given, Proposal, ProposedLine, prepare
from ledger.budgeting.revisions import BookState, BudgetProblem, book_state, check_revision
from ledger.budgeting.standing import LineStanding, Standing, standing
from ledger.budgeting.transfers import Approval, Transfer, transfer_entries, transfers
from ledger.budgeting.warnings import OVERRIDE, WARNING_SHARE, BudgetWarning, Warned, override_of, warnings

__all__ = [
    "OVERRIDE",
    "WARNING_SHARE",
    "Approval",
    "BookState",
    "BudgetProblem",
    "BudgetWarning",
    "Commitment",
    "Given",
    "LineKey",
    "LineStanding",
    "Proposal",
    "ProposedLine",
    "Standing",
    "Transfer",
    "Warned",
    "book_state",
    "check_revision",
    "commitments",
    "override_of",
    "prepare",
    "standing",
    "transfer_entries",
    "transfers",
    "warnings",
]
