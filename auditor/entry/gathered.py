"""What the pages of what is already in the book show: vouchers and months, registers, imports, the year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from auditor.charges import month_charges
from auditor.entry.identity import identity_page
from auditor.entry.lists import NEW, listed
from auditor.entry.page import View
from auditor.entry.pasting import heads_of
from auditor.entry.picking import label_of, labels_of
from auditor.entry.reconciling import reconcile_page
from auditor.entry.shown import Input, voucher_shown
from ledger.balances import closing_rows, unclosed
from ledger.drafts import open_drafts
from ledger.events import all_events
from ledger.facts import Facts
from ledger.importers.existing import budgets_of
from ledger.importers.headers import BUDGET_SHEET, REGISTER_LAYOUTS, SHEETS, Column
from ledger.importers.packages.formats import FORMATS
from ledger.importers.words import VOCABULARIES
from ledger.months import month_checks, sealed_months
from rules.budget.execution import execution

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_MOST_ROWS = 500
BUDGET, STANDARDS, IDENTITY = "budget", "standards", "union"
_KINDS: Mapping[str, str] = {"day": "date", "month": "month", "fen": "amount", "fen?": "amount"}


def vouchers_page(view: View) -> dict[str, Any]:
    """Return one voucher, or a month with its vouchers, checks and state."""
    number = view.arguments.get("number", "")
    if number:
        return {"one": _one(view, number), "bank": None, "month": None}
    if view.arguments.get("bank", ""):
        return reconcile_page(view, view.arguments["bank"])
    facts = view.desk.facts()
    month = view.arguments.get("month", "")
    if not _MONTH.fullmatch(month):
        last = facts.vouchers["date"].max() if len(facts.vouchers) else pd.Timestamp(view.desk.today)
        month = f"{last:%Y-%m}"
    sealed = sealed_months(view.desk.book)
    inside = facts.vouchers[facts.vouchers["date"].dt.strftime("%Y-%m") == month]
    debits = facts.postings[facts.postings["entry"].isin(inside["entry"]) & (facts.postings["amount_fen"] > 0)]
    totals = debits.groupby("entry")["amount_fen"].sum()
    rows = [
        {
            "number": str(row["voucher"]),
            "href": view.href("EntryVouchers", number=row["voucher"]) if row["voucher"] else "",
            "date": row["date"].date(),
            "payee": str(row["payee"]),
            "narration": str(row["narration"]),
            "amount": int(totals.get(row["entry"], 0)),
            "people": "／".join(filter(None, (str(row[k]) for k in ("prepared_by", "reviewed_by", "approved_by")))),
            "documents": len([d for d in str(row["documents"]).split("\n") if d]),
        }
        for row in inside.sort_values(["date", "word", "number"]).to_dict("records")
    ]
    year = int(month[:4])
    counts = facts.vouchers["date"].dt.strftime("%Y-%m").value_counts()
    months = [
        {
            "month": (m := f"{year}-{n:02d}"),
            "name": f"{n}月" if view.desk.language != "en" else m,
            "href": view.href("EntryVouchers", month=m),
            "sealed": m in sealed,
            "count": int(counts.get(m, 0)),
        }
        for n in range(1, 13)
    ]
    checks = month_checks(facts, month, sealed=sealed, drafts=open_drafts(view.desk.book), today=view.desk.today)
    return {
        "one": None,
        "bank": None,
        "reconcile": view.href("EntryVouchers", bank=month),
        "wear": month_charges(facts, view.desk.law, month) if month not in sealed else None,
        "month": month,
        "year": year,
        "years": [(y, view.href("EntryVouchers", month=f"{y}-{month[5:]}")) for y in (year - 1, year + 1)],
        "months": months,
        "rows": rows,
        "total": sum(row["amount"] for row in rows),
        "sealed": month in sealed,
        "checks": checks,
        "failed": any(check.outcome == "failed" for check in checks),
    }


def _one(view: View, number: str) -> dict[str, Any]:
    voucher = view.desk.voucher(number)
    if voucher is None:
        return {"number": number, "voucher": None}
    reversal = next((event for event in all_events() if event.copies), None)
    facts = view.desk.facts()
    reversed_by = facts.vouchers.loc[facts.vouchers["reverses"] == number, "voucher"]
    columns = {c.key: c.header for layout in SHEETS[:1] for c in layout.columns}
    return {
        **voucher_shown(view.desk, voucher, posted=True),
        "number": number,
        "month": f"{voucher.date:%Y-%m}",
        "documents": [text for key, text in voucher.metadata.items() if key.split("-")[0] == "document"],
        "metadata": [
            (columns.get(key, key), _word(key, text))
            for key, text in voucher.metadata.items()
            if key.split("-")[0] != "document"
        ],
        "reversed_by": [str(n) for n in reversed_by],
        "reverse": view.href("EntryDesk", event=reversal.key, **{reversal.copies: number}) if reversal else "",
        "journal": f"/{view.slug}/journal/?filter=voucher:%22%5E{number}%24%22",
    }


def _word(key: str, text: str) -> str:
    if key == "entered-at":
        return text.replace("T", " ")[:19]
    words = VOCABULARIES.get(key, {}).get(text)
    return words[0] if words else text


def lists_page(view: View) -> dict[str, Any]:
    """Return the register, the budget or the standards that the address asks for."""
    name = view.arguments.get("list", "officers")
    choices = [
        (IDENTITY, view.say("本会情况", "The union")),
        (BUDGET, view.say("预算", "Budget")),
        (STANDARDS, view.say("本单位标准", "Own standards")),
        *((key, view.say(layout.title, key)) for key, layout in REGISTER_LAYOUTS.items()),
    ]
    shared = {
        "choices": [(key, title, view.href("EntryLists", list=key)) for key, title in choices],
        "name": name,
        "title": dict(choices).get(name, name),
    }
    if name == BUDGET:
        return shared | {"kind": BUDGET, **_budget(view)}
    if name == IDENTITY:
        return shared | {"kind": IDENTITY, **identity_page(view)}
    if name == STANDARDS:
        return shared | {"kind": STANDARDS, **_standards(view)}
    return shared | {"kind": "register", **_register(view, name)}


def _register(view: View, name: str) -> dict[str, Any]:
    layout = REGISTER_LAYOUTS[name]
    found = listed(view.desk.book, name)
    row = view.arguments.get("row", NEW)
    values = dict(found.rows[int(row)]) if row.isdecimal() and int(row) < len(found.rows) else {}
    wanted = view.arguments.get("find", "").strip()
    rows = [
        (n, [_cell(name, column, r.get(column.key, "")) for column in layout.columns])
        for n, r in enumerate(found.rows)
        if not wanted or any(wanted in (text or "") for text in r.values())
    ]
    inputs = [_input(view, column, f"{name}.{column.key}", values.get(column.key, "")) for column in layout.columns]
    return {
        "columns": [view.say(column.header, column.key) for column in layout.columns],
        "rows": [(n, cells, view.href("EntryLists", list=name, row=n)) for n, cells in reversed(rows[-_MOST_ROWS:])],
        "count": len(found.rows),
        "find": wanted,
        "row": row if values else NEW,
        "version": found.version,
        "inputs": inputs,
        "labels": tuple(labels_of(view.desk.accounts(view.desk.today), view.desk.today, view.desk.facts().union.level)),
        "heads": heads_of(layout),
        "present": bool((view.desk.book / f"registers/{name}.csv").exists()),
    }


def _cell(name: str, column: Column, text: str) -> str:
    if column.key == "account":
        return label_of(text)
    return _word(f"{name}.{column.key}", text)


def _input(view: View, column: Column, vocabulary: str, value: str) -> Input:
    words = VOCABULARIES.get(vocabulary)
    free = vocabulary in ("resolutions.approved", "grants.signed")  # `yes` or a day
    options = (("", ""), *((key, names[0]) for key, names in words.items() if key)) if words and not free else ()
    shown = view.typed.fields.get(column.key, value)
    kind = "account" if column.key == "account" else _KINDS.get(column.kind, "text")
    return Input(
        name=column.key,
        label=view.say(column.header, column.key),
        kind=kind,
        value=label_of(shown) if kind == "account" and shown else shown,
        required=column.required,
        options=options,
        problem=view.problem(column.key),
        help=view.say("填“是”或日期", "yes or a day") if free else "",
    )


def _budget(view: View) -> dict[str, Any]:
    facts, desk = view.desk.facts(), view.desk
    text = view.arguments.get("year", "") or view.typed.fields.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else desk.today.year
    entries = [b for b in budgets_of(facts) if b.year == year]
    lines = execution(facts, year, datetime.date(year, 12, 31))
    columns = [c for c in BUDGET_SHEET.columns if c.key != "code"]
    defaults = {"year": str(year), "version": "0"}
    inputs = [_input(view, c, f"budget.{c.key}", defaults.get(c.key, "")) for c in columns]
    versions = sorted({b.version for b in entries})
    return {
        "year": year,
        "years": [(y, view.href("EntryLists", list=BUDGET, year=y)) for y in (year - 1, year, year + 1)],
        "inputs": [Input(**{**vars(i), "required": i.required or i.name == "account"}) for i in inputs],
        "labels": tuple(labels_of(desk.accounts(desk.today), desk.today, facts.union.level)),
        "entries": sorted(entries, key=lambda b: (b.version, b.account, b.project)),
        "lines": [line for line in lines if not line.contained],
        "versions": versions,
        "approvals": {
            v: next((b for b in entries if b.version == v and (b.committee or b.approved)), None) for v in versions
        },
        "heads": heads_of(BUDGET_SHEET),
    }


def _standards(view: View) -> dict[str, Any]:
    law = view.desk.law
    return {
        "standards": view.desk.facts().union.standards,
        "parameters": sorted((key, p.label) for key, p in law.parameters.items()),
        "names": {key: p.label for key, p in law.parameters.items()},
    }


def import_page(view: View) -> dict[str, Any]:
    """Return the form, or what an import of a kept file would do."""
    return {
        "kinds": [
            *((layout.key, view.say(layout.title, layout.key)) for layout in SHEETS),
            *((form.key, form.title) for form in FORMATS),
        ],
        "accounts": [(account, label_of(account)) for account in view.desk.lists().union.bank_accounts],
        "form_key": view.arguments.get("form", "") if view.typed.files else "",
        "file": next(iter(view.typed.files), ""),
        "result": dict(view.typed.fields),
        "ready": bool(view.typed.files) and not view.typed.problems,
    }


def year_page(view: View) -> dict[str, Any]:
    """Return where a year stands: its months, whether it is carried forward, and what can be printed."""
    facts = view.desk.facts()
    text = view.arguments.get("year", "")
    kept = list(facts.years())
    year = int(text) if text.isdecimal() and len(text) == 4 else (kept[-1] if kept else view.desk.today.year)
    sealed = sealed_months(view.desk.book)
    inside = facts.vouchers[facts.vouchers["date"].dt.year == year]
    left = unclosed(closing_rows(facts, datetime.date(year, 12, 31))).accounts
    return {
        "year": year,
        "years": [(y, view.href("EntryYear", year=y)) for y in sorted({*kept, year})],
        "count": len(inside),
        "sealed": [m for m in (f"{year}-{n:02d}" for n in range(1, 13)) if m in sealed],
        "closed": bool(inside["carry_forward"].any()) and not left,
        "has_budget": bool((facts.budgets["year"] == year).any()),
        "approved_budget": _all_approved(facts, year),
        "after": _after(facts, year),
        "drafts": len(open_drafts(view.desk.book)),
    }


def _all_approved(facts: Facts, year: int) -> bool:
    lines = facts.budgets[facts.budgets["year"] == year]
    return len(lines) > 0 and bool(lines[["committee", "audit_review"]].notna().all(axis=None))


def _after(facts: Facts, year: int) -> dict[str, bool]:
    """Return which of the things that follow a closed year the registers tell of."""
    audits, published = facts.registers.get("audits"), facts.registers.get("publications")
    resolutions = facts.registers.get("resolutions")
    last = pd.Timestamp(year, 12, 31)
    return {
        "audited": audits is not None
        and bool(((audits["kind"] == "annual") & (audits["period_to"] == last) & audits["reported_on"].notna()).any()),
        "resolved": resolutions is not None
        and bool(
            (
                (resolutions["date"] > last)
                & resolutions["topic"].astype(str).str.contains("决算")
                & resolutions["topic"].astype(str).str.contains(str(year))
                & (resolutions["approved"] != "")
            ).any()
        ),
        "published": published is not None
        and bool(((published["kind"] == "final_accounts") & (published["date"] > last)).any()),
    }
