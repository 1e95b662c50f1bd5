"""Drafts: vouchers on their way through 制单, 审核 and 审批, each a file of its own until it is posted."""

from ledger.drafts.duties import Duties, duties_on, duty_problem
from ledger.drafts.model import Act, Draft, DraftFault, State, Step, begun, stepped, with_names
from ledger.drafts.store import draft_path, draft_text, new_id, open_drafts, read_draft, read_drafts, write_draft

__all__ = [
    "Act",
    "Draft",
    "DraftFault",
    "Duties",
    "State",
    "Step",
    "begun",
    "draft_path",
    "draft_text",
    "duties_on",
    "duty_problem",
    "new_id",
    "open_drafts",
    "read_draft",
    "read_drafts",
    "stepped",
    "with_names",
    "write_draft",
]
