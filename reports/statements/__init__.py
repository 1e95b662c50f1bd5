"""The statements of a union's books, line by line as 财会〔2021〕7号 prescribes (before 2022: 财会〔2009〕7号)."""

from reports.statements.balance import balance_sheet
from reports.statements.county import cost_statement, is_county_level, state_assets
from reports.statements.income import income_statement
from reports.statements.statement import Line, Statement, StatementError
from reports.statements.treasury import treasury_statement
from reports.statements.trial import trial_balance

__all__ = [
    "Line",
    "Statement",
    "StatementError",
    "balance_sheet",
    "cost_statement",
    "income_statement",
    "is_county_level",
    "state_assets",
    "treasury_statement",
    "trial_balance",
]
