"""What the pages of entry and of drafts show."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.entry.budgeting import FIELD, LABEL, budget_warnings
from auditor.entry.desk import Desk
from auditor.entry.form import (
    EXTRAS,
    FREE,
    MOST_LINES,
    OPEN,
    WORKFLOW,
    composed,
    day_from,
    fields_of,
    numbered,
)
from auditor.entry.page import View
from auditor.entry.picking import label_of, labels_of
from auditor.entry.preview import budget_left, shown_lines
from auditor.entry.steps import NEXT, in_order, next_act
from auditor.entry.tokens import Typed
from auditor.entry.uploads import ACCEPTED, MOST_BYTES
from ledger.drafts import Act, Draft, DraftFault, State, read_draft, read_drafts
from ledger.drafts.model import ACTS, STATES
from ledger.events import Event, EventContext, Field, Kind, account_choices, event_of, events_for, group_titles
from ledger.events.subaccounts import default_account
from ledger.importers.headers import Column
from ledger.importers.words import VOCABULARIES
from ledger.vouchers import Voucher
from ledger.writer import OPENING

_ROWS = 6  # empty lines of a free voucher; the page adds more when the last is used
_RARELY = frozenset({"stock", "stock_cost"})  # goods are mostly used at once
# Asked at once although not required: without them a voucher is poorer than it need be.
_ALWAYS = frozenset({"narration", "attachments", "handled-by"})
_INPUTS: Mapping[Kind, str] = {Kind.DATE: "date", Kind.AMOUNT: "amount", Kind.COUNT: "count", Kind.PERCENT: "amount"}
_KINDS: Mapping[str, str] = {"day": "date", "count?": "count", "count": "count", "months": "month", "month": "month"}


@dataclass(frozen=True)
class Input:
    """One field of a form as the page draws it; `options` makes it a list to choose from."""

    name: str
    label: str
    kind: str
    value: str
    required: bool = False
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def desk_page(view: View) -> dict[str, Any]:
    """Return the list of events, or the form that the address asks for."""
    desk = view.desk
    key = view.arguments.get("event", "")
    draft = _asked_draft(view)
    if draft is not None:
        key = draft.event
        if not view.typed.fields:
            view.typed = Typed(fields_of(draft.event, draft.answers), {}, ())
    if not key:
        number = desk.number(desk.today)
        return {"form": None, "groups": _groups(view), "today": desk.today, "number": number, "known": carried(view)}
    return {"form": _form(view, key, draft), "groups": (), "today": desk.today, "number": None, "known": {}}


def carried(view: View) -> dict[str, str]:
    """Return what is known of the event before it is chosen, such as a line of the bank's statement."""
    return {key: view.arguments[key][:200] for key in ("date", "amount", "payee") if view.arguments.get(key)}


def _asked_draft(view: View) -> Draft | None:
    wanted = view.arguments.get("draft", "")
    return read_draft(view.desk.book, wanted) if wanted else None


def _groups(view: View) -> list[dict[str, Any]]:
    titles = group_titles()
    found: dict[str, list[dict[str, str]]] = {}
    for event in events_for(view.desk.lists().union.level):
        words = " ".join((*event.title, *event.aliases, *event.help)).casefold()
        found.setdefault(event.group, []).append(
            {
                "href": view.href("EntryDesk", event=event.key, **carried(view)),
                "title": view.say(*event.title),
                "help": view.say(*event.help),
                "words": words,
            }
        )
    groups = [{"title": view.say(*titles[key]), "events": found[key]} for key in titles if key in found]
    free = [
        (FREE, "自由凭证", "Free voucher", "自己写借贷分录：业务列表里没有的事项", "Write debits and credits yourself"),
        (OPEN, "期初余额", "Opening balances", "账套第一天各科目的余额，只记一次", "Balances of the first day, once"),
    ]
    own = [
        {
            "href": view.href("EntryDesk", event=key, **(carried(view) if key == FREE else {})),
            "title": view.say(zh, en),
            "help": view.say(zh_help, en_help),
            "words": f"{zh} {en} {zh_help} 分录 借贷 手工",
        }
        for key, zh, en, zh_help, en_help in free
    ]
    return [*groups, {"title": view.say("按分录", "By lines"), "events": own}]


