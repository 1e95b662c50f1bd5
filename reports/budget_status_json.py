"""What is left of a year's budget as JSON, for other programs."""

from __future__ import annotations

from typing import Any

from ledger.budgeting import LineKey, Standing


def status_json(found: Standing) -> dict[str, Any]:
    """Return a budget's standing as JSON: amounts int fen, days ISO, shares decimal text."""

    def line(key: LineKey | None) -> dict[str, str] | None:
        return {"account": key.account, "project": key.project} if key else None

    return {
        "year": found.year,
        "until": found.until.isoformat(),
        "lines": [
            {
                **(line(x.key) or {}),
                "element": x.key.element,
                "original_fen": x.original_fen,
                "budget_fen": x.budget_fen,
                "version": x.version,
                "spent_fen": x.spent_fen,
                "committed_fen": x.committed_fen,
                "left_fen": x.left_fen,
                "share": None if x.share is None else f"{x.share:.4f}",
                "contained": x.contained,
            }
            for x in found.lines
        ],
        "projects": {
            project: {
                "budget_fen": sum(x.budget_fen or 0 for x in lines),
                "spent_fen": sum(x.spent_fen for x in lines),
                "committed_fen": sum(x.committed_fen for x in lines),
                "left_fen": sum(x.left_fen for x in lines),
            }
            for project, lines in found.projects.items()
        },
        "transfers": [
            {
                "version": x.version,
                "date": x.date.isoformat(),
                "from": [{**(line(key) or {}), "amount_fen": fen} for key, fen in x.given],
                "to": [{**(line(key) or {}), "amount_fen": fen} for key, fen in x.taken],
                "reason": x.reason,
            }
            for x in found.transfers
        ],
        "contracts_known": found.commitments is not None,
        "unassigned_fen": found.unassigned_fen,
        "commitments": [
            {
                "contract": x.contract,
                "party": x.party,
                "amount_fen": x.amount_fen,
                "paid_fen": x.paid_fen,
                "open_fen": x.open_fen,
                "line": line(x.line),
                "lapsed": x.lapsed,
            }
            for x in found.commitments or ()
        ],
    }
