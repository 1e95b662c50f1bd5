"""Many drafts at once: what a person may do next to each, one step for all that are ticked, and drafts out of cards."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import abort, request
from werkzeug.wrappers import Response as AnyResponse

from auditor.charges import month_charges
from auditor.entry.budgeting import posting_problems
from auditor.entry.desk import BookUnreadable, Desk
from auditor.entry.picking import label_of
from ledger.atomic import BookBusy
from ledger.drafts import Act, Draft, DraftFault, State, begun, duty_problem, new_id, open_drafts, read_draft
from ledger.drafts.model import ACTS
from ledger.events import EventProblem, Words
from ledger.money import plain_yuan
from ledger.months.chain import is_month
from ledger.posting import PostingRefused
from ledger.vouchers import Voucher

if TYPE_CHECKING:
    from auditor.entry.actions import Actions

NEXT: Mapping[State, Act] = MappingProxyType(
    {State.PREPARED: Act.REVIEWED, State.REVIEWED: Act.APPROVED, State.APPROVED: Act.POSTED}
)
MOST_AT_ONCE = 200
_NOBODY = "请先在上方选择“我是谁”"


def next_act(desk: Desk, draft: Draft, who: str) -> tuple[Act | None, str]:
    """Return what is to be done next to a draft, and why this person may not do it (empty: may)."""
    act = NEXT.get(draft.state)
    if act is None:
        return None, ""
    return act, duty_problem(draft, act, who, desk.duties(draft.voucher.date)) if who else _NOBODY


def in_order(drafts: list[Draft]) -> list[Draft]:
    """Return drafts in the order in which they are given numbers: by day, then as they were keyed."""
    return sorted(drafts, key=lambda d: (d.voucher.date, d.history[0].at, d.id))


def steps(actions: Actions) -> AnyResponse:
    """Do one step to every draft that was ticked; what cannot be done is told, and the others go on."""
    actions.spend("steps")
    desk, who = actions.desk, actions.person()
    try:
        act = Act(request.form.get("act", ""))
    except ValueError:
        abort(400)
    if act not in NEXT.values():
        abort(400)
    problems: list[EventProblem] = []
    found: list[Draft] = []
    for wanted in dict.fromkeys(request.form.getlist("id")[:MOST_AT_ONCE]):
        try:
            draft = read_draft(desk.book, wanted)
            found += [draft] if NEXT.get(draft.state) is act else []
        except DraftFault as fault:
            problems.append(_told("", fault))
    done = 0
    for draft in in_order(found):
        try:
            if not who:
                raise DraftFault(_NOBODY)
            if act is Act.POSTED:
                post(desk, draft, who, draft, warm=False)
            else:
                desk.step(draft, act, who)
            done += 1
        except (DraftFault, BookBusy, PostingRefused, BookUnreadable) as error:
            problems.append(_told(draft.voucher.narration, error))
    if act is Act.POSTED and done:
        desk.warm()
    if not found and not problems:
        words = Words(f"没有勾选等着{ACTS[act]}的草稿", "no draft that waits for this was ticked")
        problems.append(EventProblem("", words))
    said = {"said": f"all-{act}", "count": done} if done else {}
    return actions.back("EntryDrafts", problems, {}, **said) if problems else actions.page("EntryDrafts", **said)


def _told(name: str, error: Exception) -> EventProblem:
    text = f"{name}：{error}" if name else str(error)
    return EventProblem("", Words(text, text))


def post(desk: Desk, draft: Draft, who: str, before: Draft, *, warm: bool = True) -> str:
    """Post a draft whose attachments are there and which passes the budget; return the number it got.

    Raises PostingRefused, DraftFault or BookBusy where nothing was written.
    """
    missing = (*desk.missing_documents(draft), *posting_problems(desk, draft.voucher))
    if missing:
        raise PostingRefused(missing)
    posted = desk.post(draft, who, before, warm=warm)
    return str(posted.numbers[0]) if posted.numbers else ""


def depreciate(actions: Actions) -> AnyResponse:
    """Make a draft of a month's depreciation out of the cards."""
    actions.spend("depreciate")
    desk, who, month = actions.desk, actions.person(), request.form.get("month", "")
    if not is_month(month):
        abort(400)
    try:
        if not who:
            raise DraftFault(_NOBODY)
        facts = desk.facts()
        made = month_charges(facts, desk.law, month)
        voucher = made.voucher(facts, None)
        if made.done or voucher is None:
            raise DraftFault(f"{month} 已计提，或没有应计提的资产")
        if any(_same(desk, wanted, voucher) for wanted in open_drafts(desk.book)):
            raise DraftFault(f"{month} 的折旧已有草稿，在“草稿与审批”")
        draft_id = new_id(voucher.date)
        whole = begun(
            draft_id, voucher, event="free", answers=_answers(voucher), documents=(), who=who, at=desk.clock()
        )
        desk.allow(whole, Act.PREPARED, who)
        desk.save(whole, {}, None)
    except (DraftFault, BookBusy, BookUnreadable) as error:
        return actions.back("EntryVouchers", [_told("", error)], {}, month=month)
    return actions.page("EntryDrafts", id=draft_id, said="saved")


def _same(desk: Desk, wanted: str, voucher: Voucher) -> bool:
    try:
        other = read_draft(desk.book, wanted).voucher
    except DraftFault:
        return False
    return (other.date, other.narration) == (voucher.date, voucher.narration)


def _answers(voucher: Voucher) -> dict[str, str]:
    """Return the fields of the form for a free voucher that would make this one."""
    fields = {"f.date": voucher.date.isoformat(), "f.narration": voucher.narration}
    for number, line in enumerate(voucher.lines):
        side = "debit" if line.amount_fen > 0 else "credit"
        fields |= {
            f"line.{number}.account": label_of(line.account),
            f"line.{number}.{side}": plain_yuan(abs(line.amount_fen)),
        }
    return fields
