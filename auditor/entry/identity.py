"""Who the union is and where its money lies, as a person states it on a page: what stands in union.toml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from auditor.entry.desk import Desk
from auditor.entry.lists import ListRefused
from auditor.entry.page import View
from auditor.entry.picking import label_of
from ledger.accounts import account_name, statutory
from ledger.atomic import replace_files, writing
from ledger.book_files import with_accounts
from ledger.events import EventProblem, Words
from ledger.events.subaccounts import sub_account
from ledger.importers import cells
from ledger.importers.own_sheets import ITEMS
from ledger.importers.words import VOCABULARIES
from ledger.names import component_name
from ledger.union import EarlierCollection, ProfileError, parse_profile
from ledger.writer import profile_text

NEW_BANK, NEW_NUMBER, UNTIL = "bank-new", "number-new", "collection-until"
_HELP = {
    "region": Words("六位；决定适用哪个地区的规定", "six digits of GB/T 2260: which region's rules apply"),
    "system": Words("例如 medical、education；没有就不填", "such as medical, education; may be blank"),
}
_ENGLISH = {
    "name": "Full name of the union",
    "code": "Unified social credit code",
    "level": "Level",
    "region": "Region code",
    "system": "System",
    "established": "Day of founding",
    "parent": "Union above",
    "collection": "How contributions are collected",
}


def identity_page(view: View) -> dict[str, Any]:
    """Return the form of who the union is, filled as it stands."""
    union, typed = view.desk.facts().union, view.typed.fields
    inputs = []
    for key, zh in ITEMS.items():
        value = getattr(union, key)
        words = VOCABULARIES.get(f"union.{key}")
        inputs.append(
            {
                "name": key,
                "label": view.say(zh, _ENGLISH[key]),
                "kind": "date" if key == "established" else "text",
                "value": typed.get(key, str(value) if value else ""),
                "required": key in ("name", "region", "level", "collection"),
                "options": [(k, names[0] if view.desk.language != "en" else k) for k, names in words.items()]
                if words
                else (),
                "help": view.say(*_HELP[key]) if key in _HELP else "",
                "problem": view.problem(key),
            }
        )
    numbers = {account: number for number, account in union.bank_numbers}
    banks = [
        {
            "field": f"number.{n}",
            "label": label_of(account),
            "value": typed.get(f"number.{n}", numbers.get(account, "")),
        }
        for n, account in enumerate(union.bank_accounts)
    ]
    return {"identity": inputs, "banks": banks, "earlier": union.earlier_collections}


def save_identity(desk: Desk, given: Mapping[str, str]) -> None:
    """Write who the union is, and open the account of a bank account that was added.

    Raises ListRefused with every fault by field; nothing is written then.
    """
    problems: list[EventProblem] = []
    text = {key: " ".join(given.get(key, "").split()) for key in (*ITEMS, NEW_BANK, NEW_NUMBER, UNTIL)}
    founded = _day(text, "established", problems)
    until = _day(text, UNTIL, problems)
    with writing(desk.book):
        facts = desk.facts()
        union = facts.union
        banks = union.bank_accounts
        numbers = {a: given.get(f"number.{n}", "").strip() for n, a in enumerate(banks)}
        opened: dict[str, datetime.date] = {}
        if text[NEW_BANK] or text[NEW_NUMBER]:
            account = _new_bank(desk, text[NEW_BANK], problems)
            banks, numbers = (*banks, account), {**numbers, account: text[NEW_NUMBER]}
            opened = {account: datetime.date(desk.today.year, 1, 1)}
        earlier = union.earlier_collections
        if until is not None:
            earlier = (*earlier, EarlierCollection(union.collection, until))
        changed = replace(
            union,
            name=text["name"],
            code=text["code"],
            level=text["level"],
            region=text["region"],
            system=text["system"],
            parent=text["parent"],
            collection=text["collection"],
            established=founded,
            bank_accounts=banks,
            bank_numbers=tuple((number, account) for account, number in numbers.items() if number),
            earlier_collections=earlier,
        )
        try:
            profile = profile_text(parse_profile(profile_text(changed)))
        except ProfileError as error:
            problems += [
                EventProblem(f.key.split(".")[1] if "." in f.key else "", Words(f.message, f.message))
                for f in error.faults
            ]
        if problems:
            raise ListRefused(problems)
        replace_files(desk.book, {"union.toml": profile, **with_accounts(desk.book, facts, opened)})


def _day(text: Mapping[str, str], key: str, problems: list[EventProblem]) -> datetime.date | None:
    try:
        return cells.day(text[key]) if text[key] else None
    except cells.CellError as error:
        problems.append(EventProblem(key, Words(str(error), "not a day")))
        return None


def _new_bank(desk: Desk, name: str, problems: list[EventProblem]) -> str:
    plain = account_name(statutory("bank_deposit", desk.today))
    if not component_name(name):
        problems.append(EventProblem(NEW_BANK, Words("请填写账户名称，例如 专项户", "name the account")))
        return plain
    return sub_account(plain, name, desk.accounts(desk.today))
