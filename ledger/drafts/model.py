"""What a draft is: a voucher without a number, what it was made from, and who did what to it, in order.

The history only grows. Each step holds a fingerprint of the voucher as it was then, so that a voucher changed
outside the program after somebody reviewed it is noticed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from ledger.vouchers import Line, Voucher


class DraftFault(ValueError):
    """A draft that cannot be read, or a step that its state does not allow; the message says why, in Chinese."""


class Act(StrEnum):
    """What a person does to a draft."""

    PREPARED = "prepared"
    REVISED = "revised"
    REVIEWED = "reviewed"
    RETURNED = "returned"
    APPROVED = "approved"
    POSTED = "posted"
    DISCARDED = "discarded"


class State(StrEnum):
    """Where a draft stands; `posted` and `discarded` are its ends."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    RETURNED = "returned"
    POSTED = "posted"
    DISCARDED = "discarded"

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self not in (State.POSTED, State.DISCARDED)


# Act → the states in which it may be done, and the state it leads to.
_WAYS: Mapping[Act, tuple[frozenset[State], State]] = MappingProxyType(
    {
        Act.REVISED: (
            frozenset({State.PREPARED, State.REVIEWED, State.APPROVED, State.RETURNED}),
            State.PREPARED,
        ),
        Act.REVIEWED: (frozenset({State.PREPARED}), State.REVIEWED),
        Act.RETURNED: (frozenset({State.PREPARED, State.REVIEWED, State.APPROVED}), State.RETURNED),
        Act.APPROVED: (frozenset({State.REVIEWED}), State.APPROVED),
        Act.POSTED: (frozenset({State.APPROVED}), State.POSTED),
        Act.DISCARDED: (frozenset({State.PREPARED, State.REVIEWED, State.APPROVED, State.RETURNED}), State.DISCARDED),
    }
)
ACTS: Mapping[Act, str] = MappingProxyType(
    {
        Act.PREPARED: "制单",
        Act.REVISED: "修改",
        Act.REVIEWED: "审核",
        Act.RETURNED: "退回",
        Act.APPROVED: "审批",
        Act.POSTED: "记账",
        Act.DISCARDED: "作废",
    }
)
STATES: Mapping[State, str] = MappingProxyType(
    {
        State.PREPARED: "待审核",
        State.REVIEWED: "待审批",
        State.APPROVED: "待记账",
        State.RETURNED: "已退回",
        State.POSTED: "已记账",
        State.DISCARDED: "已作废",
    }
)


@dataclass(frozen=True)
class Step:
    """One line of a draft's history: when (ISO date-time), who, what, a note, the number given, the fingerprint."""

    at: str
    who: str
    act: Act
    content: str
    note: str = ""
    number: str = ""


@dataclass(frozen=True)
class Draft:
    """A voucher on its way: its id, the event and answers it was made from, the voucher, its scans, its history.

    `event` is the key of a business event, or empty for one written by lines of 借 and 贷. The voucher has no
    number. `documents` are paths of attachments, relative to the book.
    """

    id: str
    event: str
    answers: Mapping[str, str]
    voucher: Voucher
    documents: tuple[str, ...]
    history: tuple[Step, ...]

    @property
    def state(self) -> State:
        """Where it stands; raises DraftFault for a history that cannot have been."""
        state = State.PREPARED
        if not self.history or self.history[0].act is not Act.PREPARED:
            raise DraftFault(f"草稿“{self.id}”的经过不是从制单开始")
        for step in self.history[1:]:
            allowed, leads = _WAYS.get(step.act, (frozenset(), state))
            if state not in allowed:
                raise DraftFault(f"草稿“{self.id}”的经过不合顺序：{STATES[state]}时不能{ACTS[step.act]}")
            state = leads
        return state

    @property
    def content(self) -> str:
        """Fingerprint of the voucher and its attachments."""
        told = {"voucher": voucher_data(self.voucher), "documents": list(self.documents)}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def who(self, act: Act) -> str:
        """Return who did an act last, as far as it still counts for the voucher as it stands; empty for nobody."""
        name = ""
        for step in self.history:
            if step.act in (Act.PREPARED, Act.REVISED):
                name = step.who if act is Act.PREPARED else ""
            elif step.act is Act.RETURNED and act is not Act.PREPARED:
                name = ""
            elif step.act is act:
                name = step.who
        return name

    @property
    def keyed_at(self) -> str:
        """When the voucher was keyed, as it stands now."""
        return next(s.at for s in reversed(self.history) if s.act in (Act.PREPARED, Act.REVISED))


def voucher_data(voucher: Voucher) -> dict[str, object]:
    """Return a draft's voucher as the JSON object that its file holds."""
    return {
        "date": voucher.date.isoformat(),
        "payee": voucher.payee,
        "narration": voucher.narration,
        "lines": [
            {"account": line.account, "amount_fen": line.amount_fen, "metadata": dict(line.metadata)}
            for line in voucher.lines
        ],
        "metadata": dict(voucher.metadata),
        "tags": list(voucher.tags),
    }


def begun(
    draft_id: str,
    voucher: Voucher,
    *,
    event: str,
    answers: Mapping[str, str],
    documents: tuple[str, ...],
    who: str,
    at: datetime.datetime,
) -> Draft:
    """Return a new draft as its preparer leaves it."""
    bare = replace(voucher, number=None)
    empty = Draft(draft_id, event, MappingProxyType(dict(answers)), bare, documents, ())
    step = Step(at.isoformat(timespec="seconds"), who, Act.PREPARED, empty.content)
    return replace(empty, history=(step,))


def stepped(
    draft: Draft,
    act: Act,
    who: str,
    at: datetime.datetime,
    *,
    note: str = "",
    number: str = "",
    to: Draft | None = None,
) -> Draft:
    """Return a draft with one step more; `to` is the revised content. Raises DraftFault where the state forbids it."""
    state = draft.state
    allowed, _ = _WAYS.get(act, (frozenset(), state))
    if state not in allowed:
        raise DraftFault(f"草稿“{draft.id}”现在是“{STATES[state]}”，不能{ACTS[act]}")
    if not who.strip():
        raise DraftFault(f"{ACTS[act]}要写明是谁")
    if act is Act.RETURNED and not note.strip():
        raise DraftFault("退回要写明原因")
    changed = draft if to is None else replace(to, id=draft.id, history=draft.history)
    step = Step(at.isoformat(timespec="seconds"), who.strip(), act, changed.content, note.strip(), number)
    return replace(changed, history=(*draft.history, step))


def with_names(draft: Draft, poster: str) -> Voucher:
    """Return the voucher with the names of those who made it and the paths of its attachments as metadata."""
    metadata = dict(draft.voucher.metadata)
    names = {
        "prepared-by": draft.who(Act.PREPARED),
        "reviewed-by": draft.who(Act.REVIEWED),
        "approved-by": draft.who(Act.APPROVED),
        "posted-by": poster,
        "entered-at": draft.keyed_at,
    }
    metadata |= {key: name for key, name in names.items() if name}
    for number, path in enumerate(draft.documents, 1):
        metadata["document" if number == 1 else f"document-{number}"] = path
    if draft.documents:
        metadata.setdefault("attachments", str(len(draft.documents)))
    return replace(draft.voucher, metadata=MappingProxyType(metadata))


def line_from(account: str, amount_fen: int, metadata: Mapping[str, str]) -> Line:
    """Return a line of a draft's voucher."""
    return Line(account, amount_fen, MappingProxyType(dict(metadata)))
