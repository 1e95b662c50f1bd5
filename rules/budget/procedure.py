"""Whether a budget version went through its procedure: committee, audit committee, approval by the higher union."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rules.budget.lines import BudgetVersion
from rules.finding import Text

COMMITTEE, AUDIT_REVIEW, APPROVED = "committee", "audit-review", "approved"
STEPS: Mapping[str, Text] = MappingProxyType(
    {
        COMMITTEE: Text("工会委员会通过", "adoption by the union committee"),
        AUDIT_REVIEW: Text("经审会审查", "review by the funds audit committee"),
        APPROVED: Text("上级工会批准", "approval by the higher union"),
    }
)


def step_faults(version: BudgetVersion) -> dict[str, Text]:
    """Return, by step, what is wrong with the procedure of a version: no record, a record too late or too early.

    The higher union approves what committee and audit committee have passed; between these two no order is asked.
    """
    faults = {}
    days = {COMMITTEE: version.committee, AUDIT_REVIEW: version.audit_review, APPROVED: version.approved}
    for step, day in days.items():
        name = STEPS[step]
        if day is None:
            faults[step] = Text(f"没有{name.zh}的记录", f"no record of {name.en}")
        elif day > version.date:
            faults[step] = Text(f"{version.date} 生效，{day} 才{name.zh}", f"in force before {name.en} on {day}")
    approved = days[APPROVED]
    late = [
        (step, day)
        for step, day in days.items()
        if day is not None and approved is not None and approved < day and step not in faults
    ]
    if late and APPROVED not in faults:
        told = "、".join(f"{STEPS[step].zh}（{day}）" for step, day in late)
        told_en = " and ".join(f"{STEPS[step].en} on {day}" for step, day in late)
        faults[APPROVED] = Text(f"{approved} 上级工会批准，早于{told}", f"approved on {approved}, before {told_en}")
    return faults


def told_together(faults: Mapping[str, Text]) -> Text:
    """Return the faults of several steps as one sentence."""
    return Text("；".join(t.zh for t in faults.values()), "; ".join(t.en for t in faults.values()))