def _form(view: View, key: str, draft: Draft | None) -> dict[str, Any]:
    desk = view.desk
    typed = view.typed.fields
    day = day_from(typed.get("f.date", "") or view.arguments.get("date", ""), desk.today) or desk.today
    free = key in (FREE, OPEN)
    event = None if free else event_of(key)
    context = desk.context(event, day) if event is not None else None
    inputs = _free_inputs(view, key) if event is None or context is None else _inputs(view, event, context, day)
    given = {"event": key, **{i.name: i.value for i in inputs}, **typed}
    kept = tuple(view.typed.files)
    return {
        "key": key,
        "free": free,
        "title": view.say(*(event.title if event else _free_title(key))),
        "help": view.say(*(event.help if event else ("", ""))),
        "sources": event.sources if event else (),
        "main": [i for i in inputs if _is_main(i, event, key)],
        "more": [*(i for i in inputs if not _is_main(i, event, key)), *_reason(view, key)],
        "lines": _lines(view) if free else (),
        "labels": tuple(labels_of(desk.accounts(day), day, desk.lists().union.level)) if free else (),
        "draft": draft,
        "documents": draft.documents if draft else (),
        "kept": kept,
        "form_key": view.arguments.get("form", ""),
        "accepted": ACCEPTED,
        "limit": MOST_BYTES // 1024 // 1024,
        "preview": preview(desk, given),
    }


def _reason(view: View, key: str) -> list[Input]:
    if key == OPEN:
        return []
    label, value = view.say(*LABEL), view.typed.fields.get(FIELD, "")
    return [Input(FIELD, label, "text", value, problem=view.problem(FIELD))]


def _free_title(key: str) -> tuple[str, str]:
    return ("自由凭证", "Free voucher") if key == FREE else ("期初余额", "Opening balances")


def _is_main(field: Input, event: Event | None, key: str) -> bool:
    if event is None:
        return key == OPEN or field.name.startswith("f.") or field.name in ("m.attachments", "m.handled-by")
    own = next(f for f in event.fields if f"f.{f.key}" == field.name)
    settled = own.kind is Kind.ACCOUNT and len(field.options) == 1  # nothing to choose
    if (settled or (own.key in _RARELY and event.group == "expenditure")) and not field.problem:
        return False
    if own.required or own.metadata in _ALWAYS or own.key in _ALWAYS or own.required_when:
        return True
    return own.kind in (Kind.AMOUNT, Kind.ACCOUNT)


def _inputs(view: View, event: Event, context: EventContext, day: datetime.date) -> list[Input]:
    return [
        _input(view, field, context, day) for field in event.fields if field.metadata not in WORKFLOW - {"reverses"}
    ]


def _input(view: View, field: Field, context: EventContext, day: datetime.date) -> Input:
    name = f"f.{field.key}"
    value = view.typed.fields.get(name, view.arguments.get(field.key, ""))
    options: tuple[tuple[str, str], ...] = ()
    if field.kind is Kind.ACCOUNT:
        options = tuple((c.value, label_of(c.label.en)) for c in account_choices(field, context, day))
        value = value or default_account(field, context, day)
        values = [v for v, _ in options]
        if value and value not in values:
            options = ((value, label_of(value)), *options)
        if not value:
            options = (("", view.say("请选择", "choose")), *options)
    elif field.kind is Kind.CHOICE:
        options = tuple((c.value, view.say(*c.label)) for c in field.choices)
        value = value or field.default
        if not value or not field.required:
            options = (
                ("", view.say("请选择", "choose") if field.required else view.say("（不填）", "(none)")),
                *options,
            )
    elif field.kind is Kind.YES_NO:
        options = (("yes", view.say("是", "yes")), ("no", view.say("否", "no")))
        value = value or field.default
    elif field.kind is Kind.DATE and field.key == "date":
        value = value or view.desk.today.isoformat()
    elif not value:
        value = field.default
    kind = "person" if field.kind is Kind.PERSON else _INPUTS.get(field.kind, "text")
    return Input(
        name=name,
        label=view.say(*field.label),
        kind="month" if field.kind is Kind.MONTH else kind,
        value=value,
        required=field.required,
        help=view.say(*field.help),
        options=options,
        problem=view.problem(name),
    )


def _free_inputs(view: View, key: str) -> list[Input]:
    typed = view.typed.fields
    known = carried(view)
    day = _first_day(view) if key == OPEN else day_from(known.get("date", ""), view.desk.today) or view.desk.today
    narration = view.say("摘要", "What for")
    inputs = [
        Input("f.date", view.say("日期", "Date"), "date", typed.get("f.date", day.isoformat()), True),
        Input("f.narration", narration, "text", typed.get("f.narration", "期初余额" if key == OPEN else ""), True),
    ]
    if key == FREE:
        inputs.insert(
            1,
            Input(
                "f.payee",
                view.say("对方单位或个人", "Other party"),
                "text",
                typed.get("f.payee", known.get("payee", "")),
            ),
        )
        inputs += [_extra(view, column) for column in EXTRAS]
    return [Input(**{**vars(i), "problem": view.problem(i.name)}) for i in inputs]


