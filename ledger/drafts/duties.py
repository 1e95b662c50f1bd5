"""Who may do what to a draft: 制单, 审核 and 审批 by different persons where the union has them.

The persons are those who on the voucher's day hold a post of finance, accounting, cash or the chair in
officers.csv. With three or more, no one does two of the three; with two, whoever prepares neither reviews nor
approves; with fewer, one person may do all, and that is said.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from ledger.drafts.model import ACTS, Act, Draft

POSTS = ("finance", "accountant", "cashier", "chair")
POST_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "chair": "主席",
        "vice_chair": "副主席",
        "finance": "财务负责人",
        "accountant": "会计",
        "cashier": "出纳",
        "audit_chair": "经审会主任",
        "audit_member": "经审委员",
        "asset_keeper": "资产管理员",
        "seal_keeper": "印章保管人",
    }
)
_SEPARATE = (Act.PREPARED, Act.REVIEWED, Act.APPROVED)


@dataclass(frozen=True)
class Duties:
    """The persons of one day: everybody in post with the posts held, and those whose work the voucher is."""

    posts: Mapping[str, tuple[str, ...]]
    staff: tuple[str, ...]

    @property
    def note(self) -> str:
        """What is said about the division of work, in Chinese."""
        count = len(self.staff)
        if count > 2:
            return f"当日在任的财务人员和主席共 {count} 人：制单、审核、审批须由不同的人办理"
        if count == 2:
            return "当日在任的财务人员和主席只有 2 人：制单人不得审核、审批，审核和审批可由同一人办理"
        if count == 1:
            return "当日在任的财务人员和主席只有 1 人，制单、审核、审批可由同一人办理，账上照实记载"
        return "任职登记簿没有当日在任的财务人员和主席，无法要求分人办理，账上照实记载"


def duties_on(officers: pd.DataFrame | None, day: datetime.date) -> Duties:
    """Return who is in post on a day according to officers.csv (None: there is no such register)."""
    held: dict[str, list[str]] = {}
    if officers is not None:
        stamp = pd.Timestamp(day)
        inside = (officers["from"].isna() | (officers["from"] <= stamp)) & (
            officers["to"].isna() | (officers["to"] >= stamp)
        )
        for post, name in officers.loc[inside, ["post", "name"]].astype(str).itertuples(index=False):
            if name.strip() and post not in held.get(name.strip(), []):
                held.setdefault(name.strip(), []).append(post)
    posts = MappingProxyType({name: tuple(found) for name, found in held.items()})
    return Duties(posts, tuple(name for name, found in posts.items() if set(found) & set(POSTS)))


def duty_problem(draft: Draft, act: Act, who: str, duties: Duties) -> str:
    """Return why a person may not do an act to a draft, in Chinese; empty where nothing stands against it."""
    if duties.posts and who not in duties.posts:
        return f"“{who}”在 {draft.voucher.date} 不在任职登记簿中；请先登记任职"
    if act not in _SEPARATE or len(duties.staff) < 2:
        return ""
    for other in _SEPARATE:
        if other is act or draft.who(other) != who:
            continue
        if len(duties.staff) == 2 and Act.PREPARED not in (act, other):
            continue
        return f"“{who}”已经{ACTS[other]}，不能再{ACTS[act]}；{duties.note}"
    return ""