def _extra(view: View, column: Column) -> Input:
    words = VOCABULARIES.get(column.key)
    options = (("", ""), *((key, names[0]) for key, names in words.items() if key)) if words else ()
    kind = "person" if column.key in ("handled-by", "cashier") else _KINDS.get(column.kind, "text")
    value = view.typed.fields.get(f"m.{column.key}", "")
    return Input(f"m.{column.key}", view.say(column.header, column.key), kind, value, options=options)


def _first_day(view: View) -> datetime.date:
    opened = view.desk.index().accounts["opened"]
    return opened.min().date() if len(opened) else datetime.date(view.desk.today.year, 1, 1)


def _lines(view: View) -> list[dict[str, str]]:
    typed = view.typed.fields
    last = max((n for n in range(MOST_LINES) if typed.get(f"line.{n}.account")), default=-1)
    return [
        {
            "n": str(n),
            **{part: typed.get(f"line.{n}.{part}", "") for part in ("account", "debit", "credit")},
            **{f"{part}_problem": view.problem(f"line.{n}.{part}") for part in ("account", "debit", "credit")},
        }
        for n in range(min(MOST_LINES, max(_ROWS, last + 3)))
    ]


def preview(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return what the panel beside a form shows for its fields: the voucher with what it leaves, or what is missing."""
    made = composed(desk, fields)
    return {"values": tuple(made.values.values()), "missing": made.problems, **voucher_shown(desk, made.voucher)}


def voucher_shown(desk: Desk, voucher: Voucher | None, *, posted: bool = False) -> dict[str, Any]:
    """Return a voucher as pages show it: with its number, its lines by 借 and 贷, and the budgets it touches."""
    if voucher is None:
        return {"voucher": None, "lines": (), "budgets": (), "warnings": (), "total": 0, "number": ""}
    lines = shown_lines(voucher)
    opening = OPENING in voucher.tags
    whole = voucher if posted else numbered(desk, voucher)
    return {
        "voucher": voucher,
        "lines": lines,
        "budgets": () if posted or opening else budget_left(desk.current(), voucher),
        "warnings": () if posted else budget_warnings(desk, voucher),
        "total": sum(line.debit_fen for line in lines),
        "number": str(whole.number or ("期初" if opening else "")),
    }


def drafts_page(view: View) -> dict[str, Any]:
    """Return the drafts by where they stand, or one of them with what may be done to it."""
    wanted = view.arguments.get("id", "")
    if wanted:
        return {"draft": _draft(view, wanted), "open": (), "acts": (), "done": (), "faults": ()}
    found = list(read_drafts(view.desk.book))
    drafts = in_order([draft for _, draft in found if isinstance(draft, Draft)])
    rows = [_row(view, draft) for draft in drafts]
    may = {row["act"] for row in rows if row["act"] and not row["refused"]}
    return {
        "draft": None,
        "open": [row for row in rows if row["state"].open],
        "acts": [(act, ACTS[act]) for act in NEXT.values() if act in may],
        "done": [row for row in reversed(rows) if not row["state"].open][:50],
        "faults": [str(fault) for _, fault in found if isinstance(fault, DraftFault)],
    }


def _row(view: View, draft: Draft) -> dict[str, Any]:
    voucher = draft.voucher
    act, refused = next_act(view.desk, draft, view.person)
    return {
        "act": act,
        "refused": refused,
        "payee": voucher.payee,
        "lines": shown_lines(voucher),
        "scans": len(draft.documents),
        "id": draft.id,
        "href": view.href("EntryDrafts", id=draft.id),
        "state": draft.state,
        "stands": STATES[draft.state],
        "date": voucher.date,
        "narration": voucher.narration,
        "amount": sum(line.amount_fen for line in voucher.lines if line.amount_fen > 0),
        "prepared": draft.who(Act.PREPARED),
        "number": next((s.number for s in draft.history if s.number), ""),
    }


def _draft(view: View, wanted: str) -> dict[str, Any]:
    draft = read_draft(view.desk.book, wanted)
    state = draft.state
    duties = view.desk.duties(draft.voucher.date)
    row = _row(view, draft)
    act, refused = row["act"], row["refused"]
    return {
        **row,
        **voucher_shown(view.desk, draft.voucher, posted=state is State.POSTED),
        "act_name": ACTS[act] if act else "",
        "duties": duties.note,
        "alone": len(duties.staff) < 2 and act is not None and act is not Act.POSTED and not refused,
        "documents": draft.documents,
        "history": [(s.at.replace("T", " ")[:19], s.who, ACTS[s.act], s.note, s.number) for s in draft.history],
        "edit": view.href("EntryDesk", event=draft.event, draft=draft.id),
        "given": next((s.number for s in reversed(draft.history) if s.number), ""),
    }
